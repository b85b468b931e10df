import type { JobRange } from '../../../contract/job.ts';
import { reached } from '../../fault-points.ts';
import { captureEnded } from '../capture-end.ts';
import { tellAsAskedByNow } from './diarize.ts';
import type { JobContext } from './job-context.ts';
import type { JobStep } from './job-step.ts';

/** How long a capture may take to end once its sound has: one whose end could not be stored is no reason to wait for ever. */
const CAPTURE_END_MS = 60_000;

/**
 * Finishes the version: what was transcribed becomes the recording's text or, if the job is about a range or is the final
 * one of a capture with live text, is merged into the text as it is then. In the transaction that finishes it, so that it
 * is atomic. What is new is then corrected by the user's rules.
 */
export const assembleStep: JobStep = {
  name: 'assemble',
  streams: false,
  weight: () => 0,
  async isDone(context) {
    return context.isAssembled;
  },
  async run(context, _progress, signal) {
    const { services, job, version, atWindow } = context;
    const { database, typing } = services;
    const { recordingId } = job;
    const isFinal = await database.liveTexts.isFinalJob(job.id);
    if (isFinal) await liveTextFinished(context, signal);
    const hasLiveText = isFinal && (await database.liveTexts.versionOfFinalJob(job.id)) !== null;
    const hasSpeakers = await areToldByVoices(context);
    const isWhole = job.range === null && !hasLiveText;
    if (!isWhole || hasSpeakers) {
      const text = await database.edits.text(recordingId);
      await typing.pause(recordingId, text?.editedAtMs ?? null, signal);
    }
    if (hasSpeakers) {
      if (job.range === null) await tellAsAskedByNow(context, AbortSignal.any([signal, atWindow]));
      await label(context);
    }
    if (isWhole) {
      await database.versions.finish({ versionId: version.id, completedAtMs: Date.now() });
      await correct(context);
    } else await (job.range === null ? mergeFinal(context) : putIntoText(context, job.range));
    reached('job.assembled');
  },
};

/** Whether speakers are told apart by the recording's voices: a diarization puts them into the text. */
async function areToldByVoices({ services: { database }, job }: JobContext): Promise<boolean> {
  const { channels } = await database.recordings.get(job.recordingId);
  return job.options.speakers === 'auto' && channels === 1;
}

/** Puts the speakers of the stored diarization, if there is one, into what was transcribed, and emits it if that is the text. */
async function label({ services: { database, emit }, job, version }: JobContext): Promise<void> {
  const isChanged = await database.speakerTexts.label({ versionId: version.id, atMs: Date.now() });
  reached('speakers.labelled');
  if (isChanged) emit({ type: 'speakersTold', jobId: job.id, recordingId: job.recordingId });
}

/** Corrects the text that is new by the rules of the vault and the matter, and emits it if something was changed. */
async function correct({ services: { database, emit }, job }: JobContext): Promise<void> {
  const { id: jobId, recordingId, range } = job;
  const count = await database.automaticCorrections.apply({ recordingId, range, atMs: Date.now() });
  if (count === 0) return;
  await database.editSessions.bind({ recordingId, atMs: Date.now() });
  emit({ type: 'textCorrected', jobId, recordingId, count });
}

/** Waits until a capture has ended, and its live text is finished. */
async function liveTextFinished({ services: { database }, job, atWindow }: JobContext, signal: AbortSignal) {
  const { recordingId } = job;
  const stopped = AbortSignal.any([signal, atWindow]);
  await captureEnded(database, recordingId, { forMs: CAPTURE_END_MS, signal: stopped });
  await database.liveTexts.finish({ recordingId, atMs: Date.now() });
}

/** Merges what was transcribed of a whole capture into its live text, and emits the resulting version. */
async function mergeFinal(context: JobContext): Promise<void> {
  const { services, job, version } = context;
  const { database, emit } = services;
  const { id: jobId, recordingId } = job;
  const outcome = await database.finalTranscripts.complete({ versionId: version.id, atMs: Date.now() });
  reached('final.merged');
  // What was said before or beside the job, and what the user has corrected, is part of the text only now.
  if (await areToldByVoices(context))
    await database.speakerTexts.labelRest({ recordingId, atMs: Date.now() });
  await correct(context);
  emit({
    type: 'finalTranscribed',
    ...{
      recordingId,
      jobId,
      keptEdits: outcome?.keptEdits ?? 0,
      liveRanges: [...(outcome?.uncovered ?? [])],
    },
    version:
      outcome === null ? null : { number: outcome.version.number, earlierNumber: outcome.earlier.number },
  });
}

/** Merges what was transcribed of a range into the current text, and emits the resulting version. */
async function putIntoText(context: JobContext, span: JobRange): Promise<void> {
  const { services, job, version } = context;
  const { database, emit } = services;
  const outcome = await database.retranscriptions.complete({
    versionId: version.id,
    range: span,
    atMs: Date.now(),
  });
  reached('rerun.completed');
  if (outcome !== null) await correct(context);
  const put =
    outcome === null ? null : { number: outcome.version.number, earlierNumber: outcome.earlier.number };
  emit({
    type: 'rangeRetranscribed',
    recordingId: job.recordingId,
    jobId: job.id,
    span,
    version: put,
  });
}
