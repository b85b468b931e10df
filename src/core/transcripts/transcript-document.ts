import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { BroughtText } from '../../contract/existing-text.ts';
import { listenedPercent } from '../../contract/listened.ts';
import { markOverlaps } from '../../contract/overlaps.ts';
import { unpackSegmentsInPauses } from '../../contract/packed-segments.ts';
import type { TextMaking } from '../../contract/text-making.ts';
import type { LanguageRange, Segment, SkippedRange } from '../../contract/transcript.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../database/jobs/jobs.db.ts';
import type { Recording } from '../database/recordings/recordings.db.ts';
import { eachSegment } from '../database/segment-pages.ts';
import type { Version } from '../database/transcripts/versions.db.ts';
import { coveredTime, withoutSpans } from '../database/windows/covered-time.ts';
import type { StoredWindow } from '../database/windows/windows.db.ts';
import { PRODUCER } from '../producer.ts';
import { skippedRanges } from '../speech/skipped.ts';
import { joinedLanguages, joinedSpans, otherLanguageRanges } from './other-languages.ts';
import { saidHashOf } from './said-hash-of.ts';

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
  /** How the text of the whole recording was made; ranges retranscribed afterwards were made by their own jobs. */
  readonly making: TextMaking;
  /** The text that was made while recording, and the ranges in which it stands; null if none of it does. */
  readonly live: { readonly making: TextMaking; readonly ranges: readonly Span[] } | null;
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
  /** The existing text that was aligned to the sound; null if the machine wrote the text. */
  readonly brought: BroughtText | null;
}

/** What is known of the audio behind a text, apart from the text. */
interface Heard {
  readonly transcribed: readonly Span[];
  readonly notUnderstood: readonly Span[];
  readonly otherLanguages: readonly LanguageRange[];
}

/** The facts of a version. Throws `recording.notFound`, `job.notFound`. */
export async function transcriptFacts(database: Database, version: Version): Promise<TranscriptFacts> {
  const { heard: _, ...facts } = await factsWithHeard(database, version);
  return facts;
}

async function factsWithHeard(
  database: Database,
  version: Version,
): Promise<TranscriptFacts & { readonly heard: Heard }> {
  const recording = await database.recordings.get(version.recordingId);
  const layers = await database.versions.layers(version);
  const [whole] = layers;
  if (whole === undefined) throw new Error('A version has what the machine wrote');
  const brought = await database.alignedTexts.brought(whole.id);
  const base = brought === null ? null : await baseFacts(database, brought);
  const liveMaking = await database.liveTexts.making(whole.id);
  let live = liveMaking === null ? [] : await database.liveTexts.spans(whole.id);
  /** Where nothing but live text was made. */
  let liveTime: Span[] = [];
  const knownMs = recording.durationMs ?? recording.facts.claimedDurationMs ?? 0;
  const durationMs = recording.durationMs ?? Math.max(knownMs, live.at(-1)?.endMs ?? 0);
  if (liveMaking !== null) liveTime = [{ startMs: 0, endMs: durationMs }];
  let making: TextMaking | null = base?.making ?? liveMaking;
  let heard: Heard = base?.heard ?? { transcribed: live, notUnderstood: [], otherLanguages: [] };
  let notInText: readonly Span[] = brought?.notInText ?? [];
  let untilMs = live.at(-1)?.endMs ?? 0;
  const reruns: Retranscription[] = [];
  for (const layer of making === null ? layers : layers.slice(1)) {
    const job = await jobOf(database, layer);
    const windows = await database.windows.list(job.id);
    let taken: Span[] = [{ startMs: job.range?.startMs ?? 0, endMs: job.range?.endMs ?? durationMs }];
    if (job.range === null) {
      // The final job of a capture: it takes the place of the live text, and of no range that the user had transcribed.
      if (live.length > 0) taken = withoutSpans(coveredTime(windows), reruns);
      making = job;
      untilMs = finishedUntilMs(windows);
    } else reruns.push({ version: layer, job, ...(taken[0] as Span) });
    live = withoutSpans(live, taken);
    // After a final job it stands in single places; before, it is all there is.
    liveTime = job.range === null ? live : withoutSpans(liveTime, taken);
    heard = heardAgain(heard, heardBy(job, windows), taken);
    notInText = withoutSpans(notInText, taken);
  }
  if (making === null) throw new Error('A machine version was made somehow');
  const complete = (layers.at(-1) ?? whole).completedAtMs !== null;
  const transcribedMs = complete ? durationMs : untilMs;
  const skipped = [
    ...skippedRanges(heard.transcribed, transcribedMs, SHORTEST_SKIPPED_MS),
    ...joinedSpans(heard.notUnderstood).map((range): SkippedRange => ({ ...range, reason: 'notUnderstood' })),
    ...notInText.map((range): SkippedRange => ({ ...range, reason: 'notInText' })),
  ].sort(inOrder);
  return {
    version,
    making,
    live:
      liveMaking === null || live.length === 0 ? null : { making: liveMaking, ranges: joinedSpans(liveTime) },
    reruns,
    recording,
    complete,
    durationMs,
    transcribedMs,
    skipped,
    otherLanguages: joinedLanguages(heard.otherLanguages),
    brought,
    heard,
  };
}

/** The facts of the version that gave a text its times: its sound was heard as that one tells. */
async function baseFacts(database: Database, { baseVersionId }: BroughtText) {
  const base = await database.versions.get(baseVersionId);
  if (base === null) throw new Error('A text was aligned to a version of its recording');
  return await factsWithHeard(database, base);
}

/** What the windows of a job tell. */
function heardBy(job: Job, windows: StoredWindow[]): Heard {
  return {
    transcribed: windows.flatMap(rangesOf),
    notUnderstood: windows.flatMap(unintelligible),
    otherLanguages: otherLanguageRanges(windows, transcribedLanguage(job)),
  };
}

/** What is known once some ranges were heard again. */
function heardAgain(before: Heard, again: Heard, taken: readonly Span[]): Heard {
  return {
    transcribed: [...withoutSpans(before.transcribed, taken), ...again.transcribed],
    notUnderstood: [...withoutSpans(before.notUnderstood, taken), ...again.notUnderstood],
    otherLanguages: [...withoutSpans(before.otherLanguages, taken), ...again.otherLanguages],
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
  const { making, live, reruns, recording, complete, durationMs, transcribedMs, skipped, otherLanguages } =
    facts;
  const { brought } = facts;
  const { model: _model, ...options } = making.options;
  const sources = await database.sources.ofRecording(recording.id);
  const segments =
    wordsOf === Number.POSITIVE_INFINITY
      ? await wholeSegments(database, versionId)
      : await outlinedSegments(database, versionId, wordsOf);
  const matter = recording.matterId === null ? null : await database.matters.get(recording.matterId);
  return {
    matter: matter && { name: matter.name, caseNumber: matter.caseNumber },
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
    model: modelOf(making),
    version: {
      number: version.number,
      kind: version.kind,
      ...(version.kind === 'edited' && {
        editedBy: (await database.edits.extent(version.id)).isByRules ? 'rules' : 'person',
      }),
      createdAtMs: await writtenAtMs(database, version),
    },
    existingText: brought && {
      ...{ name: brought.name, sha256: brought.sha256 },
      ...{ words: brought.fit.words, foundWords: brought.fit.foundWords },
    },
    complete,
    transcribedMs,
    detectedLanguage: detected(making),
    live: (live?.ranges ?? []).map((range) => ({ ...range, model: modelOf(live?.making ?? making) })),
    reruns: reruns.map(documentedRetranscription),
    skipped,
    otherLanguages,
    segments: markOverlaps(segments),
    turns: [...((await database.diarizations.get(recording.id))?.turns ?? [])],
    markers: (await database.markers.list(recording.id)).map(({ atMs, label }) => ({ atMs, label })),
    producer: PRODUCER,
    ...(await checkedBy(database, version)),
  };
}

async function checkedBy(
  database: Database,
  { id, recordingId }: Version,
): Promise<Pick<TranscriptDocument, 'checked'>> {
  const signOff = await database.signOffs.get(recordingId);
  if (signOff === null) return {};
  return {
    checked: {
      by: signOff.checkedBy,
      atMs: signOff.checkedAtMs,
      listenedPercent: listenedPercent(signOff.listenedMs, signOff.durationMs),
      changedSince: (await saidHashOf(database, id)) !== signOff.textSha256,
    },
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

function modelOf({ options: { model } }: TextMaking): TranscriptDocument['model'] {
  return { name: model.name, sha256: model.sha256 };
}

function detected(making: TextMaking): TranscriptDocument['detectedLanguage'] {
  if (making.detectedLanguage === null) return null;
  return { language: making.detectedLanguage, probability: making.languageProbability ?? 0 };
}

function documentedRetranscription({
  version,
  job,
  startMs,
  endMs,
}: Retranscription): TranscriptDocument['reruns'][number] {
  const { language, translate, keepSilence } = job.options;
  return {
    startMs,
    endMs,
    model: modelOf(job),
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
