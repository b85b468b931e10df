import { once } from 'node:events';
import { createServer } from 'node:http';
import { JobTaker } from '../queue/job-taker.ts';
import { S3Store } from '../store/s3-store.ts';
import { gatewayRows } from '../worker/gateway-rows.ts';
import { OfficeWorker, type WorkerEvent } from '../worker/office-worker.ts';
import { Transcriber } from '../worker/transcriber.ts';
import type { OfficeLog } from './office-log.ts';
import type { workerSettings } from './office-settings.ts';

/**
 * Runs a worker until the signal is aborted and its job is finished. `/healthz` answers 200 while the process lives, `/readyz`
 * while it takes jobs.
 */
export async function runWorker(
  settings: Awaited<ReturnType<typeof workerSettings>>,
  log: OfficeLog,
  signal: AbortSignal,
): Promise<void> {
  const store = new S3Store(settings.store);
  const transcriber = await Transcriber.open(settings.model);
  const taker = new JobTaker({
    rows: gatewayRows(settings.gateway, settings.token),
    redis: settings.redis,
    leaseMs: settings.leaseMs,
    onRedisError: (error) => log.warn('redis', error),
  });
  const worker = new OfficeWorker({
    ...{ taker, store, transcriber },
    privateKey: settings.privateKey,
    leaseMs: settings.leaseMs,
    note: (event) => noteIn(log, event),
  });
  const health = createServer((request, response) => {
    const isWell = request.url === '/healthz' || (request.url === '/readyz' && worker.isReady);
    response.writeHead(isWell ? 200 : 503).end();
  });
  try {
    health.listen(settings.healthPort);
    await once(health, 'listening');
    signal.addEventListener('abort', () => worker.drain(), { once: true });
    if (signal.aborted) worker.drain();
    log.info('ready');
    await worker.run();
  } finally {
    health.close();
    await taker.close();
    await transcriber.close();
    store.close();
  }
}

function noteIn(log: OfficeLog, event: WorkerEvent): void {
  const { type, ...facts } = event;
  if ('error' in facts) log.warn(type, facts.error);
  else log.info(type, facts);
}
