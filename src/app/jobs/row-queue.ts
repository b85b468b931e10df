import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import type { JobState } from '../../contract/job.ts';
import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import type { AttemptEnding, Lease, WorkItem, WorkQueue } from './work-queue.ts';

/** A job of the vault that was taken. */
export interface RowLease extends Lease {
  /** Number of the attempt among all the job's, from 1. */
  readonly attempt: number;
}

/**
 * The queue of a vault: the rows themselves. One process holds the vault, so that a running row without a lease here was left by
 * a dead process.
 */
export class RowQueue implements WorkQueue {
  readonly #jobs: Database['jobs'];
  readonly #now: () => number;
  /** Attempt ids of the jobs taken here, by job. */
  readonly #attempts = new Map<string, string>();

  constructor({ jobs }: Pick<Database, 'jobs'>, now: () => number = Date.now) {
    this.#jobs = jobs;
    this.#now = now;
  }

  async add(jobId: string): Promise<void> {
    // Its row is its place in the queue; this only refuses an unknown one.
    await this.#jobs.get(jobId);
  }

  async take(): Promise<Lease | null> {
    const job = await this.#jobs.next(this.#now());
    return job === null ? null : await this.takeJob(job.id);
  }

  /** Takes this very job, whatever stands before it. Throws `job.notFound`, `job.wrongState`. */
  async takeJob(jobId: string): Promise<RowLease> {
    const attemptId = newId();
    const attempt = await this.#jobs.begin({ jobId, attemptId, atMs: this.#now() });
    this.#attempts.set(jobId, attemptId);
    return {
      ...workItem(await this.#jobs.get(jobId)),
      attempt,
      renew: () => this.#assertOwn(jobId, attemptId),
      end: async (ending) => {
        await this.#assertOwn(jobId, attemptId);
        return await this.#end(jobId, attemptId, ending);
      },
    };
  }

  /** Puts a job before all others, and a range of its recording before the rest of it. Throws `job.notFound`. */
  async putFirst(jobId: string, range: { startMs: number; endMs: number } | null = null): Promise<void> {
    await this.#jobs.moveFirst({
      jobId,
      priorityStartMs: range?.startMs ?? null,
      priorityEndMs: range?.endMs ?? null,
    });
  }

  pause(jobId: string): Promise<void> {
    return this.#takeBack(jobId, 'paused');
  }

  async resume(jobId: string): Promise<void> {
    await this.#jobs.setState({ jobId, state: 'queued' });
  }

  cancel(jobId: string): Promise<void> {
    return this.#takeBack(jobId, 'cancelled');
  }

  async retry(jobId: string): Promise<void> {
    await this.#jobs.retryNow({ jobId, atMs: this.#now() });
  }

  async list(state: JobState): Promise<WorkItem[]> {
    return (await this.#jobs.list({ state })).map(workItem);
  }

  async sweep(): Promise<void> {
    // Waiting rows are due by themselves, and rows cannot be lost.
    if (this.#attempts.size === 0) await this.#jobs.recoverInterrupted(this.#now());
  }

  async #assertOwn(jobId: string, attemptId: string): Promise<void> {
    if (this.#attempts.get(jobId) === attemptId) return;
    const { state } = await this.#jobs.get(jobId);
    throw new AppError('job.wrongState', { state, action: 'finish' });
  }

  async #end(jobId: string, attemptId: string, ending: AttemptEnding): Promise<WorkItem> {
    await this.#jobs.end({ ...ending, attemptId, atMs: this.#now() });
    this.#attempts.delete(jobId);
    return workItem(await this.#jobs.get(jobId));
  }

  async #takeBack(jobId: string, state: 'paused' | 'cancelled'): Promise<void> {
    const attemptId = this.#attempts.get(jobId);
    if (attemptId === undefined) await this.#jobs.setState({ jobId, state });
    else await this.#end(jobId, attemptId, { outcome: state, failure: null, figures: null, retryAtMs: null });
  }
}

function workItem({ id, state, attempts, retryAtMs }: Job): WorkItem {
  return { jobId: id, state, attempts, retryAtMs };
}
