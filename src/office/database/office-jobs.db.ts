import { v7 as newId } from 'uuid';
import { AppError, type ErrorCode } from '../../contract/errors.ts';
import type { JobState } from '../../contract/job.ts';
import { assertAllowed, isFinal, type JobAction } from '../../contract/job-states.ts';
import type { Connection } from '../../core/database/connection.db.ts';
import { requiredJob } from '../../core/database/required-row.ts';
import { where } from '../../core/database/where.ts';
import type { JobPhase } from '../contract/flow.ts';
import type { OfficeErrorCode } from '../contract/office-errors.ts';
import type { WorkFigures } from '../contract/watch-api.ts';
import { FairTurns } from './fair-turns.db.ts';
import { OfficeFlows } from './office-flows.db.ts';

/** A job of the office: what may be known of it without a key. */
export interface OfficeJob {
  readonly id: string;
  readonly tenantId: string;
  readonly state: JobState;
  /** Order in the queue: the smallest is next. */
  readonly position: number;
  /** Attempts that counted since somebody last asked for the job. */
  readonly attempts: number;
  /** The attempt that runs; null in every state but `running`. */
  readonly attemptId: string | null;
  /** Until when a running job is its taker's own without a further sign of life. */
  readonly leaseUntilMs: number | null;
  /** When a waiting job is due; null in every other state. */
  readonly retryAtMs: number | null;
  /** Why the last attempt failed; null if none did. */
  readonly failureCode: ErrorCode | OfficeErrorCode | null;
  /** How much of a running attempt is done, 0 to 1, as its worker last told; null in every other state and before that. */
  readonly progress: number | null;
  readonly createdAtMs: number;
  /** When it last came into the queue, or will. */
  readonly queuedAtMs: number | null;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly phase: JobPhase;
  /** The divided recording's job that this one is a window of; null for all that tenants know of. */
  readonly parentId: string | null;
  /** How many windows the recording was divided into; 0 if it was not. */
  readonly windows: number;
  /** Where its trace was begun by its client; null if that is `traceParentOf` its id. */
  readonly traceParent: string | null;
}

/** A queued job's place in the queue. */
export type QueuedRow = Pick<OfficeJob, 'id' | 'position'>;

/** How an attempt ended, as its worker tells it. */
export interface OfficeAttemptEnd {
  readonly attemptId: string;
  readonly atMs: number;
  /** `divided`: the recording is long, and its windows are in the store. */
  readonly outcome: 'done' | 'failed' | 'interrupted' | 'divided';
  readonly failureCode: ErrorCode | OfficeErrorCode | null;
  /** When to try again after a failure; null ends in `failed`. */
  readonly retryAtMs: number | null;
  /** Whether it counts against the job's attempts. */
  readonly counted: boolean;
  /** What the attempt took, where it got so far. */
  readonly figures?: WorkFigures | undefined;
  /** How many windows a recording was divided into. */
  readonly windows?: number | undefined;
}

/** SQL of how much of a job's attempt is done: of a divided recording what its windows have; null where nobody has told. */
export const PROGRESS = `CASE WHEN state <> 'running' OR phase = 'stitch' THEN NULL
    WHEN phase = 'windows' THEN (SELECT avg(CASE done.state WHEN 'done' THEN 1.0 WHEN 'running' THEN ifnull(done.progress, 0) ELSE 0 END)
      FROM jobs done WHERE done.parent_id = jobs.id)
    ELSE progress END`;

const SELECT = `SELECT id, tenant_id AS tenantId, state, position, attempts, attempt_id AS attemptId,
  lease_until_ms AS leaseUntilMs, retry_at_ms AS retryAtMs, failure_code AS failureCode,
  ${PROGRESS} AS progress,
  created_at_ms AS createdAtMs, queued_at_ms AS queuedAtMs, started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs,
  phase, parent_id AS parentId, windows, trace_parent AS traceParent FROM jobs`;

/** The rows of the office's jobs: the truth about each, whatever Redis says. Every method is one transaction. */
export class OfficeJobs {
  readonly #connection: Connection;
  readonly #flows: OfficeFlows;
  readonly #turns: FairTurns;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#flows = new OfficeFlows(connection);
    this.#turns = new FairTurns(connection);
  }

  /** Adds a queued job behind the others. */
  add({
    id,
    tenantId,
    atMs,
    traceParent = null,
  }: {
    id: string;
    tenantId: string;
    atMs: number;
    traceParent?: string | null;
  }): void {
    this.#connection.run(
      `INSERT INTO jobs (id, tenant_id, state, position, created_at_ms, trace_parent)
       VALUES (@id, @tenantId, 'queued', (SELECT ifnull(max(position), 0) + 1 FROM jobs), @atMs, @traceParent)`,
      { id, tenantId, atMs, traceParent },
    );
  }

  /** The job. Throws `job.notFound`. */
  get(id: string): OfficeJob {
    return requiredJob(this.#connection.one<OfficeJob>(`${SELECT} WHERE id = @id`, { id }), id);
  }

  /** The windows of a divided recording, in order; none of any other job. */
  windowsOf(jobId: string): OfficeJob[] {
    return this.#connection.all<OfficeJob>(`${SELECT} WHERE parent_id = @jobId ORDER BY position`, { jobId });
  }

  /** Jobs in the order of the queue; in one state, the first so many, if passed, or of one tenant, without the windows of its recordings. */
  list({
    state = null,
    tenantId = null,
    limit = null,
  }: {
    state?: JobState | null;
    tenantId?: string | null;
    limit?: number | null;
  } = {}): OfficeJob[] {
    const conditions = where(
      state !== null && 'state = @state',
      tenantId !== null && 'tenant_id = @tenantId AND parent_id IS NULL',
    );
    // SQLite takes a negative number for no limit.
    const sql = `${SELECT} ${conditions} ORDER BY position LIMIT @limit`;
    return this.#connection.all<OfficeJob>(sql, { state, tenantId, limit: limit ?? -1 });
  }

  /**
   * Gives the job whose turn it is to a taker, until `leaseUntilMs`. `ticket` is the id that Redis gave him: that of some job, which
   * says no more than that one was queued. Throws `job.notFound`, `job.wrongState` about it where none is.
   */
  beginNext({ ticket, ...begun }: { ticket: string; atMs: number; leaseUntilMs: number }): OfficeJob {
    return this.#connection.transaction(() => {
      const jobId = this.#turns.next();
      if (jobId !== null) return this.begin({ ...begun, jobId });
      throw new AppError('job.wrongState', { state: this.get(ticket).state, action: 'run' });
    });
  }

  /** Gives a job that may run to a taker, until `leaseUntilMs`. Throws `job.notFound`, `job.wrongState`. */
  begin({ jobId, atMs, leaseUntilMs }: { jobId: string; atMs: number; leaseUntilMs: number }): OfficeJob {
    return this.#connection.transaction(() => {
      const { state, retryAtMs } = this.get(jobId);
      assertAllowed('run', state);
      if (retryAtMs !== null && retryAtMs > atMs)
        throw new AppError('job.wrongState', { state, action: 'run' });
      this.#connection.run(
        `UPDATE jobs SET state = 'running', attempt_id = @attemptId, lease_until_ms = @leaseUntilMs, retry_at_ms = NULL,
           progress = NULL, failure_code = NULL, started_at_ms = ifnull(started_at_ms, @atMs) WHERE id = @jobId`,
        { jobId, attemptId: newId(), leaseUntilMs, atMs },
      );
      return this.get(jobId);
    });
  }

  /** Prolongs the lease of a running attempt, and notes how far it is unless that is null. Throws `job.wrongState` if that attempt does not run. */
  renew({
    jobId,
    attemptId,
    leaseUntilMs,
    progress,
  }: {
    jobId: string;
    attemptId: string;
    leaseUntilMs: number;
    progress: number | null;
  }): void {
    const changed = this.#connection.run(
      `UPDATE jobs SET lease_until_ms = @leaseUntilMs, progress = ifnull(@progress, progress)
       WHERE id = @jobId AND attempt_id = @attemptId`,
      { jobId, attemptId, leaseUntilMs, progress },
    );
    if (changed === 0)
      throw new AppError('job.wrongState', { state: this.get(jobId).state, action: 'finish' });
  }

  /** Ends an attempt and sets its job's next state. Throws `job.wrongState` if that attempt does not run. */
  end(jobId: string, end: OfficeAttemptEnd): OfficeJob {
    return this.#connection.transaction(() => {
      const job = this.get(jobId);
      if (job.attemptId !== end.attemptId) {
        throw new AppError('job.wrongState', { state: job.state, action: 'finish' });
      }
      if (end.outcome === 'divided') {
        if (job.phase !== 'recording' || !end.windows) {
          throw new AppError('job.wrongState', { state: job.state, action: 'finish' });
        }
        this.#flows.divided(job, end.windows);
        return this.get(jobId);
      }
      const state = stateAfter(end);
      this.#connection.run(
        `UPDATE jobs SET state = @state, attempt_id = NULL, lease_until_ms = NULL, retry_at_ms = @retryAtMs,
           failure_code = @failureCode, attempts = attempts + @counted, finished_at_ms = @finishedAtMs
         WHERE id = @jobId`,
        {
          jobId,
          state,
          retryAtMs: state === 'waiting' ? end.retryAtMs : null,
          failureCode: end.failureCode,
          counted: Number(end.counted),
          finishedAtMs: isFinal(state) ? end.atMs : null,
        },
      );
      this.#flows.windowEnded(this.get(jobId));
      return this.get(jobId);
    });
  }

  /** Pauses or cancels a job, one that runs, too: its taker loses it. Throws `job.notFound`, `job.wrongState`. */
  takeBack({ jobId, state, atMs }: { jobId: string; state: 'paused' | 'cancelled'; atMs: number }): void {
    this.#connection.transaction(() => {
      const job = this.get(jobId);
      if (job.state !== 'running') assertAllowed(state === 'paused' ? 'pause' : 'cancel', job.state);
      this.#set(jobId, state, state === 'cancelled' ? atMs : null);
      this.#flows.takenBack(jobId, state);
    });
  }

  /** Queues a paused job again. Throws `job.notFound`, `job.wrongState`. */
  resume(jobId: string): void {
    this.#queue(jobId, 'resume');
  }

  /** Queues a waiting, failed, paused or cancelled job with its attempts counted from zero. Throws `job.notFound`, `job.wrongState`. */
  retry(jobId: string): void {
    this.#connection.transaction(() => {
      this.#queue(jobId, 'retry');
      this.#connection.run('UPDATE jobs SET attempts = 0, failure_code = NULL WHERE id = @jobId', { jobId });
    });
  }

  /** Puts a job before all others of its tenant; turns between tenants stay as they are. Throws `job.notFound`. */
  moveFirst(jobId: string): void {
    // The windows of a divided recording stay behind it.
    const sql = `UPDATE jobs SET position = position + (SELECT (SELECT min(position) - 1 FROM jobs) - position FROM jobs WHERE id = @jobId)
      WHERE id = @jobId OR parent_id = @jobId`;
    if (this.#connection.run(sql, { jobId }) === 0) throw new AppError('job.notFound', { id: jobId });
  }

  /**
   * Queues what waits and is due, and what ran without a sign of life until its lease ended; such an attempt does not count. At most
   * so many at a time (`limit`; a negative one is none). Returns how many it queued, and how many of them lost their worker.
   */
  sweep(atMs: number, limit = -1): { queued: number; lost: number } {
    const queue = (condition: string, most: number) =>
      this.#connection.run(
        `UPDATE jobs SET state = 'queued', attempt_id = NULL, lease_until_ms = NULL, retry_at_ms = NULL
         WHERE id IN (SELECT id FROM jobs WHERE ${condition} LIMIT @most)`,
        { atMs, most },
      );
    return this.#connection.transaction(() => {
      const due = queue("state = 'waiting' AND retry_at_ms <= @atMs", limit);
      const lost = queue("state = 'running' AND lease_until_ms <= @atMs", limit < 0 ? limit : limit - due);
      return { queued: due + lost, lost };
    });
  }

  /** Queued jobs in the order of the queue, at most so many: behind one of them, or from the first. */
  queued(behind: QueuedRow | null, limit: number): QueuedRow[] {
    const { id, position } = behind ?? { id: '', position: -Number.MAX_VALUE };
    return this.#connection.all<QueuedRow>(
      `SELECT id, position FROM jobs WHERE state = 'queued' AND (position, id) > (@position, @id)
       ORDER BY position, id LIMIT @limit`,
      { id, position, limit },
    );
  }

  /** Finished recordings whose windows were not forgotten. */
  withLeftoverWindows(): OfficeJob[] {
    return this.#connection.all<OfficeJob>(`${SELECT} WHERE state = 'done' AND windows > 0`);
  }

  /** Forgets the windows of a finished recording. */
  removeWindows(jobId: string): void {
    this.#connection.transaction(() => this.#flows.removeWindows(jobId));
  }

  #queue(jobId: string, action: Extract<JobAction, 'resume' | 'retry'>): void {
    this.#connection.transaction(() => {
      const job = this.get(jobId);
      assertAllowed(action, job.state);
      this.#set(jobId, 'queued', null);
      this.#flows.queuedAgain(job);
    });
  }

  #set(jobId: string, state: JobState, finishedAtMs: number | null): void {
    this.#connection.run(
      `UPDATE jobs SET state = @state, attempt_id = NULL, lease_until_ms = NULL, retry_at_ms = NULL,
         finished_at_ms = @finishedAtMs WHERE id = @jobId`,
      { jobId, state, finishedAtMs },
    );
  }
}

function stateAfter({ outcome, retryAtMs }: OfficeAttemptEnd): JobState {
  if (outcome === 'interrupted' || outcome === 'divided') return 'queued';
  return outcome === 'failed' && retryAtMs !== null ? 'waiting' : outcome;
}
