import { setTimeout as wait } from 'node:timers/promises';
import { openOfficeDatabase } from '../database/office-database.db.ts';
import { openGateway } from '../gateway/gateway.ts';
import { OfficeQueue } from '../queue/office-queue.ts';
import { ownRows } from '../queue/own-rows.ts';
import { connectRedis } from '../queue/redis-connection.ts';
import { S3Store } from '../store/s3-store.ts';
import type { OfficeLog } from './office-log.ts';
import type { gatewaySettings } from './office-settings.ts';

/** How often Redis is brought in line with the rows, in milliseconds. */
const SWEEP_MS = 5_000;

/**
 * Runs the gateway until the signal is aborted: requests, and the sweep that gives back what dead workers or a lost Redis left.
 * Answers where it listens once it does.
 */
export async function runGateway(
  settings: Awaited<ReturnType<typeof gatewaySettings>>,
  log: OfficeLog,
  signal: AbortSignal,
  onListening: (address: string) => void = () => undefined,
): Promise<void> {
  const database = openOfficeDatabase(settings.database.file, settings.database.key);
  settings.database.key.fill(0);
  const redis = connectRedis(settings.redis);
  const store = new S3Store(settings.store);
  const queue = new OfficeQueue({
    jobs: database.jobs,
    redis,
    onRedisError: (error) => log.warn('redis', error),
  });
  try {
    const gateway = await openGateway(
      {
        ...{ ...database, store, queue, workerKeys: settings.workerKeys },
        attempts: ownRows(database.jobs, settings.leaseMs),
      },
      (route, error) => log.error(route, error),
    );
    try {
      onListening(await gateway.listen({ host: settings.host, port: settings.port }));
      while (!signal.aborted) {
        await queue.sweep();
        await wait(SWEEP_MS, null, { signal }).catch(() => undefined);
      }
    } finally {
      await gateway.close();
    }
  } finally {
    await queue.close().catch((error: unknown) => log.warn('redis', error));
    redis.disconnect();
    store.close();
    database.close();
  }
}
