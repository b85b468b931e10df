import { access } from 'node:fs/promises';
import type { Failure } from '../../contract/errors.ts';
import type { JobProgress } from '../../contract/events.ts';
import type { JobView, RecordingView } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import { choiceOf } from '../jobs/job-options.ts';

/**
 * Event data that no row stores. By the ids of running jobs: their last progress and hindrance. By the ids of
 * recordings: their import errors.
 */
export interface UnstoredFacts {
  readonly progress: ReadonlyMap<string, JobProgress>;
  readonly hindrances: ReadonlyMap<string, Failure>;
  readonly importFailures: ReadonlyMap<string, Failure>;
}

/** The rows of the library, oldest first; with `only`, those of its recordings, and no others are read. */
export async function recordingViews(
  database: Database,
  passing: UnstoredFacts,
  only: readonly string[] | null = null,
): Promise<RecordingView[]> {
  const { recordings, jobs, withText, wordless, joined, playheads, speakers, waitingTexts } =
    await database.libraryRows.read(only);
  const shown = shownJobs(jobs);
  const texts = new Set(withText);
  const empty = new Map(wordless.map(({ recordingId, hasSpeech }) => [recordingId, hasSpeech]));
  return await Promise.all(
    recordings.map(async (recording) => {
      const job = shown.get(recording.id);
      const waiting = waitingTexts.find(({ recordingId }) => recordingId === recording.id);
      const sources = joined[recording.id] ?? [];
      const paths = sources.length === 0 ? [recording.sourcePath] : sources.map((one) => one.sourcePath);
      const there = await Promise.all(paths.map(isThere));
      return {
        ...plainView(recording),
        sourcePath: paths[Math.max(0, there.indexOf(true))] ?? recording.sourcePath,
        sourceStillThere: there.includes(true),
        parts: sources.map(({ name, startMs }) => ({ name, startMs })),
        placeMs: playheads[recording.id] ?? null,
        hasTranscript: texts.has(recording.id),
        wordless: wordlessOf(job, empty.get(recording.id)),
        waitingText: waiting === undefined ? null : { name: waiting.name, fit: waiting.fit },
        speakers: speakers[recording.id] ?? 0,
        importFailure: job === undefined ? (passing.importFailures.get(recording.id) ?? null) : null,
        job: job === undefined ? null : jobView(job, passing),
      };
    }),
  );
}

/** Why a finished text has no words; null if it has some. */
function wordlessOf(shown: ShownJob | undefined, hasSpeech: boolean | undefined): RecordingView['wordless'] {
  if (shown?.job.state !== 'done' || hasSpeech === undefined) return null;
  return hasSpeech ? 'notUnderstood' : 'noSpeech';
}

/** The path of a recording's source; of several the first that still exists. Throws `recording.notFound`. */
export async function sourceToReveal(database: Database, recordingId: string): Promise<string> {
  const sources = await database.sources.ofRecording(recordingId);
  const there = await Promise.all(sources.map(({ sourcePath }) => isThere(sourcePath)));
  return sources[Math.max(0, there.indexOf(true))]?.sourcePath ?? '';
}

type PlainView = Omit<
  RecordingView,
  'parts' | 'sourceStillThere' | 'placeMs' | 'hasTranscript' | 'speakers' | 'importFailure' | 'job'
>;

function plainView(recording: Recording): PlainView {
  const { id, matterId, name, state, facts, durationMs, layout, createdAtMs, sourcePath, binnedAtMs } =
    recording;
  return {
    id,
    matterId,
    name,
    state,
    assumed: facts.assumed,
    durationMs,
    layout,
    createdAtMs,
    sourcePath,
    binnedAtMs,
    isSafe: state === 'ready',
  };
}

function jobView({ job, text }: ShownJob, { progress, hindrances }: UnstoredFacts): JobView {
  const { id, state, failure, retryAtMs, range } = job;
  const { detectedLanguage, languageProbability, options } = text;
  const given = options.language === 'auto' || options.language === 'mixed' ? null : options.language;
  return {
    id,
    state,
    range,
    progress: state === 'running' ? (progress.get(id) ?? null) : null,
    failure,
    hindrance: state === 'running' ? (hindrances.get(id) ?? null) : null,
    retryAtMs,
    language: detectedLanguage ?? given,
    languageProbability,
    choice: choiceOf(options),
    position: job.position,
    attempts: job.attempts,
    figures: job.figures,
  };
}

/** The job that a row shows, and the one that made, or makes, the text as a whole. */
interface ShownJob {
  readonly job: Job;
  readonly text: Job;
}

/**
 * The newest job of each recording. One about a range counts only while it is not done or cancelled, unless the text
 * was unfinished before it; its language and options apply to the text only if it goes to the end.
 */
function shownJobs(jobs: readonly Job[]): Map<string, ShownJob> {
  const shown = new Map<string, ShownJob>();
  // Ids begin with their creation time (UUID v7).
  for (const job of jobs.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const before = shown.get(job.recordingId);
    const isEnded = job.state === 'cancelled' || (job.state === 'done' && before?.job.state === 'done');
    if (job.range === null || before === undefined) shown.set(job.recordingId, { job, text: job });
    else {
      const isText = job.range.endMs === null && job.state !== 'cancelled';
      shown.set(job.recordingId, { job: isEnded ? before.job : job, text: isText ? job : before.text });
    }
  }
  return shown;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    // Missing or inaccessible: either way it cannot be read from here.
    return false;
  }
}
