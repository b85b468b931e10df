import { setTimeout as wait } from 'node:timers/promises';
import { type AppError, failureOf, isAppError, retryRule } from '../../contract/errors.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import type { Engine } from '../../core/engine/engine.ts';
import { reached } from '../../core/fault-points.ts';
import { AttemptMeter } from '../../core/pipeline/attempt-meter.ts';
import { JOB_STEPS } from '../../core/pipeline/job-steps.ts';
import { deliverUnfinished, rescueUndelivered } from '../../core/pipeline/last-delivery.ts';
import { runAttempt } from '../../core/pipeline/run-attempt.ts';
import type { AttemptServices } from '../../core/pipeline/steps/job-context.ts';
import type { JobStep } from '../../core/pipeline/steps/job-step.ts';
import { asAppError } from '../../core/system-errors.ts';
import { endOfFailure, type RetryPolicy } from './retry-policy.ts';
import type { RowLease, RowQueue } from './row-queue.ts';
import type { AttemptEnding } from './work-queue.ts';

/** Why a running job is stopped before its end; `yielding`: another one was moved first; `held`: see `JobQueue.hold`. */
export type StopReason = 'paused' | 'cancelled' | 'yielding' | 'closing' | 'held';

/** How a running job is stopped: the reason is set before one of the controllers is aborted. */
export interface JobStop {
  /** Stops it at once. */
  readonly controller: AbortController;
  /** Stops it at the end of the window that it transcribes. */
  readonly atWindow: AbortController;
  reason: StopReason | null;
}

/** Dependencies of the queue. */
export interface QueueServices extends AttemptServices {
  readonly retryPolicy: RetryPolicy;
  /** Whether unfinished jobs can be resumed; in an ephemeral vault they cannot, and their text is written out instead. */
  readonly resumable: boolean;
  /** Makes an engine whose process gets only the time that others leave. */
  readonly backgroundEngine: () => Engine;
  /** Bytes of memory that are free. */
  readonly freeMemory: () => number;
  /** What a job consists of, if not of the usual steps. */
  readonly steps?: readonly JobStep[] | undefined;
}

/** How an attempt ended, without its cost. */
type Ending = Omit<AttemptEnding, 'figures'>;

const INTERRUPTED: Ending = { outcome: 'interrupted', failure: null, retryAtMs: null };

/**
 * Runs one attempt at a job, stores its end, whatever that is, in the job's row and emits it. Does nothing if the
 * job was paused, cancelled or erased meanwhile. Throws only the errors of reading the database.
 */
export async function attemptJob(
  services: QueueServices,
  rows: RowQueue,
  listed: Job,
  stop: JobStop,
): Promise<void> {
  const { database, emit } = services;
  const { id: jobId, recordingId } = listed;
  const meter = new AttemptMeter(listed.queuedAtMs);
  const lease = await taken(rows, jobId);
  if (lease === null) return;
  emit({
    type: 'jobStarted',
    jobId,
    recordingId,
    attempt: lease.attempt,
    resumed: listed.startedAtMs !== null,
  });
  // Read again: its range may have been set since it was chosen.
  const job = await database.jobs.get(jobId);
  const ending = await performed(services, job, meter, stop);

  const { durationMs } = await database.recordings.get(recordingId);
  const figures = meter.figures(audioMs(job, durationMs ?? 0));
  const unrecorded = await record(services, lease, { figures, ...ending }, stop.controller.signal);
  const { state } = await database.jobs.get(jobId);
  const { failure, retryAtMs } = ending;
  const told = { type: 'jobEnded', jobId, recordingId, figures } as const;
  if (state !== 'running') emit({ ...told, state, failure, retryAtMs });
  else emit({ ...told, state: 'failed', failure: failure ?? unrecorded, retryAtMs: null });
}

/** How much of a recording a job covers, in milliseconds. */
function audioMs({ range }: Job, durationMs: number): number {
  return range === null ? durationMs : Math.max(0, (range.endMs ?? durationMs) - range.startMs);
}

/** The job, taken; null if it must not run any more. */
async function taken(rows: RowQueue, jobId: string): Promise<RowLease | null> {
  try {
    return await rows.takeJob(jobId);
  } catch (error) {
    if (isAppError(error, 'job.wrongState', 'job.notFound')) return null;
    throw error;
  }
}

async function performed(
  services: QueueServices,
  job: Job,
  meter: AttemptMeter,
  stop: JobStop,
): Promise<Ending> {
  try {
    reached('job.started');
    const signals = { signal: stop.controller.signal, atWindow: stop.atWindow.signal };
    await runAttempt(services.steps ?? JOB_STEPS, services, job, meter, signals);
    return { outcome: 'done', failure: null, retryAtMs: null };
  } catch (error) {
    return stop.reason === null
      ? await afterFailure(services, job, asAppError(error), stop.controller.signal)
      : await afterStop(services, job, stop.reason, stop.controller.signal);
  }
}

async function afterStop(
  services: QueueServices,
  job: Job,
  reason: StopReason,
  stopped: AbortSignal,
): Promise<Ending> {
  switch (reason) {
    case 'paused':
    case 'cancelled':
      return { outcome: reason, failure: null, retryAtMs: null };
    case 'yielding':
    case 'held':
      return INTERRUPTED;
    case 'closing':
      return { ...INTERRUPTED, failure: await lastDelivery(services, job, stopped) };
  }
}

async function afterFailure(
  services: QueueServices,
  job: Job,
  error: AppError,
  stopped: AbortSignal,
): Promise<Ending> {
  const end = endOfFailure(services.retryPolicy, retryRule(error.code), job.attempts, Date.now());
  // The job's own failure is reported, even if its finished text cannot be written either.
  if (end.retryAtMs === null) await lastDelivery(services, job, stopped);
  return { outcome: 'failed', failure: failureOf(error), ...end };
}

/**
 * If a job cannot be resumed, writes its text so far: if that fails, to a fallback location. Returns why it could
 * not be written to its folder, or null.
 */
async function lastDelivery(
  services: QueueServices,
  job: Job,
  stopped: AbortSignal,
): Promise<AttemptEnding['failure']> {
  if (services.resumable) return null;
  try {
    await deliverUnfinished(services, job, stopped);
    return null;
  } catch (error) {
    // A text that cannot even be read is covered by the job's own failure.
    await rescueUndelivered(services, job).catch(() => undefined);
    return failureOf(asAppError(error));
  }
}

/**
 * Stores the end of an attempt in the job's row. On a full disk waits for space, if the policy says so. Returns why
 * it could not be stored: the row then still says `running`, and the next start resumes the job.
 */
async function record(
  { retryPolicy, emit }: QueueServices,
  lease: RowLease,
  ending: AttemptEnding,
  stopped: AbortSignal,
): Promise<AttemptEnding['failure']> {
  for (let tries = 1; ; tries += 1) {
    try {
      await lease.end(ending);
      reached('job.finished');
      return null;
    } catch (error) {
      const known = asAppError(error);
      const { space } = retryPolicy;
      const failure = failureOf(known);
      if (retryRule(known.code) !== 'space' || space === null || stopped.aborted) return failure;
      if (tries === 1) emit({ type: 'jobHindered', jobId: lease.jobId, failure });
      await wait(space.pollMs);
    }
  }
}
