import { isDeepStrictEqual } from 'node:util';
import { PART_MS } from '../../../contract/audio.ts';
import { type AppError, failureOf, isAppError } from '../../../contract/errors.ts';
import type { SpeakerCount } from '../../../contract/speakers.ts';
import type { Job } from '../../database/jobs/jobs.db.ts';
import { reached } from '../../fault-points.ts';
import { toldSpeakers } from '../told-speakers.ts';
import { isEngineFailure } from '../twice-at-most.ts';
import type { JobContext } from './job-context.ts';
import type { JobStep } from './job-step.ts';

/** Name of the step that tells speakers apart; hearing them beside the transcription counts as its progress. */
export const DIARIZE = 'diarize';

/** Hearing voices takes about this share of the recording's length, on one thread. */
const HEARING_SHARE = 0.1;

/**
 * Tells the speakers of a recording of one channel apart by their voices: hears what was not heard beside the transcription,
 * and stores who speaks when; `assemble` puts that into the text. A recording whose voices cannot be heard gets its text
 * without speakers, and the job a hindrance.
 */
export const diarizeStep: JobStep = {
  name: DIARIZE,
  streams: false,
  weight: (job) => (mayHaveSpeakers(job) ? 10 : 0),
  expectedMs: (job, durationMs) => (mayHaveSpeakers(job) ? HEARING_SHARE * (durationMs ?? 0) : 0),
  async isDone(context) {
    return !mayHaveSpeakers(context.job) || context.isAssembled || !(await hasOneChannel(context));
  },
  async run(context, _progress, signal) {
    const { services, job, atWindow } = context;
    const { database, emit } = services;
    const { id: jobId } = job;
    const stopped = AbortSignal.any([signal, atWindow]);
    const hindered = (error: AppError) => emit({ type: 'jobHindered', jobId, failure: failureOf(error) });
    try {
      await hearParts(context, stopped, hindered);
    } catch (error) {
      stopped.throwIfAborted();
      if (!areVoicesUnheard(error)) throw error;
      hindered(error);
      return;
    }
    await tellSpeakers(context, (await database.jobs.get(jobId)).options.speakerCount, stopped);
  },
};

/** Tells the speakers apart anew if the user has said something else meanwhile about how many speak. Throws the signal's reason. */
export async function tellAsAskedByNow(context: JobContext, signal: AbortSignal): Promise<void> {
  const { services, job } = context;
  const { jobs, diarizations } = services.database;
  for (;;) {
    const { speakerCount } = (await jobs.get(job.id)).options;
    const stored = await diarizations.get(job.recordingId);
    // Without one the voices could not be heard.
    if (stored === null || isDeepStrictEqual(stored.count, speakerCount)) return;
    await tellSpeakers(context, speakerCount, signal);
  }
}

async function tellSpeakers({ services, job }: JobContext, count: SpeakerCount | null, signal: AbortSignal) {
  const { database } = services;
  const { recordingId } = job;
  const diarization = await toldSpeakers(database, recordingId, count, signal);
  await database.speakerTexts.keep({ recordingId, count, diarization, atMs: Date.now() });
  reached('speakers.kept');
}

/** Whether a job tells speakers apart by their voices, if its recording has one channel. A range is told by what is stored. */
export function mayHaveSpeakers({ options, range }: Pick<Job, 'options' | 'range'>): boolean {
  return options.speakers === 'auto' && range === null;
}

/** Whether an error means that the engine cannot hear voices, and nothing else. */
export function areVoicesUnheard(error: unknown): error is AppError {
  return isEngineFailure(error) || isAppError(error, 'engine.voicesUnusable');
}

/** Hears the parts of the recording that were not heard yet, as they are committed. Throws what `VoiceHearing.hear` does. */
export async function hearParts(
  { feed, voices, progress }: JobContext,
  signal: AbortSignal,
  onFailure?: (error: AppError) => void,
): Promise<void> {
  for (let part = 0; await feed.hasPart(part, signal); part += 1) {
    // What is said at a part's end is understood by what follows.
    await feed.hasPart(part + 1, signal);
    await voices.hear(part, signal, onFailure);
    progress.of(DIARIZE).doneUntil((part + 1) * PART_MS);
  }
}

async function hasOneChannel({ services, job }: JobContext): Promise<boolean> {
  return (await services.database.recordings.get(job.recordingId)).channels === 1;
}
