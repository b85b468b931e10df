import { Delivery } from '../../../contract/document.ts';
import { AppError, ERROR_CODES } from '../../../contract/errors.ts';
import { JobFigures, JobOptions, type JobState } from '../../../contract/job.ts';
import { z } from '../../../contract/schema.ts';
import type { Connection, ReadableConnection } from '../connection.ts';
import { readJson, readNullableJson, writeJson, writeNullableJson } from '../json-column.ts';
import { requiredJob, requiredRow } from '../required-row.ts';
import type { AuditLog } from './audit.ts';
import { assertIdleMove, assertMove } from './job-moves.ts';

/** Why a job failed or waits: an AppError's code and details. */
export const JobFailure = z.object({ code: z.enum(ERROR_CODES), details: z.record(z.string(), z.unknown()) });
export type JobFailure = z.infer<typeof JobFailure>;

/** The transcription of one recording with one set of options. */
export interface Job {
  readonly id: string;
  readonly recordingId: string;
  /** The recording's name, for lists. */
  readonly recordingName: string;
  readonly options: JobOptions;
  readonly delivery: Delivery | null;
  readonly state: JobState;
  /** Order in the queue: the smallest is next. */
  readonly position: number;
  /** The stretch to be transcribed before the rest, or null for both. */
  readonly rangeStartMs: number | null;
  readonly rangeEndMs: number | null;
  /** Attempts that counted since the user last asked for the job. */
  readonly attempts: number;
  /** When a waiting job is due; null in every other state. */
  readonly retryAtMs: number | null;
  readonly failure: JobFailure | null;
  readonly detectedLanguage: string | null;
  readonly languageProbability: number | null;
  readonly createdAtMs: number;
  readonly queuedAtMs: number;
  /** When it first ran. */
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly figures: JobFigures | null;
}

/** A job as it is put into the queue. */
export type NewJob = Pick<Job, 'id' | 'recordingId' | 'options' | 'delivery' | 'createdAtMs'>;

/** How an attempt ended. The outcome decides the job's next state; a failed one waits where it has a `retryAtMs`. */
export interface AttemptEnd {
  readonly attemptId: string;
  readonly atMs: number;
  readonly outcome: AttemptOutcome;
  readonly failure: JobFailure | null;
  readonly figures: JobFigures | null;
  /** When to try again after a failure; null ends in `failed`. */
  readonly retryAtMs: number | null;
  /** Whether it counts against the job's attempts; where not said, done and failed ones do. */
  readonly counted?: boolean;
}

/** How an attempt can end. */
export type AttemptOutcome = 'done' | 'failed' | 'interrupted' | 'paused' | 'cancelled';

/** One run of a job. */
export interface Attempt {
  readonly id: string;
  readonly jobId: string;
  readonly number: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly outcome: AttemptOutcome | null;
  readonly failure: JobFailure | null;
  readonly figures: JobFigures | null;
}

type JsonColumn = 'options' | 'delivery' | 'failure' | 'figures';
type JobRow = Omit<Job, JsonColumn> & {
  options: string;
  delivery: string | null;
  failure: string | null;
  figures: string | null;
};
type AttemptRow = Omit<Attempt, 'failure' | 'figures'> & { failure: string | null; figures: string | null };

const SELECT = `SELECT job.id, job.recording_id AS recordingId, recording.name AS recordingName, options, delivery,
  job.state, position, range_start_ms AS rangeStartMs, range_end_ms AS rangeEndMs, attempts,
  retry_at_ms AS retryAtMs, failure, detected_language AS detectedLanguage,
  language_probability AS languageProbability, job.created_at_ms AS createdAtMs, queued_at_ms AS queuedAtMs,
  started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, figures
  FROM jobs AS job JOIN recordings AS recording ON recording.id = job.recording_id`;

/** The next job to run: the first in the queue, of those that wait only the due ones. */
export const NEXT_JOB = `${SELECT}
  WHERE job.state IN ('queued', 'waiting') AND (job.state = 'queued' OR retry_at_ms <= @nowMs)
  ORDER BY position LIMIT 1`;

/** Reads the queue. */
export class JobReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The job. Throws `job.notFound`. */
  get(id: string): Job {
    return jobOf(requiredJob(this.#connection.one<JobRow>(`${SELECT} WHERE job.id = @id`, { id }), id));
  }

  /** Jobs in the order of the queue, of one recording or in one state where asked. */
  list({
    recordingId = null,
    state = null,
  }: {
    recordingId?: string | null;
    state?: JobState | null;
  } = {}): Job[] {
    const rows = this.#connection.all<JobRow>(
      `${SELECT} WHERE (@recordingId IS NULL OR job.recording_id = @recordingId)
         AND (@state IS NULL OR job.state = @state) ORDER BY position`,
      { recordingId, state },
    );
    return rows.map(jobOf);
  }

  /** The first job that may run at `nowMs`, or null. */
  next(nowMs: number): Job | null {
    const row = this.#connection.one<JobRow>(NEXT_JOB, { nowMs });
    return row === null ? null : jobOf(row);
  }

  /** When the next waiting job is due; null where none waits. */
  nextRetryAtMs(): number | null {
    const sql = "SELECT min(retry_at_ms) AS retryAtMs FROM jobs WHERE state = 'waiting'";
    return this.#connection.one<{ retryAtMs: number | null }>(sql)?.retryAtMs ?? null;
  }

  /** A job's attempts in order. */
  attempts(jobId: string): Attempt[] {
    const rows = this.#connection.all<AttemptRow>(
      `SELECT id, job_id AS jobId, number, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, outcome, failure,
         figures FROM attempts WHERE job_id = @jobId ORDER BY number`,
      { jobId },
    );
    return rows.map(attemptOf);
  }
}

/** Reads and moves the queue. Every method keeps job and attempt in step in one transaction. */
export class Jobs extends JobReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /** Puts a job at the end of the queue. */
  add(job: NewJob): void {
    const { id, recordingId, createdAtMs } = job;
    this.#connection.run(
      `INSERT INTO jobs (id, recording_id, options, delivery, state, position, attempts, created_at_ms, queued_at_ms)
       VALUES (@id, @recordingId, @options, @delivery, 'queued',
         (SELECT ifnull(max(position), 0) + 1 FROM jobs), 0, @createdAtMs, @createdAtMs)`,
      {
        id,
        recordingId,
        createdAtMs,
        options: writeJson(JobOptions, job.options),
        delivery: writeNullableJson(Delivery, job.delivery),
      },
    );
  }

  /** Sets a job running and begins an attempt; gives the attempt's number. Throws `job.wrongState`. */
  begin({ jobId, attemptId, atMs }: { jobId: string; attemptId: string; atMs: number }): number {
    return this.#connection.transaction(() => {
      const job = this.get(jobId);
      assertMove(job.state, 'running');
      this.#connection.run(
        `UPDATE jobs SET state = 'running', retry_at_ms = NULL, failure = NULL,
           started_at_ms = ifnull(started_at_ms, @atMs) WHERE id = @jobId`,
        { jobId, atMs },
      );
      const number = this.attempts(jobId).length + 1;
      this.#connection.run(
        'INSERT INTO attempts (id, job_id, number, started_at_ms) VALUES (@attemptId, @jobId, @number, @atMs)',
        { attemptId, jobId, number, atMs },
      );
      return number;
    });
  }

  /** Ends an attempt and moves its job on; writes the audit entry. Throws `job.wrongState` where it does not run. */
  end(end: AttemptEnd): void {
    this.#connection.transaction(() => {
      const job = this.get(this.#jobOfAttempt(end.attemptId));
      const state = stateAfter(end);
      if (job.state !== 'running')
        throw new AppError('job.wrongState', { state: job.state, action: end.outcome });
      this.#closeAttempt(end);
      const finished = state === 'done' || state === 'failed' || state === 'cancelled';
      this.#connection.run(
        `UPDATE jobs SET state = @state, retry_at_ms = @retryAtMs, failure = @failure,
           figures = ifnull(@figures, figures), attempts = attempts + @counted,
           finished_at_ms = @finishedAtMs WHERE id = @jobId`,
        {
          jobId: job.id,
          state,
          retryAtMs: state === 'waiting' ? end.retryAtMs : null,
          failure: writeNullableJson(JobFailure, end.failure),
          figures: writeNullableJson(JobFigures, end.figures),
          counted: Number(end.counted ?? (end.outcome === 'done' || end.outcome === 'failed')),
          finishedAtMs: finished ? end.atMs : null,
        },
      );
      this.#audit.append({
        atMs: end.atMs,
        action: 'job.ended',
        subjectId: job.id,
        outcome: end.outcome,
        detail: { recordingId: job.recordingId, failure: end.failure?.code ?? null },
      });
    });
  }

  /** Moves a job that does not run. Throws `job.wrongState`; a running one is moved by ending its attempt. */
  setState({ jobId, state }: { jobId: string; state: 'queued' | 'paused' | 'cancelled' }): void {
    this.#connection.transaction(() => {
      const job = this.get(jobId);
      assertIdleMove(job.state, state);
      this.#connection.run('UPDATE jobs SET state = @state, retry_at_ms = NULL WHERE id = @jobId', {
        jobId,
        state,
      });
    });
  }

  /** Queues a waiting, failed, paused or cancelled job at once, with all its attempts before it again. */
  retryNow({ jobId, atMs }: { jobId: string; atMs: number }): void {
    this.#connection.transaction(() => {
      this.setState({ jobId, state: 'queued' });
      this.#connection.run(
        `UPDATE jobs SET attempts = 0, failure = NULL, finished_at_ms = NULL, queued_at_ms = @atMs WHERE id = @jobId`,
        { jobId, atMs },
      );
    });
  }

  /** Puts a job before all others; with a range, that stretch of it before its rest. */
  moveFirst({
    jobId,
    rangeStartMs = null,
    rangeEndMs = null,
  }: {
    jobId: string;
    rangeStartMs?: number | null;
    rangeEndMs?: number | null;
  }): void {
    const changed = this.#connection.run(
      `UPDATE jobs SET position = (SELECT min(position) - 1 FROM jobs), range_start_ms = @rangeStartMs,
         range_end_ms = @rangeEndMs WHERE id = @jobId`,
      { jobId, rangeStartMs, rangeEndMs },
    );
    if (changed === 0) throw new AppError('job.notFound', { id: jobId });
  }

  /** Keeps the language that was detected for the whole recording. */
  setLanguage({
    jobId,
    language,
    probability,
  }: {
    jobId: string;
    language: string;
    probability: number;
  }): void {
    const changed = this.#connection.run(
      'UPDATE jobs SET detected_language = @language, language_probability = @probability WHERE id = @jobId',
      { jobId, language, probability },
    );
    if (changed === 0) throw new AppError('job.notFound', { id: jobId });
  }

  /**
   * Called once at start, before anything runs: queues again, in their old places, the jobs that a dead process left
   * running. Their attempts end as `interrupted` and do not count. Gives the jobs' ids.
   */
  recoverInterrupted(atMs: number): string[] {
    return this.#connection.transaction(() => {
      const jobs = this.list({ state: 'running' }).map((job) => job.id);
      this.#connection.run(
        `UPDATE attempts SET outcome = 'interrupted', ended_at_ms = @atMs
         WHERE outcome IS NULL AND job_id IN (SELECT id FROM jobs WHERE state = 'running')`,
        { atMs },
      );
      this.#connection.run("UPDATE jobs SET state = 'queued' WHERE state = 'running'");
      return jobs;
    });
  }

  #jobOfAttempt(attemptId: string): string {
    const sql = 'SELECT job_id AS jobId FROM attempts WHERE id = @attemptId';
    return requiredRow(this.#connection.one<{ jobId: string }>(sql, { attemptId }), 'attempt').jobId;
  }

  #closeAttempt({ attemptId, atMs, outcome, failure, figures }: AttemptEnd): void {
    this.#connection.run(
      `UPDATE attempts SET ended_at_ms = @atMs, outcome = @outcome, failure = @failure, figures = @figures
       WHERE id = @attemptId`,
      {
        attemptId,
        atMs,
        outcome,
        failure: writeNullableJson(JobFailure, failure),
        figures: writeNullableJson(JobFigures, figures),
      },
    );
  }
}

function stateAfter(end: AttemptEnd): JobState {
  switch (end.outcome) {
    case 'interrupted':
      return 'queued';
    case 'failed':
      return end.retryAtMs === null ? 'failed' : 'waiting';
    case 'done':
    case 'paused':
    case 'cancelled':
      return end.outcome;
  }
}

function jobOf(row: JobRow): Job {
  return {
    ...row,
    options: readJson(JobOptions, row.options),
    delivery: readNullableJson(Delivery, row.delivery),
    failure: readNullableJson(JobFailure, row.failure),
    figures: readNullableJson(JobFigures, row.figures),
  };
}

function attemptOf(row: AttemptRow): Attempt {
  return {
    ...row,
    failure: readNullableJson(JobFailure, row.failure),
    figures: readNullableJson(JobFigures, row.figures),
  };
}
