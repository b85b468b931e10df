import type { Job } from '../database/jobs/jobs.db.ts';
import type { Version } from '../database/transcripts/versions.db.ts';
import { rescue } from '../delivery/rescue.ts';
import { transcriptDocument } from '../transcripts/transcript-document.ts';
import { captureEnded } from './capture-end.ts';
import { deliverVersion } from './steps/export.ts';
import type { AttemptServices } from './steps/job-context.ts';

/**
 * Writes the text of the windows that are finished, marked incomplete, for a job that will not be resumed.
 * Does nothing if nothing is finished, or if the job is to deliver nothing. The live text of a capture that goes on is
 * written when that has ended, or `stopped` aborts.
 */
export async function deliverUnfinished(
  services: AttemptServices,
  job: Job,
  stopped: AbortSignal,
): Promise<void> {
  if (job.delivery === null) return;
  const { database } = services;
  if ((await database.liveTexts.versionOfFinalJob(job.id)) !== null) {
    const until = { forMs: Number.POSITIVE_INFINITY, signal: stopped };
    await captureEnded(database, job.recordingId, until).catch(() => undefined);
  }
  const version = await versionWithText(services, job);
  if (version !== null) await deliverVersion(services, job, version.id, job.delivery);
}

/**
 * Writes the text that a job could not write to its location to one that is writable, and reports it: for a job
 * whose text would be lost otherwise. Throws what keeps it from being read.
 */
export async function rescueUndelivered(services: AttemptServices, job: Job): Promise<void> {
  const { database, emit, language, notes } = services;
  const { id: jobId, recordingId, delivery } = job;
  const version = delivery === null ? null : await versionWithText(services, job);
  if (delivery === null || version === null) return;
  const { sourcePath } = await database.recordings.get(recordingId);
  const rescued = await rescue(await transcriptDocument(database, version.id), delivery, {
    language,
    sourcePath,
    notesOf: (format) => notes(jobId, format),
    onWritten: ({ format, path }) => emit({ type: 'exported', jobId, format, path }),
  });
  if (rescued === null) return;
  const { folder } = delivery;
  emit({
    type: 'transcriptRescued',
    jobId,
    recordingId,
    folder,
    paths: [...rescued.paths],
    text: rescued.text,
  });
}

/** The version that a job has written, if any of it is finished; of a capture with live text the current one. */
async function versionWithText(
  { database }: AttemptServices,
  { id: jobId, recordingId }: Job,
): Promise<Version | null> {
  if ((await database.liveTexts.versionOfFinalJob(jobId)) !== null) {
    return await database.versions.latest(recordingId);
  }
  const version = await database.versions.ofJob(jobId);
  if (version === null || version.completedAtMs !== null) return version;
  const windows = await database.windows.list(jobId);
  return windows.some((window) => window.completedAtMs !== null) ? version : null;
}
