import { isDeepStrictEqual } from 'node:util';
import { v7 as newId } from 'uuid';
import { AppError } from '../../../contract/errors.ts';
import type { JobFigures, JobOptions } from '../../../contract/job.ts';
import type { Segment } from '../../../contract/transcript.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import { insertJob } from '../jobs/job-writer.db.ts';
import type { Job, JobReader } from '../jobs/jobs.db.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import type { AlignedTextReader } from '../transcripts/aligned-texts.db.ts';
import type { Diarizations } from '../transcripts/diarizations.db.ts';
import type { EditReader } from '../transcripts/edits.db.ts';
import { type NewPlace, type RebasedEdits, rebaseEdits } from '../transcripts/rebased-edits.db.ts';
import { insertSegment, type SegmentReader, segmentColumns } from '../transcripts/segments.db.ts';
import type { Version, Versions } from '../transcripts/versions.db.ts';
import type { WindowFindings, WindowPlan } from '../windows/window-content.ts';
import { insertWindow, type WindowReader } from '../windows/windows.db.ts';
import { joinedDiarization } from './joined-diarization.ts';

/** A recording that becomes a range of another. */
export interface JoinedPart {
  readonly recordingId: string;
  /** Its start in the joined recording. */
  readonly startMs: number;
  /** Whether its channels stay separate; otherwise all become the one of the joined recording. */
  readonly keepsChannels: boolean;
}

/** A part with its current text. */
interface TextPart extends JoinedPart {
  readonly channels: number;
  readonly machine: Version;
  readonly editedVersionId: string | null;
  readonly job: Job;
}

/** The labels of a part's speakers that are others in the joined text. */
type Renames = ReadonlyMap<string, string>;

/** The repositories that rebasing a text uses. */
export interface TextSources {
  readonly recordings: RecordingReader;
  readonly jobs: JobReader;
  readonly windows: WindowReader;
  readonly segments: SegmentReader;
  readonly edits: EditReader;
  readonly versions: Versions;
  readonly diarizations: Diarizations;
  readonly alignedTexts: AlignedTextReader;
}

/**
 * Joins the transcripts of several recordings into one, with shifted times: the machine's text, the user's corrections
 * and their log, so that each can still be undone. Only if all are finished and were made with equivalent options;
 * returns whether they were. Throws `recording.corrected` if not and a correction would be lost.
 * Call within a transaction.
 */
export function rebaseText(
  connection: Connection,
  sources: TextSources,
  { recordingId, parts, atMs }: { recordingId: string; parts: readonly JoinedPart[]; atMs: number },
): boolean {
  const texts = parts.map((part) => textOf(sources, part));
  const first = texts[0]?.job.options;
  const finished = texts.filter((text) => text !== null);
  const isAlike = first !== undefined && finished.every(({ job }) => isMadeAlike(job.options, first));
  if (finished.length < parts.length || !isAlike) {
    refuseToLeaveCorrections(sources, parts);
    return false;
  }
  const jobId = addFinishedJob(connection, recordingId, finished, atMs);
  const version = { recordingId, jobId, createdAtMs: atMs };
  const machine = sources.versions.create({ ...version, id: newId(), kind: 'machine', parentId: null });
  const machineText = new MachineTextRebase(connection, sources, machine.id, jobId);
  const renames = joinSpeakers(sources, recordingId, parts, atMs);
  const edits = finished.map((text, index): RebasedEdits => machineText.rebase(text, renames[index]));
  sources.versions.finish({ versionId: machine.id, completedAtMs: atMs });
  if (edits.some(({ editedVersionId }) => editedVersionId !== null)) {
    const parent = { parentId: machine.id, kind: 'edited' } as const;
    const edited = sources.versions.create({ ...version, ...parent, id: newId() });
    rebaseEdits(connection, edited.id, edits);
  }
  return true;
}

/** Stores who speaks in the joined recording if that is known of all its parts; returns each part's renames, if any. */
function joinSpeakers(
  { diarizations }: TextSources,
  recordingId: string,
  parts: readonly JoinedPart[],
  atMs: number,
): readonly Renames[] {
  const diarized = parts.flatMap(({ recordingId: id, startMs }) => {
    const diarization = diarizations.get(id);
    return diarization === null ? [] : [{ diarization, startMs }];
  });
  if (diarized.length < parts.length) return [];
  const { turns, speakers, renames } = joinedDiarization(diarized);
  diarizations.keep({ recordingId, count: null, turns, speakers, madeAtMs: atMs });
  return renames;
}

/** The text of a part; null if it is not finished, or if a range was retranscribed with other options. */
function textOf({ recordings, jobs, edits, versions }: TextSources, part: JoinedPart): TextPart | null {
  const text = edits.text(part.recordingId);
  const machine = text === null ? null : versions.get(text.machineVersionId);
  if (text === null || machine === null || machine.completedAtMs === null || machine.jobId === null) {
    return null;
  }
  if (machine.parentId !== null) return null;
  const channels = recordings.get(part.recordingId).channels ?? 1;
  return { ...part, channels, machine, editedVersionId: text.editedVersionId, job: jobs.get(machine.jobId) };
}

/** Whether two sets of options are equivalent; the number of threads makes no difference. */
function isMadeAlike(a: JobOptions, b: JobOptions): boolean {
  return isDeepStrictEqual({ ...a, threads: null }, { ...b, threads: null });
}

function refuseToLeaveCorrections(
  { recordings, edits, alignedTexts }: TextSources,
  parts: readonly JoinedPart[],
): void {
  for (const { recordingId } of parts) {
    const text = edits.text(recordingId);
    const isBrought = text !== null && alignedTexts.brought(text.machineVersionId) !== null;
    if (text === null || (text.editedAtMs === null && !isBrought)) continue;
    throw new AppError('recording.corrected', { name: recordings.get(recordingId).name });
  }
}

/** The job of the joined text: with what all of the parts' jobs have in common. */
function addFinishedJob(
  connection: Connection,
  recordingId: string,
  texts: readonly TextPart[],
  atMs: number,
): string {
  const jobs = texts.map(({ job }) => job);
  const [first] = jobs;
  if (first === undefined) throw new Error('a recording is joined of others');
  const isOneLanguage = jobs.every(({ detectedLanguage }) => detectedLanguage === first.detectedLanguage);
  const id = newId();
  insertJob(connection, {
    id,
    recordingId,
    options: first.options,
    delivery: null,
    createdAtMs: atMs,
    state: 'done',
    detectedLanguage: isOneLanguage ? first.detectedLanguage : null,
    languageProbability: isOneLanguage ? Math.min(...jobs.map((job) => job.languageProbability ?? 1)) : null,
    startedAtMs: atMs,
    finishedAtMs: atMs,
    figures: sumOfFigures(jobs),
  });
  return id;
}

/** The sum of the jobs' figures; null if one is unknown. */
function sumOfFigures(jobs: readonly Job[]): JobFigures | null {
  return jobs
    .map(({ figures }) => figures)
    .reduce((sum, figures) => {
      if (sum === null || figures === null) return null;
      const added = Object.entries(figures).map(([key, value]) => [
        key,
        value + sum[key as keyof JobFigures],
      ]);
      const peakMemoryBytes = Math.max(sum.peakMemoryBytes, figures.peakMemoryBytes);
      return { ...(Object.fromEntries(added) as JobFigures), peakMemoryBytes };
    });
}

/** Appends windows and segments of one part to those of the part before. */
class MachineTextRebase {
  readonly #connection: Connection;
  readonly #sources: TextSources;
  readonly #versionId: string;
  readonly #jobId: string;
  /** The ids of the segments of the parts before. */
  readonly #ids = new Set<string>();
  /** Per channel, the number of windows of the parts before. */
  readonly #windows = new Map<number, number>();

  constructor(connection: Connection, sources: TextSources, versionId: string, jobId: string) {
    this.#connection = connection;
    this.#sources = sources;
    this.#versionId = versionId;
    this.#jobId = jobId;
  }

  /** Returns what the part's edits are rebased with. */
  rebase(text: TextPart, renames: Renames = new Map()): RebasedEdits {
    const { windows, segments } = this.#sources;
    const before = new Map(this.#windows);
    const placeOf = (channel: number, windowIndex: number): NewPlace => {
      const newChannel = text.keepsChannels ? channel : 0;
      const index = text.keepsChannels ? windowIndex : windowIndex * text.channels + channel;
      const newIndex = (before.get(newChannel) ?? 0) + index;
      const next = Math.max(this.#windows.get(newChannel) ?? 0, newIndex + 1);
      this.#windows.set(newChannel, next);
      return { channel: newChannel, windowIndex: newIndex, shiftMs: text.startMs };
    };
    for (const window of windows.list(text.job.id)) {
      const { channel, windowIndex, shiftMs } = placeOf(window.channel, window.windowIndex);
      insertWindow(this.#connection, {
        ...window,
        jobId: this.#jobId,
        channel,
        windowIndex,
        plan: shiftedPlan(window.plan, shiftMs),
        findings: shiftedFindings(window.findings, shiftMs),
      });
    }
    const all = segments.all(text.machine.id);
    const idOf = this.#idsOf(all);
    const shifted: RebasedEdits['shifted'] = (segment, shiftMs) => {
      const { speaker } = segment;
      const renamed = speaker === null ? null : (renames.get(speaker) ?? speaker);
      return { ...shiftedSegment(segment, shiftMs), speaker: renamed };
    };
    for (const stored of all) {
      const { channel, windowIndex, shiftMs } = placeOf(stored.channel, stored.windowIndex);
      this.#addSegment({ ...stored, channel, windowIndex, segment: shifted(stored.segment, shiftMs) }, idOf);
    }
    return { editedVersionId: text.editedVersionId, idOf, placeOf, shifted };
  }

  /** Segments keep their ids, unless the recording has them twice because a part was joined into another already. */
  #idsOf(segments: readonly StoredSegment[]): RebasedEdits['idOf'] {
    const isTwice = segments.some(({ id }) => this.#ids.has(id));
    for (const { id } of segments) this.#ids.add(id);
    if (!isTwice) return (id) => id;
    const newIds = new Map<string, string>();
    return (id) => {
      const known = newIds.get(id) ?? newId();
      newIds.set(id, known);
      return known;
    };
  }

  #addSegment({ id, channel, windowIndex, segment }: StoredSegment, idOf: RebasedEdits['idOf']): void {
    const place = { id: idOf(id), versionId: this.#versionId, origins: null, channel, windowIndex };
    insertSegment(this.#connection, { ...place, ...segmentColumns(segment) });
  }
}

function shiftedPlan(plan: WindowPlan, shiftMs: number): WindowPlan {
  const pieces = plan.pieces.map((piece) => ({
    ...piece,
    recordingStartMs: piece.recordingStartMs + shiftMs,
    speech: piece.speech.map((range) => shifted(range, shiftMs)),
  }));
  return { ...plan, pieces };
}

function shiftedFindings(findings: WindowFindings | null, shiftMs: number): WindowFindings | null {
  if (findings === null) return null;
  return { ...findings, notUnderstood: findings.notUnderstood.map((range) => shifted(range, shiftMs)) };
}

function shiftedSegment(segment: Segment, shiftMs: number): Segment {
  return { ...shifted(segment, shiftMs), words: segment.words.map((word) => shifted(word, shiftMs)) };
}

function shifted<T extends { readonly startMs: number; readonly endMs: number }>(
  range: T,
  shiftMs: number,
): T {
  return { ...range, startMs: range.startMs + shiftMs, endMs: range.endMs + shiftMs };
}
