import { randomUUID } from 'node:crypto';
import { JobTaker } from '../queue/job-taker.ts';
import { S3Store } from '../store/s3-store.ts';
import type { OfficeLog } from '../watch/office-log.ts';
import { startTracing } from '../watch/tracing.ts';
import { openWatchServer } from '../watch/watch-server.ts';
import { WorkerMetrics } from '../watch/worker-metrics.ts';
import { gatewayRows } from '../worker/gateway-rows.ts';
import { OfficeWorker, RENEWALS, type WorkerEvent } from '../worker/office-worker.ts';
import { Transcriber } from '../worker/transcriber.ts';
import type { workerSettings } from './office-settings.ts';

/**
 * Runs a worker until the signal is aborted and its job is finished. `/healthz` answers 200 while the process lives, `/readyz`
 * while it takes jobs. The gateway hears that it lives, whether it has a job or not.
 */
export async function runWorker(
  settings: Awaited<ReturnType<typeof workerSettings>>,
  log: OfficeLog,
  signal: AbortSignal,
): Promise<void> {
  const metrics = new WorkerMetrics(() => worker.state === 'working');
  const endTracing = startTracing({
    program: 'worker',
    endpoint: settings.otlpEndpoint,
    onSpan: (name, seconds) => metrics.stageEnded(name, seconds),
    onProblem: () => log.warn('traces', null),
  });
  const store = new S3Store(settings.store, undefined, (error) => metrics.storeFailed(error));
  const transcriber = await Transcriber.open(settings.model);
  const rows = gatewayRows(settings.gateway, settings.token);
  const taker = new JobTaker({
    rows,
    redis: settings.redis,
    leaseMs: settings.leaseMs,
    onRedisError: (error) => {
      metrics.redisFailed();
      log.warn('redis', error);
    },
  });
  const worker: OfficeWorker = new OfficeWorker({
    ...{ taker, store, transcriber },
    privateKey: settings.privateKey,
    limits: settings.limits,
    leaseMs: settings.leaseMs,
    note: (event) => {
      if (event.type === 'unreachable') metrics.gatewayFailed();
      noteIn(log, event);
    },
  });
  const workerId = randomUUID();
  const hello = () => {
    // The next may get through; what it is needed for is a figure.
    rows.hello(workerId, worker.state).catch(() => metrics.gatewayFailed());
  };
  const watch = await openWatchServer({
    port: settings.healthPort,
    registry: metrics.registry,
    isReady: () => worker.isReady,
    onError: (error) => log.error('metrics', error),
  });
  const saying = setInterval(hello, settings.leaseMs / RENEWALS);
  try {
    signal.addEventListener('abort', () => worker.drain(), { once: true });
    if (signal.aborted) worker.drain();
    hello();
    log.info('ready', { metricsPort: watch.port });
    await worker.run();
  } finally {
    clearInterval(saying);
    watch.close();
    await taker.close();
    await transcriber.close();
    store.close();
    await endTracing();
  }
}

function noteIn(log: OfficeLog, event: WorkerEvent): void {
  const { type, ...facts } = event;
  if ('error' in facts) log.warn(type, facts.error);
  else log.info(type, facts);
}
