import { randomUUID } from 'node:crypto';
import { type Job, Worker } from 'bullmq';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { OfficeAttemptEnd, OfficeJob } from '../database/office-jobs.db.ts';
import { connectRedis, QUEUE_NAME, type RedisAddress } from './redis-connection.ts';

/** What a worker tells of a job and its row: in the same process, or by requests to the gateway. */
export interface AttemptRows {
  /** Gives the job whose turn it is, for a lease's time, in exchange for an id that Redis gave. Throws `job.notFound`, `job.wrongState` if none is queued. */
  begin(ticket: string): Promise<OfficeJob>;
  /** Prolongs the lease, and tells how much is done (0 to 1) unless that is null. Throws `job.wrongState` if the job is no longer this worker's. */
  renew(jobId: string, attemptId: string, progress: number | null): Promise<void>;
  /** Ends the attempt. Throws `job.wrongState` if the job is no longer this worker's. */
  end(jobId: string, end: Omit<OfficeAttemptEnd, 'atMs'>): Promise<OfficeJob>;
}

/** A job that a worker took. */
export interface OfficeLease {
  readonly job: OfficeJob;
  /** Tells row and Redis that the worker lives, and the row how much is done (0 to 1). Throws `job.wrongState` if the job is no longer its own. */
  renew(progress?: number | null): Promise<void>;
  /** Ends the attempt in the row, then in Redis. Throws `job.wrongState` if the job is no longer its own. */
  end(ending: Omit<OfficeAttemptEnd, 'attemptId' | 'atMs'>): Promise<OfficeJob>;
}

/** What a taker is made of. */
export interface JobTakerParts {
  readonly rows: AttemptRows;
  readonly redis: RedisAddress;
  /** Milliseconds that a job stays a worker's without a sign of life: in Redis as in the row. */
  readonly leaseMs: number;
  /** Told of each command that Redis did not take; the gateway's next sweep makes up for it. */
  readonly onRedisError: (error: unknown) => void;
}

/** How long an id is left alone whose row could not be asked, in milliseconds. */
const UNASKED_MS = 5_000;

/**
 * A worker's side of the office's queue: takes ids from BullMQ by hand, and asks the rows which job it may begin for each. It is that
 * of the id, or another one whose turn comes before: an id in Redis says that some job is queued.
 */
export class JobTaker {
  readonly #parts: JobTakerParts;
  readonly #redis: ReturnType<typeof connectRedis>;
  readonly #worker: Worker;
  readonly #token = randomUUID();

  constructor(parts: JobTakerParts) {
    this.#parts = parts;
    this.#redis = connectRedis(parts.redis);
    this.#worker = new Worker(QUEUE_NAME, null, {
      connection: this.#redis,
      autorun: false,
      lockDuration: parts.leaseMs,
      // The rows' leases tell which worker is dead, and the gateway's sweep gives its job to another.
      skipStalledCheck: true,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.#worker.on('error', parts.onRedisError);
  }

  /**
   * The next job that may begin, taken; null if there is none. With `block` waits some seconds for one. Ids for which there is no job
   * are dropped on the way. Throws if Redis or the rows cannot be asked.
   */
  async take({ block = false }: { block?: boolean } = {}): Promise<OfficeLease | null> {
    for (;;) {
      const held = (await this.#worker.getNextJob(this.#token, { block })) as Job | undefined;
      if (held?.id === undefined) return null;
      const job = await this.#begun(held, held.id);
      if (job !== null) return this.#lease(held, job);
    }
  }

  /** Ends at once, whatever is taken: its lease runs out. */
  async close(): Promise<void> {
    await this.#worker.close(true);
    this.#redis.disconnect();
  }

  async #begun(held: Job, jobId: string): Promise<OfficeJob | null> {
    try {
      return await this.#parts.rows.begin(jobId);
    } catch (error) {
      if (isNotOwn(error)) {
        await held.moveToCompleted(null, this.#token, false);
        return null;
      }
      await this.#tell(() => held.moveToDelayed(Date.now() + UNASKED_MS, this.#token));
      throw error;
    }
  }

  #lease(held: Job, job: OfficeJob): OfficeLease {
    const attemptId = job.attemptId;
    if (attemptId === null) throw new AppError('job.wrongState', { state: job.state, action: 'run' });
    const { rows, leaseMs } = this.#parts;
    return {
      job,
      renew: async (progress = null) => {
        await this.#orDropped(held, rows.renew(job.id, attemptId, progress));
        await this.#tell(() => held.extendLock(this.#token, leaseMs));
      },
      end: async (ending) => {
        const ended = await this.#orDropped(held, rows.end(job.id, { ...ending, attemptId }));
        await this.#tell(() => this.#leave(held, ended));
        return ended;
      },
    };
  }

  /** An answer of the row; where the job is no longer this worker's, its id is let go. */
  async #orDropped<T>(held: Job, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (isNotOwn(error)) {
        await this.#tell(() => held.moveToCompleted(null, this.#token, false));
      }
      throw error;
    }
  }

  async #leave(held: Job, { state, retryAtMs }: OfficeJob): Promise<void> {
    if (state === 'queued') await held.moveToWait(this.#token);
    else if (retryAtMs !== null) await held.moveToDelayed(retryAtMs, this.#token);
    else await held.moveToCompleted(null, this.#token, false);
  }

  async #tell(command: () => Promise<unknown>): Promise<void> {
    try {
      await command();
    } catch (error) {
      this.#parts.onRedisError(error);
    }
  }
}

/** Whether rows refused a worker because a job is not, or no longer, its own: it was taken back, given away or is gone. */
export function isNotOwn(error: unknown): boolean {
  return isAppError(error, 'job.wrongState', 'job.notFound');
}
