import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import { freeBytes } from '../../core/free-space.ts';
import type { Vault } from '../../core/vault/vault.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** Inputs of choosing the next job. */
export interface NextJob {
  readonly database: Database;
  readonly vault: Vault;
  readonly retryPolicy: RetryPolicy;
}

/**
 * The first job in the queue that may run now, or null. A job that met a full disk runs only once there is space again
 * in the vault's folder and in its export folder; meanwhile others overtake it.
 */
export async function nextJob(choice: NextJob, nowMs: number): Promise<Job | null> {
  const { jobs } = choice.database;
  const first = await jobs.next(nowMs);
  if (first === null || (await hasRoom(choice, first))) return first;
  const queued = await jobs.list({ state: 'queued' });
  const waiting = await jobs.list({ state: 'waiting' });
  const due = waiting.filter((job) => job.retryAtMs !== null && job.retryAtMs <= nowMs);
  for (const job of [...queued, ...due].sort((a, b) => a.position - b.position)) {
    if (await hasRoom(choice, job)) return job;
  }
  return null;
}

async function hasRoom({ vault, retryPolicy }: NextJob, job: Job): Promise<boolean> {
  const { space } = retryPolicy;
  if (space === null || job.state !== 'waiting' || job.failure?.code !== 'disk.full') return true;
  const folders = job.delivery === null ? [vault.folder] : [vault.folder, job.delivery.folder];
  const free = await Promise.all(folders.map(freeBytesIfThere));
  return free.every((bytes) => bytes === null || bytes >= space.neededBytes);
}

/** Null for a missing folder: the attempt will report it. */
async function freeBytesIfThere(folder: string): Promise<number | null> {
  try {
    return await freeBytes(folder);
  } catch {
    return null;
  }
}
