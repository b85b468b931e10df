import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OfficeErrorCode } from '../../contract/office-errors.ts';
import { openOfficeDatabase } from '../../database/office-database.db.ts';
import type { Subscription } from '../../database/subscriptions.db.ts';
import type { Mailer } from '../mailer.ts';
import { type DeliveryPace, NoticeDelivery } from '../notice-delivery.ts';
import { makeWebhookSecret, type WebhookRules } from '../webhook.ts';

/** A database with an outbox, whose clock is put forward by hand, and the loop that sends what is in it. */
export async function outboxOfTest() {
  const folder = await mkdtemp(join(tmpdir(), 'outbox-'));
  const database = openOfficeDatabase(join(folder, 'office.db'), randomBytes(32));
  const { jobs, subscriptions, notices, commits } = database;
  const failures: OfficeErrorCode[] = [];
  const unexpected: unknown[] = [];
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  let running: { stop: AbortController; ended: Promise<void> } | null = null;
  const stop = async () => {
    running?.stop.abort();
    await running?.ended;
    running = null;
  };
  return {
    ...{ subscriptions, notices, failures, unexpected, now, stop },
    /** Lets time go by for the outbox. */
    pass: (ms: number) => {
      aheadMs += ms;
    },
    /** Starts to send. */
    start: (
      { webhooks, mailer = null }: { webhooks?: WebhookRules; mailer?: Mailer | null },
      pace: Partial<DeliveryPace> = {},
    ) => {
      const delivery = new NoticeDelivery({
        ...{ subscriptions, notices, commits, mailer, now },
        webhooks: webhooks ?? { allowed: new Set() },
        onFailure: (_, code) => failures.push(code),
        onUnexpected: (error) => unexpected.push(error),
        pace: { pollMs: 20, ...pace },
      });
      const control = new AbortController();
      running = { stop: control, ended: delivery.run(control.signal) };
    },
    subscribe: (facts: Pick<Subscription, 'channel' | 'target'> & Partial<Subscription>): Subscription => {
      const id = randomUUID();
      const secret = facts.channel === 'webhook' ? makeWebhookSecret() : null;
      const types = ['job.done', 'job.failed'] as const;
      subscriptions.add({
        id,
        tenantId: 'house',
        types,
        language: 'en',
        secret,
        createdAtMs: now(),
        ...facts,
      });
      const own = subscriptions.get(facts.tenantId ?? 'house', id);
      if (own === null) throw new Error('it was not added');
      return own;
    },
    /** Lets a new job of a tenant run and end. */
    endJob: (outcome: 'done' | 'failed' = 'done', tenantId = 'house'): string => {
      const jobId = randomUUID();
      jobs.add({ id: jobId, tenantId, atMs: now() });
      const { attemptId } = jobs.begin({ jobId, atMs: now(), leaseUntilMs: now() + 60_000 });
      const failureCode = outcome === 'failed' ? 'media.noAudio' : null;
      const end = { atMs: now(), outcome, failureCode, retryAtMs: null, counted: true } as const;
      jobs.end(jobId, { ...end, attemptId: attemptId ?? '' });
      return jobId;
    },
    close: async () => {
      await stop();
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}
