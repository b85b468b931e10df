import { isDeepStrictEqual } from 'node:util';
import { v7 as newId } from 'uuid';
import type { Delivery } from '../../contract/document.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { EventSink } from '../../contract/events.ts';
import type { JobOptions, JobRange } from '../../contract/job.ts';
import { isUnfinished } from '../../contract/job-states.ts';
import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import { reached } from '../../core/fault-points.ts';
import { isSameSource, openSource } from '../../core/media/source.ts';
import type { ImportOptions } from '../../core/pipeline/import/imports.ts';
import { retranscribedRange } from '../../core/pipeline/retranscribed-range.ts';
import { attemptJob, type JobStop, type QueueServices, type StopReason } from './job-attempt.ts';
import { nextAllowedJob, nextHeldJob, nextJob } from './next-job.ts';
import { type QueueHold, QueueHolds } from './queue-holds.ts';
import { RowQueue } from './row-queue.ts';

/** Milliseconds before the queue is read again after a failed read. */
const REREAD_MS = 1000;

/** Milliseconds until a held queue looks again whether there is memory for a job that may run. */
const HELD_POLL_MS = 10_000;

interface RunningJob {
  readonly jobId: string;
  readonly stop: JobStop;
  readonly ended: Promise<void>;
}

/**
 * The queue of a vault: one job at a time, in row order. The rows are the source of truth; this holds only which
 * job is running. Start it once; it goes on until it is closed.
 */
export class JobQueue {
  readonly #services: QueueServices;
  readonly #database: Database;
  readonly #rows: RowQueue;
  readonly #emit: EventSink;
  readonly #holds: QueueHolds;
  /** The final jobs of captures that were added here: they may run while the queue is held, whoever holds it. */
  readonly #captureJobs = new Set<string>();
  #running: RunningJob | null = null;
  #wake = Promise.withResolvers<void>();
  #idle = Promise.withResolvers<void>();
  #atRest = false;
  #closing = false;
  #loop: Promise<void> | null = null;

  constructor(services: QueueServices) {
    this.#services = services;
    this.#database = services.database;
    this.#rows = new RowQueue(services.database);
    this.#emit = services.emit;
    this.#holds = new QueueHolds(services.backgroundEngine);
  }

  /** Starts the queue. Jobs that a kill interrupted must have been queued again (`RowQueue.sweep`). */
  async start(): Promise<void> {
    this.#loop = this.#work();
  }

  /** Imports a file and queues its transcription. Throws, with nothing added: file and media errors, `disk.full`. */
  async addFile(
    path: string,
    importOptions: ImportOptions,
    options: JobOptions,
    delivery: Delivery | null,
  ): Promise<{ recordingId: string; jobId: string }> {
    // Prefetched while the file is probed: the first text comes that much sooner.
    if (this.#running === null) this.#warmUp(options.model.path);
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
   * Queues the transcription of a whole capture, before all other jobs: with live text its result is put into that. It
   * may run while the queue is held. One that an earlier run left is taken up again. Throws `recording.notFound`.
   */
  async addCaptureJob(recordingId: string, options: JobOptions, delivery: Delivery | null): Promise<string> {
    const { name } = await this.#database.recordings.get(recordingId);
    const jobId = (await this.#takeUpCaptureJob(recordingId, delivery)) ?? newId();
    if (!this.#captureJobs.has(jobId)) {
      const job = { id: jobId, recordingId, options, delivery, createdAtMs: Date.now() };
      reached('capture.finalQueued');
      await this.#database.liveTexts.addFinalJob(job);
    }
    this.#captureJobs.add(jobId);
    await this.#rows.putFirst(jobId);
    this.#emit({ type: 'recordingAdded', recordingId, jobId, name });
    this.#look();
    return jobId;
  }

  /**
   * Holds the queue, for a capture that needs engine and processor: the running job stops at its window's end, and is
   * queued where it was. Until every hold is released, only the final jobs of captures and those that the hold names
   * run, on an engine process of the lowest priority and only if there is memory for it. Returns the release.
   */
  hold(hold: QueueHold = { only: () => [] }): () => void {
    if (!this.#holds.isHeld) this.#stopAtWindow();
    this.#holds.add(hold);
    return () => {
      const wasHeld = this.#holds.isHeld;
      this.#holds.delete(hold);
      // What runs in the background goes on with the engine that all jobs share.
      if (wasHeld && !this.#holds.isHeld) this.#stopAtWindow();
      this.#look();
    };
  }

  /**
   * Queues a range of a recording to be retranscribed; once done its text is in a new version, and
   * everything outside is unchanged. A range with an end is put before all other jobs: the user is waiting for it. One
   * that goes to the end replaces a transcription that is not finished: that one is cancelled.
   * Throws `recording.notFound`, `recording.notTranscribed`, `transcript.unfinished`, `usage.invalid`.
   */
  async addRange(recordingId: string, options: JobOptions, wanted: JobRange): Promise<string> {
    const { name } = await this.#database.recordings.get(recordingId);
    const range = await retranscribedRange(this.#database, recordingId, wanted);
    const jobId = newId();
    await this.#database.jobs.add({
      id: jobId,
      recordingId,
      options,
      delivery: null,
      range,
      createdAtMs: Date.now(),
    });
    this.#emit({ type: 'recordingAdded', recordingId, jobId, name });
    if (range.endMs === null) await this.cancelOthers(recordingId, jobId, goesToTheEnd);
    else await this.putFirst(jobId);
    this.#look();
    return jobId;
  }

  /**
   * Cancels the unfinished jobs of a recording but this one, which replaces all of them, or those that `isReplaced`
   * selects. Their finished windows stay.
   */
  async cancelOthers(
    recordingId: string,
    jobId: string,
    isReplaced: (job: Job) => boolean = () => true,
  ): Promise<void> {
    for (const job of await this.#database.jobs.list({ recordingId })) {
      if (job.id === jobId || !isUnfinished(job.state) || !isReplaced(job)) continue;
      try {
        await this.cancel(job.id);
      } catch (error) {
        // It has just ended by itself.
        if (!isAppError(error, 'job.wrongState')) throw error;
      }
    }
  }

  /**
   * The undone job of an earlier run for this very file with these very options, or null; one that has failed
   * or was paused is queued again. It gets this delivery. Throws file errors.
   */
  async takeUpJobOf(path: string, options: JobOptions, delivery: Delivery | null): Promise<Job | null> {
    const source = await openSource(path);
    await source.close();
    for (const job of await this.#database.jobs.list()) {
      if (!isUndone(job) || job.range !== null || !isDeepStrictEqual(job.options, options)) continue;
      const recording = await this.#database.recordings.get(job.recordingId);
      // A binned recording is to be erased.
      if (recording.binnedAtMs !== null) continue;
      if (!isSameSource(recording, source)) continue;
      await this.#database.jobs.setDelivery({ jobId: job.id, delivery });
      if (job.state === 'paused') await this.resume(job.id);
      if (job.state === 'failed') await this.retry(job.id);
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
  async cancel(jobId: string): Promise<void> {
    await this.#withdraw(jobId, 'cancelled');
    const { recordingId } = await this.#database.jobs.get(jobId);
    const others = await this.#database.jobs.list({ recordingId });
    if (!others.some((job) => isUnfinished(job.state))) await this.#services.imports.stop(recordingId);
  }

  /** Queues a paused job again. Throws `job.notFound`, `job.wrongState`. */
  async resume(jobId: string): Promise<void> {
    await this.#rows.resume(jobId);
    this.#look();
  }

  /** Tries a failed or waiting job again, at once and with all its attempts. Throws `job.notFound`, `job.wrongState`. */
  async retry(jobId: string): Promise<void> {
    await this.#rows.retry(jobId);
    this.#look();
  }

  /**
   * Puts a job before all others, and a range of its recording before the rest of it. The running job yields and
   * resumes later at its first unfinished window. Throws `job.notFound`.
   */
  async putFirst(jobId: string, range: { startMs: number; endMs: number } | null = null): Promise<void> {
    await this.#rows.putFirst(jobId, range);
    const { state } = await this.#database.jobs.get(jobId);
    // A running job has its plan already; with another range it starts over, from its first unfinished window.
    const isRunning = this.#running?.jobId === jobId;
    if (isRunning ? range !== null : state === 'queued' && this.#mayRun(jobId))
      await this.#stopRunning('yielding');
    this.#look();
  }

  /** Puts a job before another in the queue, or last if that is null. Throws `job.notFound`. */
  async moveBefore(jobId: string, beforeJobId: string | null): Promise<void> {
    await this.#database.jobs.moveBefore({ jobId, beforeJobId });
  }

  /** Waits until no job is queued, running or waiting for a retry. */
  async idle(): Promise<void> {
    await this.#idle.promise;
  }

  /** Stops the running job, to be resumed at the next start, and ends the loop. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#stopRunning('closing');
    this.#look();
    await this.#loop;
    await this.#holds.endEngine();
  }

  /** Prefetches a model that is about to be used. The job itself meets any error again and reports it. */
  #warmUp(modelPath: string): void {
    if (this.#loop !== null && !this.#holds.isHeld)
      this.#services.engine.load(modelPath).catch(() => undefined);
  }

  async #work(): Promise<void> {
    while (!this.#closing) {
      // Read before the queue, so that a job added meanwhile still wakes it.
      const wake = this.#wake.promise;
      try {
        const isHeld = this.#holds.isHeld;
        if (!isHeld) await this.#holds.endEngine();
        const job = await this.#next(isHeld);
        // Held or released meanwhile: another job may be the next.
        if (isHeld !== this.#holds.isHeld) continue;
        if (job !== null) await this.#run(job);
        else if (isHeld) await this.#sleepUntil(wake, Date.now() + HELD_POLL_MS);
        else await this.#sleep(wake);
      } catch (error) {
        // The disk may recover; a program error does not.
        if (!isAppError(error)) throw error;
        await this.#sleepUntil(wake, Date.now() + REREAD_MS);
      }
    }
    this.#idle.resolve();
  }

  async #next(isHeld: boolean): Promise<Job | null> {
    if (!isHeld) {
      const job = await nextJob(this.#services, Date.now());
      return job !== null && (await this.#isRecorded(job.id)) ? ((await this.#nextOther()) ?? job) : job;
    }
    return await nextHeldJob(this.#services, Date.now(), (job) => this.#mayRun(job.id));
  }

  /** Whether a job is about a capture that still grows: it mostly waits for what is said next. */
  async #isRecorded(jobId: string): Promise<boolean> {
    if (!this.#captureJobs.has(jobId)) return false;
    const { recordingId } = await this.#database.jobs.get(jobId);
    return (await this.#database.captures.get(recordingId))?.state === 'recording';
  }

  #nextOther(): Promise<Job | null> {
    return nextAllowedJob(this.#services, Date.now(), ({ id }) => !this.#captureJobs.has(id));
  }

  /** Lets a job that need not wait for sound run before one that must. While the queue is held none may. */
  async #letPass(): Promise<void> {
    const running = this.#running;
    if (running === null || this.#holds.isHeld || !(await this.#isRecorded(running.jobId))) return;
    if ((await this.#nextOther()) !== null && running === this.#running) this.#stopAtWindow();
  }

  #mayRun(jobId: string): boolean {
    return !this.#holds.isHeld || this.#captureJobs.has(jobId) || this.#holds.allows(jobId);
  }

  /** Sleeps until something is added or changed, or the next waiting job is due. */
  async #sleep(wake: Promise<void>): Promise<void> {
    const dueMs = await this.#database.jobs.nextRetryAtMs();
    // Unless something was added or changed since the queue was read.
    if (dueMs === null && wake === this.#wake.promise) {
      this.#atRest = true;
      this.#idle.resolve();
    }
    // A job that is due and yet does not run waits for disk space.
    const pollMs = this.#services.retryPolicy.space?.pollMs ?? REREAD_MS;
    await this.#sleepUntil(wake, dueMs === null || dueMs > Date.now() ? dueMs : Date.now() + pollMs);
  }

  async #sleepUntil(wake: Promise<void>, timeMs: number | null): Promise<void> {
    const timer = timeMs === null ? null : setTimeout(() => this.#look(), timeMs - Date.now());
    if (!this.#closing) await wake;
    if (timer !== null) clearTimeout(timer);
  }

  #look(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
    if (this.#atRest) this.#idle = Promise.withResolvers<void>();
    this.#atRest = false;
    // A database that fails or is closed is met by the queue itself.
    if (!this.#closing) this.#letPass().catch(() => undefined);
  }

  async #run(job: Job): Promise<void> {
    if (this.#closing) return;
    const ended = Promise.withResolvers<void>();
    const stop: JobStop = {
      controller: new AbortController(),
      atWindow: new AbortController(),
      reason: null,
    };
    this.#running = { jobId: job.id, stop, ended: ended.promise };
    const services = this.#holds.isHeld ? { ...this.#services, engine: this.#holds.engine } : this.#services;
    try {
      await attemptJob(services, this.#rows, job, stop);
    } finally {
      this.#running = null;
      ended.resolve();
    }
  }

  async #withdraw(jobId: string, state: 'paused' | 'cancelled'): Promise<void> {
    for (let wasRunning = false; ; ) {
      if (this.#running?.jobId === jobId) {
        wasRunning = true;
        await this.#stopRunning(state);
      }
      const { state: now } = await this.#database.jobs.get(jobId);
      // It may just have ended, or have been stopped for another reason before this one.
      const settled = now === state || now === 'done' || now === 'failed';
      if (wasRunning && settled) break;
      // Begun since it was looked for: it is stopped, not only taken back.
      if (this.#running?.jobId === jobId) continue;
      try {
        await (state === 'paused' ? this.#rows.pause(jobId) : this.#rows.cancel(jobId));
        break;
      } catch (error) {
        // The queue may have begun it since it was looked for.
        if (!isAppError(error, 'job.wrongState') || this.#running?.jobId !== jobId) throw error;
      }
    }
    this.#look();
  }

  async #stopRunning(reason: StopReason): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    if (running.stop.reason === null || running.stop.reason === 'held') running.stop.reason = reason;
    running.stop.controller.abort(new AppError('job.interrupted', {}));
    await running.ended;
  }

  /** Lets the running job finish the window that it transcribes, and stops it then. */
  #stopAtWindow(): void {
    if (this.#running === null) return;
    this.#running.stop.reason ??= 'held';
    this.#running.stop.atWindow.abort(new AppError('job.interrupted', {}));
  }

  /** The unfinished final job of a recording, paused or not; null if there is none. It gets this delivery. */
  async #takeUpCaptureJob(recordingId: string, delivery: Delivery | null): Promise<string | null> {
    const capture = await this.#database.captures.get(recordingId);
    const jobId = capture?.finalJobId ?? null;
    if (jobId === null) return null;
    const { state } = await this.#database.jobs.get(jobId);
    if (!isUnfinished(state)) return null;
    await this.#database.jobs.setDelivery({ jobId, delivery });
    if (state === 'paused') await this.#rows.resume(jobId);
    this.#captureJobs.add(jobId);
    return jobId;
  }
}

/** Whether an earlier run left a job undone: a failed one is retried when the same is requested again. */
function isUndone({ state }: Job): boolean {
  return isUnfinished(state) || state === 'failed';
}

function goesToTheEnd({ range }: Job): boolean {
  return range === null || range.endMs === null;
}
