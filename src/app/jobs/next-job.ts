import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import { fitsInMemory } from '../../core/engine/background-engine.ts';
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
  return await nextAllowedJob(choice, nowMs, () => true);
}

/** The first job that may run now of those that `isAllowed` names, or null. */
export async function nextAllowedJob(
  choice: NextJob,
  nowMs: number,
  isAllowed: (job: Job) => boolean,
): Promise<Job | null> {
  for (const job of await due(choice, nowMs)) {
    if (isAllowed(job) && (await hasRoom(choice, job))) return job;
  }
  return null;
}

/**
 * The first job that may run now in a held queue, or null: one of those that `isAllowed` names, if a second engine with its
 * model fits into the free memory.
 */
export async function nextHeldJob(
  choice: NextJob & { readonly freeMemory: () => number },
  nowMs: number,
  isAllowed: (job: Job) => boolean,
): Promise<Job | null> {
  for (const job of await due(choice, nowMs)) {
    if (!isAllowed(job) || !(await hasRoom(choice, job))) continue;
    if (await fitsInMemory(job.options.model.path, choice.freeMemory())) return job;
  }
  return null;
}

/** The jobs whose time has come, in the order of the queue. */
async function due({ database: { jobs } }: NextJob, nowMs: number): Promise<Job[]> {
  const queued = await jobs.list({ state: 'queued' });
  const waiting = await jobs.list({ state: 'waiting' });
  const dueAgain = waiting.filter((job) => job.retryAtMs !== null && job.retryAtMs <= nowMs);
  return [...queued, ...dueAgain].sort((a, b) => a.position - b.position);
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
