import { setTimeout as wait } from 'node:timers/promises';
import { openOfficeDatabase } from '../database/office-database.db.ts';
import { openGateway } from '../gateway/gateway.ts';
import { admitToken } from '../gateway/given-tokens.ts';
import { IdentityProvider } from '../gateway/identity-provider.ts';
import { Mailer } from '../notices/mailer.ts';
import { NoticeDelivery } from '../notices/notice-delivery.ts';
import { OfficeQueue } from '../queue/office-queue.ts';
import { ownRows } from '../queue/own-rows.ts';
import { connectRedis } from '../queue/redis-connection.ts';
import { addScalingGauge } from '../scaling/scaling-metrics.ts';
import { WorkerScaling } from '../scaling/worker-scaling.ts';
import { S3Store } from '../store/s3-store.ts';
import { isThere } from '../store/try-store.ts';
import { GatewayMetrics } from '../watch/gateway-metrics.ts';
import { watchedRows, watchGateway } from '../watch/gateway-watch.ts';
import { LiveWorkers } from '../watch/live-workers.ts';
import type { OfficeLog } from '../watch/office-log.ts';
import { startTracing } from '../watch/tracing.ts';
import { openWatchServer } from '../watch/watch-server.ts';
import type { noticeSettings } from './notice-settings.ts';
import type { gatewaySettings } from './office-settings.ts';

/** How often Redis is brought in line with the rows, in milliseconds. */
const SWEEP_MS = 5_000;

/** How often the store is asked whether it is there, in milliseconds. */
const TRY_STORE_MS = 15_000;

/**
 * Runs the gateway until the signal is aborted: requests, the sweep that gives back what dead workers or a lost
 * Redis left, and the notices of what is done.
 * Answers where it listens once it does, and at which port its metrics are. Throws what the disk said when it failed.
 */
export async function runGateway(
  settings: Awaited<ReturnType<typeof gatewaySettings>> & {
    readonly notices: Awaited<ReturnType<typeof noticeSettings>>;
  },
  log: OfficeLog,
  signal: AbortSignal,
  onListening: (address: string, metricsPort: number) => void = () => undefined,
): Promise<void> {
  const diskFailed = new AbortController();
  const stop = AbortSignal.any([signal, diskFailed.signal]);
  const database = openOfficeDatabase(settings.database.file, settings.database.key, (error) => {
    log.error('disk', error);
    diskFailed.abort(error);
  });
  settings.database.key.fill(0);
  const { work, scale } = settings.givenTokens;
  if (work !== null) admitToken(database.tokens, work, 'work');
  if (scale !== null) admitToken(database.tokens, scale, 'scale');
  const endTracing = startTracing({
    program: 'gateway',
    endpoint: settings.otlpEndpoint,
    onProblem: () => log.warn('traces', null),
  });
  const redis = connectRedis(settings.redis);
  const workers = new LiveWorkers(settings.leaseMs);
  const metrics = new GatewayMetrics({
    figures: () => database.figures.read(),
    workers,
    isRedisUp: () => redis.status === 'ready',
    workersTokenExpiresAtMs: () => database.tokens.lastExpiry('work'),
  });
  const scaling = new WorkerScaling({
    ...{ settings: settings.scaling, workers, leaseMs: settings.leaseMs },
    depth: () => database.figures.read().jobs.queued ?? 0,
  });
  addScalingGauge(metrics.registry, scaling);
  const store = new S3Store(settings.store, undefined, (error) => metrics.storeFailed(error));
  const trial = new S3Store(settings.store, []);
  const queue = new OfficeQueue({
    ...{ jobs: database.jobs, commits: database.commits },
    redis,
    onRedisError: (error) => {
      metrics.redisFailed();
      log.warn('redis', error);
    },
    onLeasesLost: (count) => {
      metrics.leasesLost(count);
      log.info('leasesLost', { count });
    },
  });
  const { webhookHosts, mail } = settings.notices;
  const mailer = mail && new Mailer(mail);
  const noticeRules = {
    webhookHosts,
    mayMailTo: mailer && ((address: string) => mailer.mayWriteTo(address)),
  };
  const delivery = new NoticeDelivery({
    ...{ ...database, mailer },
    webhooks: { allowed: webhookHosts },
    onFailure: (subscriptionId, code) => log.info('noticeFailed', { subscriptionId, code }),
    onUnexpected: (error) => log.error('notices', error),
  });
  const tryStore = () => isThere(trial).then((isUp) => metrics.storeTried(isUp));
  let isListening = false;
  const told = await openWatchServer({
    ...{ ...settings.metrics, registry: metrics.registry },
    isReady: () => isListening && !stop.aborted,
    onError: (error) => log.error('metrics', error),
  });
  const trying = setInterval(() => void tryStore(), TRY_STORE_MS);
  try {
    await tryStore();
    const attempts = watchedRows(ownRows(database.jobs, settings.leaseMs), metrics, log);
    const watch = watchGateway(metrics, log);
    const gateway = await openGateway(
      {
        ...{ ...database, noticeRules, store, queue, attempts, workers, scaling, watch },
        ...{ workerKeys: settings.workerKeys, page: settings.page },
        identityProvider: settings.oidc && new IdentityProvider(settings.oidc),
      },
      (route, error) => log.error('request', error, { route }),
    );
    const over = new AbortController();
    let delivering: Promise<void> | null = null;
    try {
      onListening(await gateway.listen({ host: settings.host, port: settings.port }), told.port);
      isListening = true;
      delivering = delivery.run(AbortSignal.any([stop, over.signal]));
      while (!stop.aborted) {
        await queue.sweep();
        await wait(SWEEP_MS, null, { signal: stop }).catch(() => undefined);
      }
      // Whoever started the gateway starts it again, from what is on the disk.
      diskFailed.signal.throwIfAborted();
    } finally {
      over.abort();
      await gateway.close();
      await delivering;
    }
  } finally {
    clearInterval(trying);
    told.close();
    await queue.close().catch((error: unknown) => log.warn('redis', error));
    mailer?.close();
    redis.disconnect();
    trial.close();
    store.close();
    database.close();
    await endTracing();
  }
}
