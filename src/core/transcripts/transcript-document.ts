import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import { markOverlaps } from '../../contract/overlaps.ts';
import { unpackSegmentsInPauses } from '../../contract/packed-segments.ts';
import type { LanguageRange, Segment, SkippedRange } from '../../contract/transcript.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../database/jobs/jobs.db.ts';
import type { Recording } from '../database/recordings/recordings.db.ts';
import { eachSegment } from '../database/segment-pages.ts';
import type { Version } from '../database/transcripts/versions.db.ts';
import type { StoredWindow } from '../database/windows/windows.db.ts';
import { PRODUCER } from '../producer.ts';
import { skippedRanges } from '../speech/skipped.ts';
import { joinedLanguages, joinedSpans, otherLanguageRanges } from './other-languages.ts';

/** Shorter pauses are part of any conversation. */
const SHORTEST_SKIPPED_MS = 5_000;

/** A range of a version that was retranscribed, by a job of its own. */
export interface Retranscription {
  readonly version: Version;
  readonly job: Job;
  readonly startMs: number;
  readonly endMs: number;
}

/** The facts of a version besides its text. */
export interface TranscriptFacts {
  readonly version: Version;
  /** The job about the whole recording. */
  readonly job: Job;
  /** The ranges retranscribed afterwards, in that order. */
  readonly reruns: readonly Retranscription[];
  readonly recording: Recording;
  /** Whether its transcription is complete. */
  readonly complete: boolean;
  readonly durationMs: number;
  readonly transcribedMs: number;
  readonly skipped: SkippedRange[];
  /** The ranges probably spoken in another language than they were transcribed in. */
  readonly otherLanguages: LanguageRange[];
}

/** The facts of a version. Throws `recording.notFound`, `job.notFound`. */
export async function transcriptFacts(database: Database, version: Version): Promise<TranscriptFacts> {
  const recording = await database.recordings.get(version.recordingId);
  const durationMs = recording.durationMs ?? recording.facts.claimedDurationMs ?? 0;
  const [whole, ...layers] = await database.versions.layers(version);
  if (whole === undefined) throw new Error('A version has what the machine wrote');
  const job = await jobOf(database, whole);
  const windows = await database.windows.list(job.id);
  let transcribed: Span[] = windows.flatMap(rangesOf);
  let notUnderstood: Span[] = windows.flatMap(unintelligible);
  let otherLanguages = otherLanguageRanges(windows, transcribedLanguage(job));
  const reruns: Retranscription[] = [];
  for (const layer of layers) {
    const again = await jobOf(database, layer);
    const span = { startMs: again.range?.startMs ?? 0, endMs: again.range?.endMs ?? durationMs };
    const windowsAgain = await database.windows.list(again.id);
    const elsewhere = <T extends Span>(range: T) => without(range, span);
    transcribed = [...transcribed.flatMap(elsewhere), ...windowsAgain.flatMap(rangesOf)];
    notUnderstood = [...notUnderstood.flatMap(elsewhere), ...windowsAgain.flatMap(unintelligible)];
    otherLanguages = [
      ...otherLanguages.flatMap(elsewhere),
      ...otherLanguageRanges(windowsAgain, transcribedLanguage(again)),
    ];
    reruns.push({ version: layer, job: again, ...span });
  }
  const complete = (layers.at(-1) ?? whole).completedAtMs !== null;
  const transcribedMs = complete ? durationMs : finishedUntilMs(windows);
  const skipped = [
    ...skippedRanges(transcribed, transcribedMs, SHORTEST_SKIPPED_MS),
    ...joinedSpans(notUnderstood).map((range): SkippedRange => ({ ...range, reason: 'notUnderstood' })),
  ].sort(inOrder);
  return {
    version,
    job,
    reruns,
    recording,
    complete,
    durationMs,
    transcribedMs,
    skipped,
    otherLanguages: joinedLanguages(otherLanguages),
  };
}

async function jobOf(database: Database, { jobId }: Version): Promise<Job> {
  if (jobId === null) throw new Error('A machine version has its job');
  return await database.jobs.get(jobId);
}

/** The one language that a job was transcribed in; null if each window has its own, or none is known yet. */
function transcribedLanguage({ options, detectedLanguage }: Job): string | null {
  if (options.language === 'mixed') return null;
  return options.language === 'auto' ? detectedLanguage : options.language;
}

function inOrder(a: Span, b: Span): number {
  return a.startMs - b.startMs;
}

/** What remains of one range without another. */
function without<T extends Span>(range: T, taken: Span): T[] {
  const before = { ...range, endMs: Math.min(range.endMs, taken.startMs) };
  const behind = { ...range, startMs: Math.max(range.startMs, taken.endMs) };
  return [before, behind].filter(({ startMs, endMs }) => startMs < endMs);
}

/**
 * A version of a transcript with its provenance; of an unfinished one the windows that are
 * finished. Throws `recording.notFound`, `job.notFound`.
 * @param wordsOf how many of the first segments include their words: without the others a text of hours is read at once.
 */
export async function transcriptDocument(
  database: Database,
  versionId: string,
  wordsOf = Number.POSITIVE_INFINITY,
): Promise<TranscriptDocument> {
  const version = await database.versions.get(versionId);
  if (version === null) throw new Error('no such version');
  const facts = await transcriptFacts(database, version);
  const { job, reruns, recording, complete, durationMs, transcribedMs, skipped, otherLanguages } = facts;
  const { model, ...options } = job.options;
  const sources = await database.sources.ofRecording(recording.id);
  const segments =
    wordsOf === Number.POSITIVE_INFINITY
      ? await wholeSegments(database, versionId)
      : await outlinedSegments(database, versionId, wordsOf);
  return {
    recording: {
      id: recording.id,
      name: recording.name,
      sha256: recording.sourceSha256,
      sizeBytes: recording.sourceSizeBytes,
      durationMs,
      modifiedAtMs: recording.sourceModifiedMs,
      gain: await database.parts.gain(recording.id),
      incomplete: recording.state === 'incomplete',
      assumed: recording.facts.assumed,
      sources: sources.map((source) => ({
        name: source.name,
        sha256: source.sha256,
        sizeBytes: source.sizeBytes,
        modifiedAtMs: source.modifiedMs,
        startMs: source.startMs,
        durationMs: source.durationMs,
        incomplete: source.incomplete,
      })),
    },
    options,
    model: { name: model.name, sha256: model.sha256 },
    version: {
      number: version.number,
      kind: version.kind,
      createdAtMs: await writtenAtMs(database, version),
    },
    complete,
    transcribedMs,
    detectedLanguage: detected(job),
    reruns: reruns.map(documentedRetranscription),
    skipped,
    otherLanguages,
    segments: markOverlaps(segments),
    producer: PRODUCER,
  };
}

async function wholeSegments(database: Database, versionId: string): Promise<Segment[]> {
  const segments: Segment[] = [];
  for await (const { segment } of eachSegment(database, versionId)) segments.push(segment);
  return segments;
}

async function outlinedSegments(database: Database, versionId: string, wordsOf: number): Promise<Segment[]> {
  const { segments: first } = await database.segments.page({ versionId, limit: wordsOf });
  const packed = await database.segments.packed({ versionId });
  const outlines = await unpackSegmentsInPauses(packed, () => nextTurn());
  return outlines.map(({ id: _id, channel: _channel, edited: _edited, ...segment }, index) => ({
    ...segment,
    words: first[index]?.segment.words ?? [],
  }));
}

function detected(job: Job): TranscriptDocument['detectedLanguage'] {
  if (job.detectedLanguage === null) return null;
  return { language: job.detectedLanguage, probability: job.languageProbability ?? 0 };
}

function documentedRetranscription({
  version,
  job,
  startMs,
  endMs,
}: Retranscription): TranscriptDocument['reruns'][number] {
  const { model, language, translate, keepSilence } = job.options;
  return {
    startMs,
    endMs,
    model: { name: model.name, sha256: model.sha256 },
    language,
    translate,
    keepSilence,
    detectedLanguage: detected(job),
    versionNumber: version.number,
    createdAtMs: version.completedAtMs ?? version.createdAtMs,
  };
}

/** When a version was last changed: an edited one by the last edit in effect, or by the version it is based on. */
export async function writtenAtMs(database: Database, version: Version): Promise<number> {
  const machine = await database.versions.machineVersion(version);
  const machineMs = machine.completedAtMs ?? machine.createdAtMs;
  if (version.kind === 'machine') return machineMs;
  const { editedAtMs } = await database.edits.extent(version.id);
  return editedAtMs === null ? version.createdAtMs : Math.max(editedAtMs, machineMs);
}

/** The current transcript of a recording. Throws `recording.notTranscribed`. */
export async function latestDocument(database: Database, recording: Recording): Promise<TranscriptDocument> {
  return await transcriptDocument(database, (await latestVersion(database, recording)).id);
}

/** A recording's current text. Throws `recording.notTranscribed`. */
export async function latestVersion(database: Database, recording: Recording): Promise<Version> {
  const version = await database.versions.latest(recording.id);
  if (version === null) throw new AppError('recording.notTranscribed', { name: recording.name });
  return version;
}

/** Recording time up to which no channel has an unfinished window, as far as windows have been planned. */
function finishedUntilMs(windows: StoredWindow[]): number {
  const endOf = new Map<number, { nextIndex: number; untilMs: number }>();
  for (const window of windows) {
    const end = endOf.get(window.channel) ?? { nextIndex: 0, untilMs: 0 };
    endOf.set(window.channel, end);
    // A range transcribed first leaves a gap before it.
    if (window.completedAtMs === null || window.windowIndex !== end.nextIndex) continue;
    end.nextIndex += 1;
    end.untilMs = Math.max(end.untilMs, ...rangesOf(window).map((range) => range.endMs));
  }
  const ends = [...endOf.values()].map((end) => end.untilMs);
  return ends.length === 0 ? 0 : Math.min(...ends);
}

function rangesOf({ plan }: StoredWindow): Span[] {
  return plan.pieces.map(({ recordingStartMs, durationMs }) => ({
    startMs: recordingStartMs,
    endMs: recordingStartMs + durationMs,
  }));
}

function unintelligible({ findings }: StoredWindow): readonly Span[] {
  return findings?.notUnderstood ?? [];
}
