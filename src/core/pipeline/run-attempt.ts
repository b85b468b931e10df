import { v7 as newId } from 'uuid';
import type { Job } from '../database/jobs/jobs.db.ts';
import type { Version } from '../database/transcripts/versions.db.ts';
import type { AttemptMeter } from './attempt-meter.ts';
import { ProgressReporter } from './progress/progress-reporter.ts';
import { runSteps } from './run-steps.ts';
import { type AttemptServices, JobContext } from './steps/job-context.ts';
import type { JobStep } from './steps/job-step.ts';
import { WorkingCopyReader } from './working-copy-reader.ts';

/** How an attempt is stopped: at once, or at the end of the window that is being transcribed. */
export interface AttemptSignals {
  readonly signal: AbortSignal;
  readonly atWindow: AbortSignal;
}

/**
 * One attempt at a job: every step not done yet, from the first unfinished window through the finished version to its
 * exports. Throws what stops it; everything done until then stays done.
 */
export async function runAttempt(
  steps: readonly JobStep[],
  services: AttemptServices,
  job: Job,
  meter: AttemptMeter,
  { signal, atWindow }: AttemptSignals,
): Promise<void> {
  const { vault, database, emit, imports } = services;
  const { id: jobId, recordingId, range } = job;
  const feed = await imports.feedOf(recordingId, job.options.speakers);
  const recording = await database.recordings.get(recordingId);
  const durationMs = () => feed.durationMs ?? recording.durationMs ?? recording.facts.claimedDurationMs;
  const progress = new ProgressReporter(emit, {
    jobId,
    range,
    steps: steps.map((step) => ({
      name: step.name,
      weight: step.weight(job),
      expectedMs: step.expectedMs && (() => step.expectedMs?.(job, durationMs()) ?? 0),
    })),
    isReading: () => imports.isReading,
    durationMs,
  });
  const reader = new WorkingCopyReader(vault, database, recordingId);
  try {
    const version = (await database.versions.ofJob(jobId)) ?? (await beginVersion(services, job));
    const context = new JobContext({ services, job, version, feed, reader, progress, meter, atWindow });
    await runSteps(steps, context, signal);
  } finally {
    progress.close();
    meter.decodeMs = feed.decodeMs;
    await reader.close();
  }
}

async function beginVersion({ database }: AttemptServices, job: Job): Promise<Version> {
  const { id: jobId, recordingId, range } = job;
  const text = range === null ? null : await database.edits.text(recordingId);
  return await database.versions.create({
    id: newId(),
    recordingId,
    jobId,
    kind: 'machine',
    // Whatever version it is put into in the end: a version that is put into another never counts as the text by itself.
    parentId: text?.machineVersionId ?? (await database.liveTexts.versionOfFinalJob(jobId)),
    createdAtMs: Date.now(),
  });
}
