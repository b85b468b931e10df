import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OfficeErrorCode } from '../contract/office-errors.ts';
import type { Commits } from '../database/group-commit.ts';
import type { Notice, NoticeMail, Notices } from '../database/notices.db.ts';
import type { Subscription, Subscriptions } from '../database/subscriptions.db.ts';
import type { Mailer } from './mailer.ts';
import { MAIL_DELAYS_MS, retryAt, WEBHOOK_DELAYS_MS } from './retry-delays.ts';
import { postWebhook, type WebhookRules } from './webhook.ts';

/** How notices are sent. */
export interface DeliveryPace {
  /** How often the outbox is looked at, in milliseconds. */
  readonly pollMs: number;
  /** Milliseconds that a mail's first notice waits for others, */
  readonly gatherMs: number;
  /** and between two mails to one subscriber. */
  readonly everyMs: number;
  /** Mails on the way at once; */
  readonly mails: number;
  /** webhooks on the way to one subscriber at once, */
  readonly perSubscription: number;
  /** and of one tenant. */
  readonly perTenant: number;
  readonly webhookDelaysMs: readonly number[];
  readonly mailDelaysMs: readonly number[];
}

const PACE: DeliveryPace = {
  pollMs: 1_000,
  gatherMs: 60_000,
  everyMs: 600_000,
  mails: 4,
  perSubscription: 4,
  perTenant: 8,
  webhookDelaysMs: WEBHOOK_DELAYS_MS,
  mailDelaysMs: MAIL_DELAYS_MS,
};

const HOUR_MS = 3600 * 1000;

/** How long undelivered notices are kept: 30 days. */
const KEPT_MS = 30 * 24 * HOUR_MS;

/** What delivery is made of. */
export interface NoticeDeliveryParts {
  readonly subscriptions: Pick<Subscriptions, 'withDue'>;
  readonly notices: Notices;
  /** Of their rows: waited for before anything is sent. */
  readonly commits: Commits;
  readonly webhooks: WebhookRules;
  /** Null where the operator has named no mail server. */
  readonly mailer: Mailer | null;
  /** Told of each attempt that failed, by ids and codes alone. */
  readonly onFailure: (subscriptionId: string, code: OfficeErrorCode) => void;
  readonly onUnexpected: (error: unknown) => void;
  readonly now?: () => number;
  readonly pace?: Partial<DeliveryPace>;
}

/** One notice or mail on its way. */
interface Underway {
  readonly subscription: Subscription;
  readonly ended: Promise<void>;
}

/**
 * Sends what is in the outbox: webhooks one by one, mails gathered. Each is deleted once it was taken, so that after a kill between
 * both it is sent again, with the same id: at least once. One that fails is tried again after growing delays, then given up and kept.
 */
export class NoticeDelivery {
  readonly #parts: NoticeDeliveryParts;
  readonly #pace: DeliveryPace;
  readonly #now: () => number;
  readonly #underway = new Map<string, Underway>();
  #wake = Promise.withResolvers<void>();
  #forgottenAtMs = 0;

  constructor(parts: NoticeDeliveryParts) {
    this.#parts = parts;
    this.#pace = { ...PACE, ...parts.pace };
    this.#now = parts.now ?? Date.now;
  }

  /** Sends until the signal is aborted; what is on its way then counts as not tried. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      try {
        this.#forget();
        for (const subscription of this.#parts.subscriptions.withDue(this.#now())) {
          if (subscription.channel === 'email') this.#beginMail(subscription);
          else this.#beginWebhooks(subscription, signal);
        }
      } catch (error) {
        this.#parts.onUnexpected(error);
      }
      await this.#pause(signal);
    }
    await Promise.all([...this.#underway.values()].map(({ ended }) => ended));
  }

  /** Forgets what was given up long ago, once an hour. */
  #forget(): void {
    if (this.#now() - this.#forgottenAtMs < HOUR_MS) return;
    this.#forgottenAtMs = this.#now();
    this.#parts.notices.forget(this.#now() - KEPT_MS);
  }

  /** Waits for the next look; not so long if something was sent meanwhile, after which there may be more. */
  async #pause(signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const stop = AbortSignal.any([signal, over.signal]);
    const slept = wait(this.#pace.pollMs, undefined, { signal: stop }).catch(() => undefined);
    await Promise.race([slept, this.#wake.promise]);
    over.abort();
  }

  #beginWebhooks(subscription: Subscription, signal: AbortSignal): void {
    const { perSubscription, perTenant } = this.#pace;
    const isOwn = (other: Underway) => other.subscription.id === subscription.id;
    const isOfTenant = (other: Underway) => other.subscription.tenantId === subscription.tenantId;
    const own = this.#count(isOwn);
    const free = Math.min(perSubscription - own, perTenant - this.#count(isOfTenant));
    if (free <= 0) return;
    const due = this.#parts.notices.due(subscription.id, this.#now(), own + free);
    for (const notice of due.filter(({ id }) => !this.#underway.has(id)).slice(0, free)) {
      this.#start(notice.id, subscription, () => this.#sendWebhook(subscription, notice, signal));
    }
  }

  #beginMail(subscription: Subscription): void {
    const { gatherMs, everyMs, mails } = this.#pace;
    const isMail = ({ subscription: { channel } }: Underway) => channel === 'email';
    // One at a time to each: the next may not be sent before this one's time is known.
    if (this.#underway.has(subscription.id) || this.#count(isMail) >= mails) return;
    const times = { nowMs: this.#now(), gatherMs, everyMs, newId: randomUUID() };
    const mail = this.#parts.notices.mailDue(subscription.id, times);
    if (mail !== null) this.#start(subscription.id, subscription, () => this.#sendMail(subscription, mail));
  }

  #count(matches: (underway: Underway) => boolean): number {
    return [...this.#underway.values()].filter(matches).length;
  }

  #start(key: string, subscription: Subscription, send: () => Promise<boolean>): void {
    const ended = this.#parts.commits
      .durable()
      .then(send)
      .catch((error: unknown) => {
        this.#parts.onUnexpected(error);
        return false;
      })
      .then((isSent) => {
        this.#underway.delete(key);
        if (isSent) this.#wake.resolve();
      });
    this.#underway.set(key, { subscription, ended });
  }

  /** Whether there may be more to send at once. */
  async #sendWebhook(subscription: Subscription, notice: Notice, signal: AbortSignal): Promise<boolean> {
    const { notices, webhooks } = this.#parts;
    const { id, type, atMs, jobId } = notice;
    const body = { id, type, timestamp: new Date(atMs).toISOString(), data: { jobId } };
    const attempt = postWebhook(
      subscription.target,
      body,
      secretsOf(subscription, this.#now()),
      webhooks,
      signal,
    );
    const failure = await attempt.catch((error: unknown) => {
      if (signal.aborted) return 'stopped' as const;
      throw error;
    });
    if (failure === 'stopped') return false;
    if (failure === null) {
      notices.delivered(id);
      return true;
    }
    this.#parts.onFailure(subscription.id, failure.code);
    if (failure.code === 'target.gone') notices.endSubscription(subscription.id, failure.code);
    else {
      const tries = { attempts: notice.attempts + 1, nowMs: this.#now(), askedMs: failure.askedMs };
      notices.failed(id, { failure: failure.code, dueAtMs: retryAt(this.#pace.webhookDelaysMs, tries) });
    }
    return true;
  }

  async #sendMail({ id, target, language }: Subscription, mail: NoticeMail): Promise<boolean> {
    const { notices, mailer } = this.#parts;
    const failure =
      mailer === null ? { code: 'mail.unset' as const } : await mailer.send(mail, target, language);
    if (failure === null) notices.mailDelivered(id, mail.id, this.#now());
    else {
      this.#parts.onFailure(id, failure.code);
      const tries = { attempts: mail.attempts + 1, nowMs: this.#now() };
      if (failure.code === 'target.gone') notices.endSubscription(id, failure.code);
      else
        notices.mailFailed(id, mail.id, {
          failure: failure.code,
          dueAtMs: retryAt(this.#pace.mailDelaysMs, tries),
        });
    }
    return true;
  }
}

function secretsOf({ secret, earlierSecret, earlierUntilMs }: Subscription, nowMs: number): Uint8Array[] {
  const earlier = earlierSecret !== null && (earlierUntilMs ?? 0) > nowMs ? [earlierSecret] : [];
  return [...(secret === null ? [] : [secret]), ...earlier];
}
