import type { AppliedCorrection, CorrectionKey } from '../../../contract/correction-rules.ts';
import type { JobRange } from '../../../contract/job.ts';
import {
  type CorrectedText,
  correctAcross,
  correctByRules,
  type MadeCorrection,
  type ReadyRules,
  readyRules,
  standingPlaces,
} from '../../text-alignment/correct-by-rules.ts';
import { replaceTexts } from '../../text-alignment/replace-texts.ts';
import type { NewChange, StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import type { RecordingReader } from '../recordings/recordings.db.ts';
import { requiredRow } from '../required-row.ts';
import type { AppliedEdit, EditableText, Edits } from '../transcripts/edits.db.ts';
import type { SegmentReader } from '../transcripts/segments.db.ts';
import type { VersionReader } from '../transcripts/versions.db.ts';
import type { CorrectionRuleReader } from './correction-rules.db.ts';

/** The repositories that automatic corrections use. */
interface Parts {
  readonly rules: CorrectionRuleReader;
  readonly edits: Edits;
  readonly segments: SegmentReader;
  readonly versions: VersionReader;
  readonly recordings: RecordingReader;
}

interface StoredCorrection extends MadeCorrection {
  readonly versionId: string;
  readonly number: number;
  readonly segmentId: string;
  readonly startMs: number;
}

const STORED = `SELECT version_id AS versionId, number, segment_id AS segmentId, start_ms AS startMs,
    text_index AS "index", found, replacement
  FROM applied_corrections WHERE version_id = @versionId ORDER BY number`;

/**
 * Corrects what the machine wrote by the rules of the vault and of the recording's matter, as one edit of kind `rules`: the
 * machine's version stays as it was, and words that were not replaced keep their times.
 */
export class AutomaticCorrections {
  readonly #connection: Connection;
  readonly #parts: Parts;

  constructor(connection: Connection, parts: Parts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /**
   * Corrects the segments of the current text that no edit has touched, in a range or in all; returns the number of
   * corrections. A machine version is corrected once: again it returns 0.
   */
  apply({ recordingId, range, atMs }: { recordingId: string; range: JobRange | null; atMs: number }): number {
    const { rules, edits, recordings } = this.#parts;
    return this.#connection.transaction(() => {
      const { matterId } = recordings.get(recordingId);
      const ofMatter = matterId === null ? [] : rules.list({ matterId });
      const ready = readyRules([ofMatter, rules.list({ matterId: null })]);
      const text = edits.text(recordingId);
      if (ready.any === null || text === null || this.#stored(text.machineVersionId).length > 0) return 0;
      const present: StoredSegment[] = [];
      const changes: NewChange[] = [];
      let number = 0;
      for (const { segment, corrected } of correctedSegments(this.#all(text), range, ready)) {
        present.push(segment);
        changes.push(...replaceTexts([segment], [corrected.text]));
        const starts = startsOf(segment, corrected.made);
        for (const [index, made] of corrected.made.entries()) {
          number += 1;
          const startMs = starts[index] ?? segment.segment.startMs;
          this.#store({ ...made, versionId: text.machineVersionId, number, segmentId: segment.id, startMs });
        }
      }
      if (changes.length === 0) return 0;
      edits.apply({ recordingId, text, present, changes, atMs, kind: 'rules' });
      return number;
    });
  }

  /** The corrections in the current text of a recording, in its order; those whose segment is gone are left out. */
  list({ recordingId }: { recordingId: string }): AppliedCorrection[] {
    return this.#found(recordingId).map(
      ({ place, segment: _, segmentId: _id, index: _index, ...correction }) => ({
        ...correction,
        stands: place !== null,
      }),
    );
  }

  /** Takes corrections back, or all (null) that still stand, as one edit; returns how many, too. */
  takeBack({
    recordingId,
    keys,
    atMs,
  }: {
    recordingId: string;
    keys: readonly CorrectionKey[] | null;
    atMs: number;
  }): {
    count: number;
    edit: AppliedEdit;
  } {
    const { edits } = this.#parts;
    return this.#connection.transaction(() => {
      const text = edits.text(recordingId);
      const isMeant = (one: CorrectionKey) =>
        keys === null || keys.some((key) => key.versionId === one.versionId && key.number === one.number);
      const meant = this.#found(recordingId).filter((one) => one.place !== null && isMeant(one));
      if (text === null || meant.length === 0) {
        return {
          count: 0,
          edit: { changes: [], canUndo: text?.canUndo ?? false, canRedo: text?.canRedo ?? false },
        };
      }
      const changes = [...Map.groupBy(meant, ({ segmentId }) => segmentId).values()].flatMap((ofOne) => {
        const { segment } = ofOne[0] as (typeof ofOne)[number];
        // From behind, so that the places before stay where they are.
        const behindFirst = ofOne.toSorted((a, b) => (b.place ?? 0) - (a.place ?? 0));
        const restored = behindFirst.reduce(
          (words, { place, found, replacement }) =>
            words.slice(0, place ?? 0) + found + words.slice((place ?? 0) + replacement.length),
          segment.segment.text,
        );
        return replaceTexts([segment], [restored]);
      });
      const present = [...new Map(meant.map(({ segment }) => [segment.id, segment])).values()];
      return { count: meant.length, edit: edits.apply({ recordingId, text, present, changes, atMs }) };
    });
  }

  #found(recordingId: string): (StoredCorrection & { segment: StoredSegment; place: number | null })[] {
    const { edits, versions } = this.#parts;
    const text = edits.text(recordingId);
    if (text === null) return [];
    const machine = requiredRow(versions.get(text.machineVersionId), 'version');
    const stored = versions.layers(machine).flatMap(({ id }) => this.#stored(id));
    const ids = [...new Set(stored.map(({ segmentId }) => segmentId))];
    const found = new Map(edits.find({ text, ids }).map((segment) => [segment.id, segment]));
    return [...Map.groupBy(stored, ({ segmentId }) => segmentId)]
      .flatMap(([id, made]) => {
        const segment = found.get(id);
        if (segment === undefined) return [];
        const places = standingPlaces(segment.segment.text, made);
        return made.map((one, index) => ({ ...one, segment, place: places[index] ?? null }));
      })
      .sort((a, b) => a.startMs - b.startMs || a.number - b.number);
  }

  #store({ versionId, number, segmentId, startMs, index, found, replacement }: StoredCorrection): void {
    this.#connection.run(
      `INSERT INTO applied_corrections (version_id, number, segment_id, start_ms, text_index, found, replacement)
       VALUES (@versionId, @number, @segmentId, @startMs, @index, @found, @replacement)`,
      { versionId, number, segmentId, startMs, index, found, replacement },
    );
  }

  #stored(versionId: string): StoredCorrection[] {
    return this.#connection.all<StoredCorrection>(STORED, { versionId });
  }

  #all(text: EditableText): StoredSegment[] {
    return this.#parts.segments.all(text.editedVersionId ?? text.machineVersionId);
  }
}

/** The segments that rules change, in their order, with what they become; those that are edited, or not in the range, stay. */
function correctedSegments(
  all: readonly StoredSegment[],
  range: JobRange | null,
  ready: ReadyRules,
): { segment: StoredSegment; corrected: CorrectedText }[] {
  const list = all.map((segment) => {
    const isOpen = !segment.edited && isWithin(segment, range);
    const { text } = segment.segment;
    const asItIs = { text, made: [] };
    return { segment, isOpen, corrected: isOpen ? (correctByRules(text, ready) ?? asItIs) : asItIs };
  });
  for (const ofChannel of Map.groupBy(list, ({ segment }) => segment.channel).values()) {
    for (const [index, one] of ofChannel.entries()) {
      const next = ofChannel[index + 1];
      if (next === undefined || !one.isOpen || !next.isOpen || !goesOn(one.segment, next.segment)) continue;
      const across = correctAcross(one.corrected, next.corrected, ready);
      if (across !== null) [one.corrected, next.corrected] = across;
    }
  }
  return list.filter(({ corrected }) => corrected.made.length > 0);
}

/** A longer pause between two segments is not one within a phrase. */
const LONGEST_PAUSE_MS = 2000;

/** Whether one speaker goes on from a segment to the next without a long pause. */
function goesOn({ segment: a }: StoredSegment, { segment: b }: StoredSegment): boolean {
  return a.speaker === b.speaker && b.startMs - a.endMs <= LONGEST_PAUSE_MS;
}

function isWithin({ segment }: StoredSegment, range: JobRange | null): boolean {
  if (range === null) return true;
  return segment.startMs >= range.startMs && (range.endMs === null || segment.endMs <= range.endMs);
}

/** When the first word of each correction is said; of a segment without word times, its own start. */
function startsOf({ segment: { words, startMs } }: StoredSegment, made: readonly MadeCorrection[]): number[] {
  let from = 0;
  return made.map(({ found }) => {
    const [first = ''] = found.split(/\s+/u);
    const at = words.findIndex(({ text }, index) => index >= from && text.includes(first));
    if (at >= 0) from = at + 1;
    return words[at]?.startMs ?? startMs;
  });
}
