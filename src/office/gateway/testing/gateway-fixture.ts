import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TenantScope, type TokenScope } from '../../contract/office-api.ts';
import { openOfficeDatabase } from '../../database/office-database.db.ts';
import type { OfficeAttemptEnd } from '../../database/office-jobs.db.ts';
import { ownRows } from '../../queue/own-rows.ts';
import { USUAL_SCALING } from '../../scaling/scaling-policy.ts';
import { WorkerScaling } from '../../scaling/worker-scaling.ts';
import { makeOfficeKeys } from '../../sealing/office-keys.ts';
import { S3Store } from '../../store/s3-store.ts';
import { startS3TestStore } from '../../store/testing/s3-test-store.ts';
import { GatewayMetrics } from '../../watch/gateway-metrics.ts';
import { watchedRows, watchGateway } from '../../watch/gateway-watch.ts';
import { LiveWorkers } from '../../watch/live-workers.ts';
import { officeLog } from '../../watch/office-log.ts';
import { makeToken } from '../access-tokens.ts';
import { openGateway } from '../gateway.ts';
import type { IdentityProvider } from '../identity-provider.ts';
import type { JobCommands } from '../office-services.ts';

/** A gateway over a test store and a database of its own, with two tenants. No Redis carries its jobs, and no worker takes them. */
export async function gatewayOfTest(identityProvider: IdentityProvider | null = null) {
  const folder = await mkdtemp(join(tmpdir(), 'office-'));
  const server = await startS3TestStore();
  const store = new S3Store(server.place);
  const unexpected: unknown[] = [];
  const database = openOfficeDatabase(join(folder, 'office.db'), randomBytes(32), (error) =>
    unexpected.push(error),
  );
  const { tenants, audit, transaction, commits } = database;
  const { jobs, finished, events, subscriptions, notices, uploads, tokens, tenantKeys, figures } = database;
  const now = Date.now;
  const sent: string[] = [];
  const queue: JobCommands = {
    add: async (id) => void sent.push(id),
    pause: async (jobId) => jobs.takeBack({ jobId, state: 'paused', atMs: now() }),
    cancel: async (jobId) => jobs.takeBack({ jobId, state: 'cancelled', atMs: now() }),
    resume: async (jobId) => jobs.resume(jobId),
    retry: async (jobId) => jobs.retry(jobId),
    putFirst: async (jobId) => jobs.moveFirst(jobId),
  };
  const lines: string[] = [];
  const workers = new LiveWorkers(60_000);
  const metrics = new GatewayMetrics({
    figures: () => figures.read(),
    workers,
    isRedisUp: () => true,
    workersTokenExpiresAtMs: () => tokens.lastExpiry('work'),
  });
  const scaling = new WorkerScaling({
    ...{ settings: USUAL_SCALING, workers, leaseMs: 0 },
    depth: () => figures.read().jobs.queued ?? 0,
  });
  const log = officeLog('gateway', (line) => lines.push(line));
  const attempts = watchedRows(ownRows(jobs, 60_000), metrics, log);
  const watch = watchGateway(metrics, log);
  const workerKeys = [makeOfficeKeys().publicKey];
  const noticeRules = { webhookHosts: new Set<string>(), mayMailTo: () => true };
  const services = {
    ...{ store, uploads, tokens, tenantKeys, workerKeys, finished },
    ...{ tenants, audit, transaction, commits, identityProvider },
    ...{ jobs, events, subscriptions, notices, noticeRules },
    ...{ queue, attempts, workers, scaling, watch, now },
  };
  const app = await openGateway(services, (_, error) => unexpected.push(error));
  let listening: Promise<string> | null = null;
  return {
    ...{ app, server, store, services, uploads, jobs, subscriptions, notices, tenantKeys, metrics },
    ...{ lines, sent, unexpected, database },
    tenants: { own: `tenant-${randomUUID()}`, other: `tenant-${randomUUID()}` },
    tokenFor: (
      tenantId: string,
      scopes: readonly TokenScope[] = TenantScope.options,
      lifetimeMs = 3_600_000,
    ) => makeToken(tokens, { tenantId, scopes, expiresAtMs: now() + lifetimeMs }),
    /** Where the gateway answers over a socket, for what does not end by itself. */
    listening: () => (listening ??= app.listen({ host: '127.0.0.1', port: 0 })),
    /** Lets a job run and end like this. */
    end: (jobId: string, outcome: OfficeAttemptEnd['outcome']) => {
      const { attemptId } = jobs.begin({ jobId, atMs: now(), leaseUntilMs: now() + 60_000 });
      const failureCode = outcome === 'failed' ? 'media.noAudio' : null;
      const end = { atMs: now(), outcome, failureCode, retryAtMs: null, counted: true } as const;
      jobs.end(jobId, { ...end, attemptId: attemptId ?? '' });
    },
    close: async () => {
      await app.close();
      store.close();
      database.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
