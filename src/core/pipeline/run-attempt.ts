import { v7 as newId } from 'uuid';
import type { Delivery } from '../../contract/document.ts';
import type { JobSpan } from '../../contract/job.ts';
import type { Locale } from '../../contract/locale.ts';
import type { Job } from '../database/jobs/jobs.db.ts';
import type { Version } from '../database/transcripts/versions.db.ts';
import { deliver } from '../delivery/deliver.ts';
import type { JobNotes } from '../delivery/export-notes.ts';
import { provenanceOfJob } from '../delivery/provenance.ts';
import { rescue } from '../delivery/rescue.ts';
import { prepareExporter } from '../export/export-transcript.ts';
import type { WrittenFiles } from '../export/written-files.ts';
import { reached } from '../fault-points.ts';
import { transcriptDocument } from '../transcripts/transcript-document.ts';
import type { AttemptMeter } from './attempt-meter.ts';
import type { Imports } from './imports.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { type TranscriptionServices, transcribeRecording } from './transcribe-recording.ts';
import type { TypingActivity } from './typing-activity.ts';

/** What an attempt works with. */
export interface AttemptServices extends TranscriptionServices {
  readonly imports: Imports;
  /** Tells when a text is edited: it is not changed under a typist's hands. */
  readonly typing: TypingActivity;
  /** Language of the labels in exports. */
  readonly language: Locale;
  /** What jobs remember of their files. */
  readonly notes: JobNotes;
  /** What this process has written, none of which it replaces. */
  readonly written: WrittenFiles;
}

/**
 * One go at a job: from its first unfinished window, through the finished version, to its exports.
 * Throws what stops it; everything done until then stays done.
 */
export async function runAttempt(
  services: AttemptServices,
  job: Job,
  meter: AttemptMeter,
  signal: AbortSignal,
): Promise<void> {
  const { database, emit, imports } = services;
  const { id: jobId, recordingId } = job;
  const feed = await imports.feedOf(recordingId, job.options.speakers);
  const recording = await database.recordings.get(recordingId);
  const progress = new ProgressReporter(emit, {
    jobId,
    span: job.span,
    delivers: job.delivery !== null,
    isReading: () => imports.isReading,
    durationMs: () => feed.durationMs ?? recording.durationMs ?? recording.facts.claimedDurationMs,
  });
  try {
    const version = (await database.versions.ofJob(jobId)) ?? (await beginVersion(services, job));
    if (version.completedAtMs === null) {
      const onEndInSight = () => {
        if (job.delivery !== null) prepareExporter(job.delivery.formats);
      };
      const task = { job, versionId: version.id, feed, progress, signal, onEndInSight };
      await transcribeRecording(services, task, meter);
      // The original may still be being sealed behind the last window.
      await feed.completion(signal);
      progress.enter('assemble');
      if (job.span === null)
        await database.versions.finish({ versionId: version.id, completedAtMs: Date.now() });
      else {
        const text = await database.edits.text(recordingId);
        await services.typing.pause(recordingId, text?.editedAtMs ?? null, signal);
        await putIntoText(services, job, version.id, job.span);
      }
      reached('job.assembled');
    }
    // Asked anew: the order may have changed since the job began.
    const { delivery } = await database.jobs.get(jobId);
    if (delivery !== null) {
      progress.enter('export');
      await deliverVersion(services, job, version.id, delivery);
    }
  } finally {
    progress.close();
    meter.decodeMs = feed.decodeMs;
  }
}

/**
 * Writes the text of the windows that are finished, marked incomplete, for a job that will not be resumed.
 * Does nothing where nothing is finished, or where the job is to deliver nothing.
 */
export async function deliverUnfinished(services: AttemptServices, job: Job): Promise<void> {
  if (job.delivery === null) return;
  const version = await versionWithText(services, job);
  if (version !== null) await deliverVersion(services, job, version.id, job.delivery);
}

/**
 * Puts the text that a job has, but could not write where it should be, where it can be written, and tells where: for a job
 * whose text would be gone otherwise. Throws what keeps it from being read.
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

/** What a job has written, if any of it is finished. */
async function versionWithText({ database }: AttemptServices, { id: jobId }: Job): Promise<Version | null> {
  const version = await database.versions.ofJob(jobId);
  if (version === null || version.completedAtMs !== null) return version;
  const windows = await database.windows.list(jobId);
  return windows.some((window) => window.completedAtMs !== null) ? version : null;
}

async function beginVersion({ database }: AttemptServices, job: Job): Promise<Version> {
  const { id: jobId, recordingId, span } = job;
  return await database.versions.create({
    id: newId(),
    recordingId,
    jobId,
    kind: 'machine',
    // Whatever version it is put into in the end: what is about a stretch alone never counts as the text by itself.
    parentId: span === null ? null : ((await database.edits.text(recordingId))?.machineVersionId ?? null),
    createdAtMs: Date.now(),
  });
}

/** Puts what was heard in a stretch into the text as it is now, and tells of the version that came of it. */
async function putIntoText(
  { database, emit }: AttemptServices,
  { id: jobId, recordingId }: Job,
  versionId: string,
  span: JobSpan,
): Promise<void> {
  const outcome = await database.reruns.complete({ versionId, span, atMs: Date.now() });
  reached('rerun.completed');
  const version =
    outcome === null ? null : { number: outcome.version.number, earlierNumber: outcome.earlier.number };
  emit({ type: 'rangeRetranscribed', recordingId, jobId, span, version });
}

async function deliverVersion(
  { database, emit, language, notes, written }: AttemptServices,
  job: Job,
  versionId: string,
  delivery: Delivery,
): Promise<void> {
  const recording = await database.recordings.get(job.recordingId);
  await deliver(database, versionId, delivery, {
    language,
    // A stretch alone is no transcript of the recording.
    maker: job.span === null ? provenanceOfJob(recording, job.options, delivery) : null,
    notesOf: (format) => notes(job.id, format),
    run: { files: written, owner: job.id },
    onWritten: ({ format, path }) => emit({ type: 'exported', jobId: job.id, format, path }),
  });
}
