import { v7 as newId } from 'uuid';
import type { Span } from '../../../contract/audio.ts';
import { AppError } from '../../../contract/errors.ts';
import type { SimilarSegment, SpeakerCount, SpeakerLane } from '../../../contract/speakers.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { labelledTurns } from '../../speakers/labelled-turns.ts';
import { freeLabel, mainLabels, speakerLabels } from '../../speakers/speaker-labels.ts';
import type { Diarization, SpeakerTurn } from '../../speakers/speaker-turns.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import { requiredRow } from '../required-row.ts';
import type { DiarizationReader, Diarizations, StoredDiarization } from '../transcripts/diarizations.db.ts';
import { ownSegments } from '../transcripts/edited-content.db.ts';
import type { AppliedEdit, EditableText, EditReader, Edits } from '../transcripts/edits.db.ts';
import type { RecentSplits } from '../transcripts/recent-splits.ts';
import { insertSegment, type SegmentReader, segmentColumns } from '../transcripts/segments.db.ts';
import type { Recount } from '../transcripts/stored-turns.ts';
import type { VersionReader } from '../transcripts/versions.db.ts';
import type { KnownVoiceReader } from './known-voices.db.ts';
import { SegmentSpeakers, speakerChanges } from './speaker-changes.ts';

/** A diarization that is to be put into a text. */
export interface NewDiarization {
  readonly recordingId: string;
  /** The number that was asked for. */
  readonly count: SpeakerCount | null;
  readonly diarization: Diarization;
  readonly atMs: number;
}

/** A speaker that was recognised, under its label in the current text. */
export interface RecognisedSpeaker {
  readonly speaker: string;
  readonly voiceId: string;
  readonly certainty: number;
}

/** The turns of one speaker of the current text, told apart as two. */
export interface SplitSpeaker {
  readonly recordingId: string;
  /** The label that both have. */
  readonly speaker: string;
  /** Of speakers 0 and 1. */
  readonly turns: readonly SpeakerTurn[];
  readonly atMs: number;
}

/** A paragraph whose speaker was corrected, and the segments that may need the same. */
export interface Candidates {
  readonly segments: readonly Omit<SimilarSegment, 'certainty'>[];
  /** `from`: the label that it had before. */
  readonly corrected: Span & { readonly from: string | null };
}

/** The repositories that the speakers of texts are read from. */
interface SpeakerTextSources {
  readonly edits: EditReader;
  readonly segments: SegmentReader;
  readonly versions: VersionReader;
  readonly diarizations: DiarizationReader;
}

/** Tells who speaks when in texts. In the database's thread, so that hours of text need not cross threads. */
export class SpeakerTextReader {
  readonly #sources: SpeakerTextSources;

  constructor(sources: SpeakerTextSources) {
    this.#sources = sources;
  }

  /**
   * Who speaks when in a version, by its words: those of no turn count for their own time. In the order in which the text
   * first names the speakers; nobody comes last.
   */
  lanes({ versionId }: { versionId: string }): SpeakerLane[] {
    const { versions, diarizations, segments } = this.#sources;
    const { recordingId } = requiredRow(versions.get(versionId), 'version');
    const text = segments.list(versionId);
    const order = [
      ...new Set(text.map(({ speaker }) => speaker).filter((speaker) => speaker !== null)),
      null,
    ];
    const lanes = labelledTurns(diarizations.get(recordingId)?.turns ?? [], text);
    return lanes.sort((a, b) => order.indexOf(a.speaker) - order.indexOf(b.speaker));
  }

  /**
   * What may need the same correction as segments of the current text that were given this speaker: those with the label
   * that the turns give to them, without hand-made changes. Null if that is the same, or nothing is known of them. Throws
   * `transcript.changed` if one of them does not exist.
   */
  candidates({
    recordingId,
    ids,
    speaker,
  }: {
    recordingId: string;
    ids: readonly string[];
    speaker: string;
  }): Candidates | null {
    const stored = this.#sources.diarizations.get(recordingId);
    const text = this.#sources.edits.text(recordingId);
    if (stored === null || text === null) return null;
    const all = currentSegments(this.#sources.segments, text);
    const asked = new Set(ids);
    const corrected = all.filter(({ id }) => asked.has(id));
    if (corrected.length !== asked.size) throw new AppError('transcript.changed', {});
    const labels = mainLabelsIn(stored, all);
    const told = new SegmentSpeakers({ turns: stored.turns, labels });
    const byTurns = corrected.map(({ segment }) => told.wholeOf(segment) ?? segment);
    const [longest] = byTurns.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
    const from = longest?.speaker ?? null;
    if (longest === undefined || from === speaker) return null;
    const span = {
      startMs: Math.min(...corrected.map(({ segment }) => segment.startMs)),
      endMs: Math.max(...corrected.map(({ segment }) => segment.endMs)),
    };
    const segments = all
      .filter(({ id }) => !asked.has(id))
      .map(({ id, segment: { startMs, endMs, text: words, speaker: label } }) => {
        return { id, startMs, endMs, text: words, speaker: label };
      });
    return { segments, corrected: { ...span, from } };
  }

  /** The speakers of the current text that are named as voices known in the matter; none without a text. */
  recognised({ recordingId }: { recordingId: string }): RecognisedSpeaker[] {
    const stored = this.#sources.diarizations.get(recordingId);
    const text = this.#sources.edits.text(recordingId);
    if (stored === null || text === null || !stored.speakers.some(({ known }) => known !== null)) return [];
    const labels = mainLabelsIn(stored, currentSegments(this.#sources.segments, text));
    return stored.speakers.flatMap(({ known }, speaker) => {
      const label = labels[speaker] ?? null;
      return known === null || label === null ? [] : [{ speaker: label, ...known }];
    });
  }
}

/** The repositories that change the speakers of texts. */
interface SpeakerTextParts extends SpeakerTextSources {
  readonly edits: Edits;
  readonly recordings: RecordingReader;
  readonly diarizations: Diarizations;
  readonly knownVoices: KnownVoiceReader;
  readonly recentSplits: RecentSplits;
}

/** Puts the speakers that a recording's voices tell into its texts: no edit comes between what it reads and what it writes. */
export class SpeakerTexts extends SpeakerTextReader {
  readonly #connection: Connection;
  readonly #parts: SpeakerTextParts;

  constructor(connection: Connection, parts: SpeakerTextParts) {
    super(parts);
    this.#connection = connection;
    this.#parts = parts;
  }

  /**
   * Puts the recording's stored diarization into a machine version that is not finished, and, if that is the current text,
   * into what the user has edited of it: that as one edit, which leaves out what has a speaker already. The machine's
   * segments are split where the speaker changes, and the first part keeps the id; those that edits build on stay whole.
   * Does nothing without a diarization, or to a finished version. Returns whether the current text has changed.
   */
  label({ versionId, atMs }: { versionId: string; atMs: number }): boolean {
    const { versions, diarizations, edits } = this.#parts;
    return this.#connection.transaction(() => {
      const { recordingId, parentId, completedAtMs } = requiredRow(versions.get(versionId), 'version');
      const stored = diarizations.get(recordingId);
      if (stored === null || completedAtMs !== null) return false;
      const text = edits.text(recordingId);
      const current = text === null ? [] : this.#current(text);
      // What is put into a text is told as that text is; a whole one may be about another number of speakers.
      const labels =
        parentId === null ? this.#labels(stored, current) : this.#standingLabels(stored, current);
      const speakers = new SegmentSpeakers({ turns: stored.turns, labels });
      const isCurrent = text?.machineVersionId === versionId;
      const isSplit = this.#labelMachine(versionId, speakers, isCurrent ? text : null);
      const isEdited = isCurrent && this.#labelUnlabelled(recordingId, text, speakers, atMs);
      this.#keepLabels(stored, labels);
      return isEdited || (isCurrent && isSplit);
    });
  }

  /**
   * Gives the segments of the current text that have no speaker theirs, by the stored diarization, as one edit: what came
   * into a text without the diarization. Returns whether anything has changed.
   */
  labelRest({ recordingId, atMs }: { recordingId: string; atMs: number }): boolean {
    return this.#connection.transaction(() => {
      const stored = this.#parts.diarizations.get(recordingId);
      const text = this.#parts.edits.text(recordingId);
      if (stored === null || text === null) return false;
      const labels = this.#standingLabels(stored, this.#current(text));
      const speakers = new SegmentSpeakers({ turns: stored.turns, labels });
      return this.#labelUnlabelled(recordingId, text, speakers, atMs);
    });
  }

  /** Stores a diarization; `label` puts it into a text. */
  keep({ recordingId, count, diarization, atMs }: NewDiarization): void {
    const { turns, speakers } = diarization;
    this.#parts.diarizations.keep({
      ...{ recordingId, count, turns, madeAtMs: atMs },
      speakers: speakers.map(({ embedding, ...speaker }) => ({
        ...speaker,
        label: null,
        embedding: [...embedding],
      })),
    });
  }

  /**
   * Stores a diarization in the place of the one before, and puts it into the current text as one edit. A paragraph whose
   * speaker the user has set keeps it as long as that speaker is still one of them.
   */
  relabel(order: NewDiarization): {
    readonly edit: AppliedEdit;
    readonly labels: readonly (string | null)[];
  } {
    const { edits, diarizations } = this.#parts;
    const { recordingId, atMs } = order;
    return this.#connection.transaction(() => {
      const text = requiredRow(edits.text(recordingId), 'text');
      const segments = this.#current(text);
      const before = diarizations.get(recordingId);
      const isByHand = this.#handmade(before, segments);
      const recount = { before: before?.count ?? null, after: order.count };
      this.keep(order);
      const stored = requiredRow(diarizations.get(recordingId), 'diarization');
      const labels = this.#labels(stored, segments);
      const free = segments.filter((one) => !isByHand(one) || !labels.includes(one.segment.speaker));
      const speakers = new SegmentSpeakers({ turns: stored.turns, labels });
      this.#keepLabels(stored, labels);
      return { edit: this.#edit(recordingId, text, free, speakers, atMs, recount), labels };
    });
  }

  /**
   * Gives what one of two turns' speakers says of a speaker's segments to a further speaker, with the first number that is
   * free, as one edit. Speaker 0 of the turns keeps the label.
   */
  split({ recordingId, speaker, turns, atMs }: SplitSpeaker): { edit: AppliedEdit; label: string } {
    const { edits } = this.#parts;
    return this.#connection.transaction(() => {
      const text = requiredRow(edits.text(recordingId), 'text');
      const segments = this.#current(text);
      const label = freeLabel(new Set(segments.map(({ segment }) => segment.speaker)));
      const own = segments.filter(({ segment }) => segment.speaker === speaker);
      const speakers = new SegmentSpeakers({ turns, labels: [speaker, label] });
      return { edit: this.#edit(recordingId, text, own, speakers, atMs), label };
    });
  }

  /** Whether the user has set the speaker of a segment: it is not the one that the turns give it. */
  #handmade(
    stored: StoredDiarization | null,
    segments: readonly StoredSegment[],
  ): (segment: StoredSegment) => boolean {
    if (stored === null) return ({ edited, segment }) => edited && segment.speaker !== null;
    const speakers = new SegmentSpeakers({ turns: stored.turns, labels: mainLabelsIn(stored, segments) });
    return ({ edited, segment }) => {
      const told = edited ? speakers.wholeOf(segment) : null;
      return told !== null && told.speaker !== segment.speaker;
    };
  }

  #labelMachine(versionId: string, speakers: SegmentSpeakers, text: EditableText | null): boolean {
    const builtOn = text === null ? new Set<string>() : this.#builtOn(text);
    let isChanged = false;
    for (const { id, channel, windowIndex, segment } of ownSegments(this.#connection, versionId)) {
      const parts = builtOn.has(id) ? wholeAsParts(speakers, segment) : speakers.partsOf(segment);
      if (parts === null) continue;
      isChanged = true;
      const placed = parts.map((part, index) => ({ ...part, id: index === 0 ? id : newId() }));
      for (const [index, { id: partId, ...part }] of placed.entries()) {
        if (index === 0) this.#rewrite(versionId, id, part);
        else {
          const place = { id: partId, versionId, origins: null, channel, windowIndex };
          insertSegment(this.#connection, { ...place, ...segmentColumns(part) });
        }
      }
      this.#parts.recentSplits.note(id, segment.text, placed);
    }
    return isChanged;
  }

  /** The machine's segments that edits have replaced, or did before they were undone: the log knows them by their ids. */
  #builtOn({ editedVersionId }: EditableText): Set<string> {
    const rows = this.#connection.all<{ id: string }>(
      `SELECT segment_id AS id FROM replaced_segments WHERE version_id = @editedVersionId
       UNION
       SELECT side.value AS id FROM edits, json_each(edits.changes) AS change, json_each(change.value) AS sides,
         json_each(sides.value) AS side
       WHERE edits.version_id = @editedVersionId AND side.type = 'text'`,
      { editedVersionId: editedVersionId ?? '' },
    );
    return new Set(rows.map(({ id }) => id));
  }

  #rewrite(versionId: string, id: string, segment: Segment): void {
    const { startMs, endMs, text, speaker, flags, words } = segmentColumns(segment);
    const isReworded = `UPDATE segments SET start_ms = @startMs, end_ms = @endMs, text = @text, speaker = @speaker,
      flags = @flags, words = @words WHERE version_id = @versionId AND id = @id`;
    this.#connection.run(isReworded, { versionId, id, startMs, endMs, text, speaker, flags, words });
  }

  #labelUnlabelled(
    recordingId: string,
    text: EditableText,
    speakers: SegmentSpeakers,
    atMs: number,
  ): boolean {
    const unlabelled = this.#current(this.#parts.edits.text(recordingId) ?? text).filter(
      ({ segment }) => segment.speaker === null,
    );
    return this.#edit(recordingId, text, unlabelled, speakers, atMs).changes?.length !== 0;
  }

  #edit(
    recordingId: string,
    text: EditableText,
    present: readonly StoredSegment[],
    speakers: SegmentSpeakers,
    atMs: number,
    recount: Recount | null = null,
  ): AppliedEdit {
    const changes = speakerChanges(present, speakers);
    if (changes.length === 0) return { changes: [], canUndo: text.canUndo, canRedo: text.canRedo };
    const texts = new Map(present.map(({ id, segment }) => [id, segment.text]));
    for (const { removed, inserted } of changes) {
      const parts = inserted.map(({ id, segment }) => ({ id, text: segment.text }));
      for (const id of removed) this.#parts.recentSplits.note(id, texts.get(id) ?? '', parts);
    }
    return this.#parts.edits.apply({ recordingId, text, present, changes, atMs, recount });
  }

  /** The labels as the text has them, of which several speakers may have one since the user said so; new ones for others. */
  #standingLabels(stored: StoredDiarization, segments: readonly StoredSegment[]): (string | null)[] {
    const labels = this.#labels(stored, segments);
    return mainLabelsIn(stored, segments, { isNamed: true }).map(
      (label, speaker) => label ?? labels[speaker] ?? null,
    );
  }

  #labels(stored: StoredDiarization, segments: readonly StoredSegment[]): (string | null)[] {
    const { turns, speakers, count, recordingId } = stored;
    const { matterId } = this.#parts.recordings.get(recordingId);
    const voices = matterId === null ? [] : this.#parts.knownVoices.list({ matterId, nowMs: Date.now() });
    const names = speakers.map(({ known }) => voices.find(({ id }) => id === known?.voiceId)?.name ?? null);
    return speakerLabels(
      { turns, names, count },
      segments.map(({ segment }) => segment),
    );
  }

  #keepLabels(stored: StoredDiarization, labels: readonly (string | null)[]): void {
    this.#parts.diarizations.keep({
      ...stored,
      speakers: stored.speakers.map((speaker, index) => ({ ...speaker, label: labels[index] ?? null })),
    });
  }

  #current(text: EditableText): StoredSegment[] {
    return currentSegments(this.#parts.segments, text);
  }
}

function currentSegments(
  segments: SegmentReader,
  { machineVersionId, editedVersionId }: EditableText,
): StoredSegment[] {
  return segments.all(editedVersionId ?? machineVersionId);
}

function mainLabelsIn(
  { turns, speakers }: StoredDiarization,
  segments: readonly StoredSegment[],
  options: { isNamed?: boolean } = {},
): (string | null)[] {
  const spoken = segments.map(({ segment }) => segment);
  return mainLabels(turns, speakers.length, spoken, options);
}

function wholeAsParts(speakers: SegmentSpeakers, segment: Segment): Segment[] | null {
  const whole = speakers.wholeOf(segment);
  return whole === null ? null : [whole];
}
