import { isDeepStrictEqual } from 'node:util';
import { v7 as newId } from 'uuid';
import type { Delivery } from '../../contract/document.ts';
import { AppError, failureOf } from '../../contract/errors.ts';
import type { EventSink } from '../../contract/events.ts';
import type { JobOptions, JobState } from '../../contract/job.ts';
import type { Database } from '../database/database.ts';
import type { AttemptEnd, Job } from '../database/repositories/jobs.ts';
import { reached } from '../fault-points.ts';
import { openSource } from '../media/source.ts';
import { asAppError } from '../system-errors.ts';
import { AttemptMeter } from './attempt-meter.ts';
import type { ImportOptions, Imports } from './imports.ts';
import { nextStep, type RetryPolicy } from './retry-policy.ts';
import { type AttemptServices, deliverUnfinished, runAttempt } from './run-attempt.ts';

const UNFINISHED: ReadonlySet<JobState> = new Set(['queued', 'running', 'paused', 'waiting']);

/** Why a running job is stopped before its end; `yielding`: another one was put first. */
type StopReason = 'paused' | 'cancelled' | 'yielding' | 'closing';

interface RunningJob {
  readonly jobId: string;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  reason: StopReason | null;
}

/** How an attempt ended, besides when and at what cost. */
type Ending = Pick<AttemptEnd, 'outcome'> & Partial<Pick<AttemptEnd, 'failure' | 'retryAtMs' | 'counted'>>;

/** What the queue works with. */
export interface QueueServices extends AttemptServices {
  readonly imports: Imports;
  readonly retryPolicy: RetryPolicy;
  /** Whether unfinished jobs can be resumed; in a passing vault they cannot, and their text is written out instead. */
  readonly resumable: boolean;
}

/**
 * The queue of a vault: one job at a time, in the order of their rows. The rows are the truth; this holds only which
 * job is running. Start it once; it goes on until it is closed.
 */
export class JobQueue {
  readonly #services: QueueServices;
  readonly #database: Database;
  readonly #emit: EventSink;
  #running: RunningJob | null = null;
  #wake = Promise.withResolvers<void>();
  #idle = Promise.withResolvers<void>();
  #closing = false;
  #loop: Promise<void> | null = null;

  constructor(services: QueueServices) {
    this.#services = services;
    this.#database = services.database;
    this.#emit = services.emit;
  }

  /** Takes up what a kill has interrupted, and begins to work. */
  async start(): Promise<void> {
    await this.#database.jobs.recoverInterrupted(Date.now());
    this.#loop = this.#work();
  }

  /** Imports a file and queues its transcription. Throws, with nothing added: file and media errors, `disk.full`. */
  async addFile(
    path: string,
    importOptions: ImportOptions,
    options: JobOptions,
    delivery: Delivery | null,
  ): Promise<{ recordingId: string; jobId: string }> {
    const recordingId = await this.#services.imports.add(path, importOptions);
    const jobId = await this.addJob(recordingId, options, delivery);
    return { recordingId, jobId };
  }

  /** Queues a transcription of a recording that is in the vault. */
  async addJob(recordingId: string, options: JobOptions, delivery: Delivery | null): Promise<string> {
    const jobId = newId();
    await this.#database.jobs.add({ id: jobId, recordingId, options, delivery, createdAtMs: Date.now() });
    const { name } = await this.#database.recordings.get(recordingId);
    this.#emit({ type: 'recordingAdded', recordingId, jobId, name });
    this.#look();
    return jobId;
  }

  /**
   * The job that an interrupted run has left for this very file with these very options, or null; a paused one is
   * queued again.
   */
  async unfinishedJobOf(path: string, options: JobOptions): Promise<Job | null> {
    const source = await openSource(path);
    await source.close();
    for (const job of await this.#database.jobs.list()) {
      if (!UNFINISHED.has(job.state) || !isDeepStrictEqual(job.options, options)) continue;
      const recording = await this.#database.recordings.get(job.recordingId);
      const { sourcePath, sourceSizeBytes, sourceModifiedMs } = recording;
      if (sourcePath !== source.path || sourceSizeBytes !== source.sizeBytes) continue;
      if (sourceModifiedMs !== source.modifiedMs) continue;
      if (job.state === 'paused') await this.resume(job.id);
      this.#emit({ type: 'recordingAdded', recordingId: recording.id, jobId: job.id, name: recording.name });
      return job;
    }
    return null;
  }

  /** Stops a job so that it can be resumed at its first unfinished window. Throws `job.notFound`, `job.wrongState`. */
  pause(jobId: string): Promise<void> {
    return this.#withdraw(jobId, 'paused');
  }

  /** Stops a job for good; its finished windows stay. Throws `job.notFound`, `job.wrongState`. */
  cancel(jobId: string): Promise<void> {
    return this.#withdraw(jobId, 'cancelled');
  }

  /** Queues a paused job again. Throws `job.notFound`, `job.wrongState`. */
  async resume(jobId: string): Promise<void> {
    await this.#database.jobs.setState({ jobId, state: 'queued' });
    this.#look();
  }

  /** Tries a failed or waiting job again, at once and with all its attempts. Throws `job.notFound`, `job.wrongState`. */
  async retry(jobId: string): Promise<void> {
    await this.#database.jobs.retryNow({ jobId, atMs: Date.now() });
    this.#look();
  }

  /**
   * Puts a job before all others, and a stretch of its recording before the rest of it. The running job gives way and
   * follows from its first unfinished window. Throws `job.notFound`.
   */
  async putFirst(jobId: string, range: { startMs: number; endMs: number } | null = null): Promise<void> {
    await this.#database.jobs.moveFirst({
      jobId,
      rangeStartMs: range?.startMs ?? null,
      rangeEndMs: range?.endMs ?? null,
    });
    // A running job has its plan already; with another range it starts over, from its first unfinished window.
    if (this.#running?.jobId !== jobId || range !== null) await this.#stopRunning('yielding');
    this.#look();
  }

  /** Waits until no job is queued, running or waiting for a retry. */
  async idle(): Promise<void> {
    await this.#idle.promise;
  }

  /** Stops the running job, to be resumed at the next start, and ends. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#stopRunning('closing');
    this.#look();
    await this.#loop;
  }

  async #work(): Promise<void> {
    while (!this.#closing) {
      // Taken before looking, so that a job added meanwhile is not slept over.
      const wake = this.#wake.promise;
      const job = await this.#database.jobs.next(Date.now());
      if (job === null) await this.#sleep(wake);
      else await this.#run(job);
    }
    this.#idle.resolve();
  }

  /** Until something is added or changed, or the next waiting job is due. */
  async #sleep(wake: Promise<void>): Promise<void> {
    const dueMs = await this.#database.jobs.nextRetryAtMs();
    if (dueMs === null) this.#idle.resolve();
    const timer = dueMs === null ? null : setTimeout(() => this.#look(), Math.max(0, dueMs - Date.now()));
    await wake;
    if (timer !== null) clearTimeout(timer);
  }

  #look(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
    this.#idle = Promise.withResolvers<void>();
  }

  async #run(job: Job): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const running: RunningJob = {
      jobId: job.id,
      stop: new AbortController(),
      reason: null,
      ended: ended.promise,
    };
    this.#running = running;
    try {
      await this.#attempt(job, running);
    } finally {
      this.#running = null;
      ended.resolve();
    }
  }

  async #attempt(job: Job, running: RunningJob): Promise<void> {
    const { id: jobId, recordingId } = job;
    const meter = new AttemptMeter(job.queuedAtMs);
    const attemptId = newId();
    const attempt = await this.#database.jobs.begin({ jobId, attemptId, atMs: Date.now() });
    reached('job.started');
    this.#emit({ type: 'jobStarted', jobId, recordingId, attempt, resumed: job.startedAtMs !== null });
    const end = (ending: Ending) => this.#end(job, attemptId, meter, ending);
    try {
      await runAttempt(this.#services, job, meter, running.stop.signal);
      await end({ outcome: 'done' });
      reached('job.finished');
    } catch (error) {
      if (running.reason !== null) await this.#stopped(job, running.reason, end);
      else await this.#failed(job, asAppError(error), end);
    }
  }

  async #stopped(job: Job, reason: StopReason, end: (ending: Ending) => Promise<void>): Promise<void> {
    switch (reason) {
      case 'paused':
        return await end({ outcome: 'paused' });
      case 'cancelled':
        await this.#services.imports.stop(job.recordingId);
        return await end({ outcome: 'cancelled' });
      case 'yielding':
        return await end({ outcome: 'interrupted' });
      case 'closing':
        if (!this.#services.resumable) await deliverUnfinished(this.#services, job);
        return await end({ outcome: 'interrupted' });
    }
  }

  async #failed(job: Job, error: AppError, end: (ending: Ending) => Promise<void>): Promise<void> {
    const failure = failureOf(error);
    const next = nextStep(this.#services.retryPolicy, error, job.attempts + 1);
    switch (next.step) {
      case 'fail':
        if (!this.#services.resumable) await deliverUnfinished(this.#services, job);
        return await end({ outcome: 'failed', failure });
      case 'retry':
        return await end({ outcome: 'failed', failure, retryAtMs: Date.now() + next.afterMs });
      case 'waitForSpace':
        return await end({
          outcome: 'failed',
          failure,
          retryAtMs: Date.now() + next.afterMs,
          counted: false,
        });
    }
  }

  async #end(job: Job, attemptId: string, meter: AttemptMeter, ending: Ending): Promise<void> {
    const { id: jobId, recordingId } = job;
    const { durationMs } = await this.#database.recordings.get(recordingId);
    const figures = meter.figures(durationMs ?? 0);
    const { outcome, failure = null, retryAtMs = null } = ending;
    await this.#database.jobs.end({
      attemptId,
      atMs: Date.now(),
      outcome,
      failure,
      figures,
      retryAtMs,
      counted: ending.counted ?? (outcome === 'done' || outcome === 'failed'),
    });
    const { state } = await this.#database.jobs.get(jobId);
    this.#emit({ type: 'jobEnded', jobId, recordingId, state, failure, retryAtMs, figures });
  }

  async #withdraw(jobId: string, state: 'paused' | 'cancelled'): Promise<void> {
    if (this.#running?.jobId === jobId) await this.#stopRunning(state);
    else await this.#database.jobs.setState({ jobId, state });
    this.#look();
  }

  async #stopRunning(reason: StopReason): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    running.reason ??= reason;
    running.stop.abort(new AppError('job.interrupted', {}));
    await running.ended;
  }
}
