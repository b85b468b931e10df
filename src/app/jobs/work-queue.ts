import type { JobState } from '../../contract/job.ts';
import type { AttemptEnd } from '../../core/database/jobs/jobs.db.ts';

/** How an attempt ended, as its taker tells it; number and time are the queue's. */
export type AttemptEnding = Omit<AttemptEnd, 'attemptId' | 'atMs'>;

/** A job in a queue. */
export interface WorkItem {
  readonly jobId: string;
  readonly state: JobState;
  /** Attempts that counted since somebody last asked for the job. */
  readonly attempts: number;
  /** When a waiting job is due; null in every other state. */
  readonly retryAtMs: number | null;
}

/** A job that was taken: nobody else gets it until it is ended, or its taker has been dead for a while. */
export interface Lease extends WorkItem {
  /** Tells that the taker lives. Throws `job.wrongState` if the job is no longer its own: it was cancelled, paused or given away. */
  renew(): Promise<void>;
  /** Ends the attempt and sets the job's next state. Throws `job.wrongState` if the job is no longer the taker's own. */
  end(ending: AttemptEnding): Promise<WorkItem>;
}

/**
 * A queue of jobs that workers take. A row of a database is the truth about each job, and the job's id is the row's: whatever
 * else holds the queue may be lost. `work-queue-contract.ts` tells by tests what every adapter does.
 */
export interface WorkQueue {
  /** Queues the job of a row, behind the others. One that is queued already stays where it is. */
  add(jobId: string): Promise<void>;
  /** The next job that may run now, taken; null if there is none. */
  take(): Promise<Lease | null>;
  /** Puts a queued job before all others. Throws `job.notFound`. */
  putFirst(jobId: string): Promise<void>;
  /** Takes a job back until it is resumed, from its taker, too. Throws `job.notFound`, `job.wrongState`. */
  pause(jobId: string): Promise<void>;
  /** Queues a paused job again. Throws `job.notFound`, `job.wrongState`. */
  resume(jobId: string): Promise<void>;
  /** Takes a job back for good, from its taker, too. Throws `job.notFound`, `job.wrongState`. */
  cancel(jobId: string): Promise<void>;
  /** Queues a failed, waiting, paused or cancelled job at once, with its attempts counted from zero. Throws `job.notFound`, `job.wrongState`. */
  retry(jobId: string): Promise<void>;
  /** The jobs in a state, in the order of the queue; `failed` ones are the dead letters, kept until somebody retries them. */
  list(state: JobState): Promise<WorkItem[]>;
  /** Brings the queue in line with the rows: jobs that are due, that were lost on the way, or whose taker died can be taken again. */
  sweep(): Promise<void>;
}
