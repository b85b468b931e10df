import { access } from 'node:fs/promises';
import type { Failure } from '../contract/errors.ts';
import type { JobProgress } from '../contract/events.ts';
import type { JobView, RecordingView } from '../contract/views.ts';
import type { Database } from '../core/database/database.ts';
import type { Job } from '../core/database/repositories/jobs.ts';
import type { Recording } from '../core/database/repositories/recordings.ts';
import { choiceOf } from './transcription-options.ts';

/**
 * What was told and no row holds. By the ids of running jobs: their last progress, and what hinders them. By the ids of
 * recordings: why their sources could not be read.
 */
export interface PassingFacts {
  readonly progress: ReadonlyMap<string, JobProgress>;
  readonly hindrances: ReadonlyMap<string, Failure>;
  readonly importFailures: ReadonlyMap<string, Failure>;
}

/** The rows of the library, oldest first; of the recordings in `only` where it is given. */
export async function recordingViews(
  database: Database,
  passing: PassingFacts,
  only: ReadonlySet<string> | null = null,
): Promise<RecordingView[]> {
  const [recordings, jobs, withText, joined] = await Promise.all([
    database.recordings.list(),
    database.jobs.list(),
    database.versions.recordingsWithText(),
    database.sources.ofJoined(),
  ]);
  const newest = newestJobs(jobs);
  const texts = new Set(withText);
  const wanted = only === null ? recordings : recordings.filter(({ id }) => only.has(id));
  return await Promise.all(
    wanted.map(async (recording) => {
      const job = newest.get(recording.id);
      const sources = joined[recording.id] ?? [];
      const paths = sources.length === 0 ? [recording.sourcePath] : sources.map((one) => one.sourcePath);
      const there = await Promise.all(paths.map(isThere));
      return {
        ...plainView(recording),
        sourcePath: paths[Math.max(0, there.indexOf(true))] ?? recording.sourcePath,
        sourceStillThere: there.includes(true),
        parts: sources.map(({ name, startMs }) => ({ name, startMs })),
        hasTranscript: texts.has(recording.id),
        importFailure: job === undefined ? (passing.importFailures.get(recording.id) ?? null) : null,
        job: job === undefined ? null : jobView(job, passing),
      };
    }),
  );
}

/** Where a recording's source lies; of several the first that is still there. Throws `recording.notFound`. */
export async function sourceToReveal(database: Database, recordingId: string): Promise<string> {
  const sources = await database.sources.ofRecording(recordingId);
  const there = await Promise.all(sources.map(({ sourcePath }) => isThere(sourcePath)));
  return sources[Math.max(0, there.indexOf(true))]?.sourcePath ?? '';
}

type PlainView = Omit<
  RecordingView,
  'parts' | 'sourceStillThere' | 'hasTranscript' | 'importFailure' | 'job'
>;

function plainView(recording: Recording): PlainView {
  const { id, matterId, name, state, durationMs, layout, createdAtMs, sourcePath, binnedAtMs } = recording;
  return {
    id,
    matterId,
    name,
    state,
    durationMs,
    layout,
    createdAtMs,
    sourcePath,
    binnedAtMs,
    isSafe: state === 'ready',
    needsModel: recording.waitingChoice !== null,
  };
}

function jobView(job: Job, { progress, hindrances }: PassingFacts): JobView {
  const { id, state, failure, retryAtMs, detectedLanguage, languageProbability, options } = job;
  const given = options.language === 'auto' || options.language === 'mixed' ? null : options.language;
  return {
    id,
    state,
    progress: state === 'running' ? (progress.get(id) ?? null) : null,
    failure,
    hindrance: state === 'running' ? (hindrances.get(id) ?? null) : null,
    retryAtMs,
    language: detectedLanguage ?? given,
    languageProbability,
    choice: choiceOf(options),
    usesSample: options.model.isSample,
    position: job.position,
    attempts: job.attempts,
    figures: job.figures,
  };
}

function newestJobs(jobs: readonly Job[]): Map<string, Job> {
  const newest = new Map<string, Job>();
  for (const job of jobs) {
    const other = newest.get(job.recordingId);
    // Ids begin with the time they were made at.
    if (other === undefined || other.id < job.id) newest.set(job.recordingId, job);
  }
  return newest;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Not there, or out of reach: both mean that nobody can read it from here.
    return false;
  }
}
