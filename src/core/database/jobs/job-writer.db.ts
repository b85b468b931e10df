import { Delivery } from '../../../contract/document.ts';
import { AppError, Failure } from '../../../contract/errors.ts';
import { JobFigures, JobOptions, JobRange, type JobState } from '../../../contract/job.ts';
import { assertAllowed, isFinal } from '../../../contract/job-states.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection } from '../connection.db.ts';
import { writeJson, writeNullableJson } from '../json-column.ts';
import { requiredRow } from '../required-row.ts';
import { type AttemptEnd, type Job, JobReader, type NewJob } from './jobs.db.ts';

/** The user's action that sets an idle job to a state. */
const ACTION_TO = { queued: 'resume', paused: 'pause', cancelled: 'cancel' } as const;

/** Reads and writes the queue. Every method keeps job and attempt in step in one transaction. */
export class JobWriter extends JobReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /** Appends a job to the queue. */
  add(job: NewJob): void {
    insertJob(this.#connection, { ...job, state: 'queued' });
  }

  /** Sets a job running and begins an attempt; returns the attempt's number. Throws `job.wrongState`. */
  begin({ jobId, attemptId, atMs }: { jobId: string; attemptId: string; atMs: number }): number {
    return this.#connection.transaction(() => {
      const job = this.get(jobId);
      assertAllowed('run', job.state);
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

  /** Ends an attempt, sets its job's next state, writes the audit entry. Throws `job.wrongState` if it does not run. */
  end(end: AttemptEnd): void {
    this.#connection.transaction(() => {
      const job = this.get(this.#jobOfAttempt(end.attemptId));
      const state = stateAfter(end);
      assertAllowed('finish', job.state);
      this.#closeAttempt(end);
      this.#connection.run(
        `UPDATE jobs SET state = @state, retry_at_ms = @retryAtMs, failure = @failure,
           figures = ifnull(@figures, figures), attempts = attempts + @counted,
           finished_at_ms = @finishedAtMs WHERE id = @jobId`,
        {
          jobId: job.id,
          state,
          retryAtMs: state === 'waiting' ? end.retryAtMs : null,
          failure: writeNullableJson(Failure, end.failure),
          figures: writeNullableJson(JobFigures, end.figures),
          counted: Number(end.counted ?? (end.outcome === 'done' || end.outcome === 'failed')),
          finishedAtMs: isFinal(state) ? end.atMs : null,
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

  /**
   * Pauses, cancels or (with `queued`) resumes a job that does not run. Throws `job.wrongState`; for a running one end
   * its attempt.
   */
  setState({ jobId, state }: { jobId: string; state: 'queued' | 'paused' | 'cancelled' }): void {
    this.#connection.transaction(() => {
      assertAllowed(ACTION_TO[state], this.get(jobId).state);
      this.#connection.run('UPDATE jobs SET state = @state, retry_at_ms = NULL WHERE id = @jobId', {
        jobId,
        state,
      });
    });
  }

  /**
   * Sets how many speak, for a job that has not ended: it may have begun. Returns whether the job heeds it: not once its text is
   * finished. Throws `job.notFound`.
   */
  setSpeakerCount({
    jobId,
    speakerCount,
  }: {
    jobId: string;
    speakerCount: JobOptions['speakerCount'];
  }): boolean {
    return this.#connection.transaction(() => {
      const options = writeJson(JobOptions, { ...this.get(jobId).options, speakerCount });
      const sql = `UPDATE jobs SET options = @options WHERE id = @jobId AND NOT EXISTS (
        SELECT 1 FROM versions WHERE job_id = @jobId AND kind = 'machine' AND completed_at_ms IS NOT NULL)`;
      return this.#connection.run(sql, { jobId, options }) > 0;
    });
  }

  /** Queues a waiting, failed, paused or cancelled job at once, with its attempts counted from zero. */
  retryNow({ jobId, atMs }: { jobId: string; atMs: number }): void {
    this.#connection.transaction(() => {
      assertAllowed('retry', this.get(jobId).state);
      this.#connection.run(
        `UPDATE jobs SET state = 'queued', retry_at_ms = NULL, attempts = 0, failure = NULL, finished_at_ms = NULL,
           queued_at_ms = @atMs WHERE id = @jobId`,
        { jobId, atMs },
      );
    });
  }

  /** Puts a job before all others; with a range, that range before the rest of it. */
  moveFirst({
    jobId,
    priorityStartMs = null,
    priorityEndMs = null,
  }: {
    jobId: string;
    priorityStartMs?: number | null;
    priorityEndMs?: number | null;
  }): void {
    const changed = this.#connection.run(
      `UPDATE jobs SET position = (SELECT min(position) - 1 FROM jobs), priority_start_ms = @priorityStartMs,
         priority_end_ms = @priorityEndMs WHERE id = @jobId`,
      { jobId, priorityStartMs, priorityEndMs },
    );
    if (changed === 0) throw new AppError('job.notFound', { id: jobId });
  }

  /** Puts a job directly before another; last if `beforeJobId` is null. Throws `job.notFound`. */
  moveBefore({ jobId, beforeJobId }: { jobId: string; beforeJobId: string | null }): void {
    this.#connection.transaction(() => {
      const next = beforeJobId === null ? null : this.get(beforeJobId).position;
      const others = this.list().filter(({ id }) => id !== jobId);
      const previous =
        others.filter(({ position }) => next === null || position < next).at(-1)?.position ?? null;
      const position = between(previous, next);
      const changed = this.#connection.run('UPDATE jobs SET position = @position WHERE id = @jobId', {
        jobId,
        position,
      });
      if (changed === 0) throw new AppError('job.notFound', { id: jobId });
    });
  }

  /** Changes what a job delivers, and to which folder. */
  setDelivery({ jobId, delivery }: { jobId: string; delivery: Delivery | null }): void {
    const changed = this.#connection.run('UPDATE jobs SET delivery = @delivery WHERE id = @jobId', {
      jobId,
      delivery: writeNullableJson(Delivery, delivery),
    });
    if (changed === 0) throw new AppError('job.notFound', { id: jobId });
  }

  /** Stores the language detected for the whole recording. */
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
   * Called once when a vault is opened, before anything runs: requeues, at their positions, the jobs that a dead
   * process left running. Their attempts end as `interrupted` and do not count. Returns the jobs' ids.
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
        failure: writeNullableJson(Failure, failure),
        figures: writeNullableJson(JobFigures, figures),
      },
    );
  }
}

/** A job at insertion: queued or, if its text was joined from others, done already. */
type InsertedJob = NewJob &
  Pick<Job, 'state'> &
  Partial<Pick<Job, 'detectedLanguage' | 'languageProbability' | 'startedAtMs' | 'finishedAtMs' | 'figures'>>;

/** Inserts a job at the end of the queue; the only place that does. */
export function insertJob(connection: Connection, job: InsertedJob): void {
  const { id, recordingId, createdAtMs, state } = job;
  const range = JobRange.nullable().parse(job.range ?? null);
  connection.run(
    `INSERT INTO jobs (id, recording_id, options, delivery, state, position, range_start_ms, range_end_ms, attempts,
       detected_language, language_probability, created_at_ms, queued_at_ms, started_at_ms, finished_at_ms, figures)
     VALUES (@id, @recordingId, @options, @delivery, @state, (SELECT ifnull(max(position), 0) + 1 FROM jobs),
       @rangeStartMs, @rangeEndMs, 0, @detectedLanguage, @languageProbability, @createdAtMs, @createdAtMs,
       @startedAtMs, @finishedAtMs, @figures)`,
    {
      id,
      recordingId,
      createdAtMs,
      state,
      rangeStartMs: range?.startMs ?? null,
      rangeEndMs: range?.endMs ?? null,
      detectedLanguage: job.detectedLanguage ?? null,
      languageProbability: job.languageProbability ?? null,
      startedAtMs: job.startedAtMs ?? null,
      finishedAtMs: job.finishedAtMs ?? null,
      figures: writeNullableJson(JobFigures, job.figures ?? null),
      options: writeJson(JobOptions, job.options),
      delivery: writeNullableJson(Delivery, job.delivery),
    },
  );
}

function between(previous: number | null, next: number | null): number {
  if (previous === null) return next === null ? 1 : next - 1;
  return next === null ? previous + 1 : (previous + next) / 2;
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
