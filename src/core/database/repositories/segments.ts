import { Segment, type SegmentFlag, type Word } from '../../../contract/transcript.ts';
import type { Connection, ReadableConnection } from '../connection.ts';
import { requiredRow } from '../required-row.ts';

/** A segment with its place: which window of which channel it came from. */
export interface StoredSegment {
  readonly id: number;
  /** How edits name it. Stays the same while its text is edited. */
  readonly key: string;
  /** The ids of the machine's segments it stands for: its own, unless it was edited. */
  readonly origins: readonly number[];
  /** Whether the user made it what it is. */
  readonly edited: boolean;
  readonly channel: number;
  readonly windowIndex: number;
  readonly segment: Segment;
}

/** Where a page of segments begins: behind this one. */
export type SegmentCursor = { readonly startMs: number; readonly channel: number; readonly id: number };

/** What assembling a transcript adds to a segment. */
export interface SegmentLabel {
  readonly id: number;
  readonly speaker: string | null;
  readonly flags: SegmentFlag[];
}

/** A row of `segments`, as `SEGMENT_COLUMNS` selects it. */
export interface SegmentRow {
  id: number;
  editKey: string | null;
  copiedFrom: number | null;
  origins: string | null;
  channel: number;
  windowIndex: number;
  startMs: number;
  endMs: number;
  text: string;
  speaker: string | null;
  language: string;
  confidence: number;
  flags: string;
  words: string;
}

/** A word as the column holds it: an array of arrays is a third of the length of one of objects. */
type CompactWord = [startMs: number, endMs: number, text: string, confidence: number];

/** What `storedSegmentOf` needs of a row of `segments`. */
export const SEGMENT_COLUMNS = `id, edit_key AS editKey, copied_from AS copiedFrom, origins, channel, window_index AS windowIndex,
  start_ms AS startMs, end_ms AS endMs, text, speaker, language, confidence, flags, words`;

const BEHIND_CURSOR = '(start_ms, channel, id) > (@startMs, @channel, @id)';

/** One page of a machine version's segments in the transcript's order. */
export const SEGMENT_PAGE = `SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @versionId AND ${BEHIND_CURSOR} ORDER BY start_ms, channel, id LIMIT @limit`;

/** One page of an edited version: its own segments, and those of its parent that it does not replace. */
export const EDITED_PAGE = `SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @versionId AND ${BEHIND_CURSOR}
  UNION ALL
  SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @parentId AND ${BEHIND_CURSOR}
    AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
      WHERE replaced.version_id = @versionId AND replaced.segment_id = segments.id)
  ORDER BY startMs, channel, id LIMIT @limit`;

const BEFORE_ALL: SegmentCursor = { startMs: -1, channel: -1, id: -1 };

/** Reads segments. Their order is by start, then channel, then the order in which they were heard. */
export class SegmentReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** All segments of a version. For hours of recording read it page by page: `eachSegment`. */
  list(versionId: string): Segment[] {
    return this.page({ versionId, limit: Number.MAX_SAFE_INTEGER }).map(({ segment }) => segment);
  }

  /** At most `limit` segments behind `after`; from the first without it. */
  page({
    versionId,
    after = null,
    limit,
  }: {
    versionId: string;
    after?: SegmentCursor | null;
    limit: number;
  }): StoredSegment[] {
    const { startMs, channel, id } = after ?? BEFORE_ALL;
    const parentId = this.#parentOfEdited(versionId);
    const cursor = { versionId, startMs, channel, id, limit };
    const rows =
      parentId === null
        ? this.#connection.all<SegmentRow>(SEGMENT_PAGE, cursor)
        : this.#connection.all<SegmentRow>(EDITED_PAGE, { ...cursor, parentId });
    return rows.map(storedSegmentOf);
  }

  /** How many segments of its own a version has. */
  count(versionId: string): number {
    const sql = 'SELECT count(*) AS count FROM segments WHERE version_id = @versionId';
    return requiredRow(this.#connection.one<{ count: number }>(sql, { versionId }), 'count').count;
  }

  /** The segments that were added to a machine version after the one of the id `afterId`, in order of their ids. */
  addedSince({ versionId, afterId }: { versionId: string; afterId: number }): StoredSegment[] {
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId AND id > @afterId ORDER BY id`;
    return this.#connection.all<SegmentRow>(sql, { versionId, afterId }).map(storedSegmentOf);
  }

  #parentOfEdited(versionId: string): string | null {
    const sql = "SELECT parent_id AS parentId FROM versions WHERE id = @versionId AND kind = 'edited'";
    return this.#connection.one<{ parentId: string | null }>(sql, { versionId })?.parentId ?? null;
  }
}

/** Reads and writes segments. Those of a finished version never change. */
export class Segments extends SegmentReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Adds what was heard in one window, checked against the contract; confidences are kept to four decimals. */
  addOfWindow({
    versionId,
    channel,
    windowIndex,
    segments,
  }: {
    versionId: string;
    channel: number;
    windowIndex: number;
    segments: readonly Segment[];
  }): void {
    this.#connection.transaction(() => {
      this.#refuseFinished(versionId);
      for (const segment of segments) {
        this.#connection.run(
          `INSERT INTO segments (version_id, channel, window_index, start_ms, end_ms, text, speaker, language,
             confidence, flags, words)
           VALUES (@versionId, @channel, @windowIndex, @startMs, @endMs, @text, @speaker, @language, @confidence,
             @flags, @words)`,
          { versionId, channel, windowIndex, ...segmentColumns(Segment.parse(segment)) },
        );
      }
    });
  }

  /** Sets speakers and flags of segments of a version that is not finished. */
  label({ versionId, labels }: { versionId: string; labels: readonly SegmentLabel[] }): void {
    this.#connection.transaction(() => {
      this.#refuseFinished(versionId);
      for (const { id, speaker, flags } of labels) {
        this.#connection.run(
          'UPDATE segments SET speaker = @speaker, flags = @flags WHERE id = @id AND version_id = @versionId',
          { versionId, id, speaker, flags: JSON.stringify(Segment.shape.flags.parse(flags)) },
        );
      }
    });
  }

  #refuseFinished(versionId: string): void {
    const sql = 'SELECT completed_at_ms AS completedAtMs FROM versions WHERE id = @versionId';
    const row = this.#connection.one<{ completedAtMs: number | null }>(sql, { versionId });
    if (requiredRow(row, 'version').completedAtMs !== null)
      throw new Error('a finished version never changes');
  }
}

/** The segment that a row holds. */
export function storedSegmentOf(row: SegmentRow): StoredSegment {
  const { id, editKey, copiedFrom, origins, channel, windowIndex, flags, words, ...segment } = row;
  return {
    id,
    key: editKey ?? String(copiedFrom ?? id),
    origins: origins === null ? [id] : (JSON.parse(origins) as number[]),
    edited: editKey !== null,
    channel,
    windowIndex,
    segment: {
      ...segment,
      flags: JSON.parse(flags) as SegmentFlag[],
      words: (JSON.parse(words) as CompactWord[]).map(wordOf),
    },
  };
}

function wordOf([startMs, endMs, text, confidence]: CompactWord): Word {
  return { startMs, endMs, text, confidence };
}

/** A segment as the columns of a row hold it; confidences are kept to four decimals. */
export function segmentColumns({ words, flags, confidence, ...segment }: Segment) {
  const compact = words.map(
    (word): CompactWord => [word.startMs, word.endMs, word.text, fourDecimals(word.confidence)],
  );
  return {
    ...segment,
    confidence: fourDecimals(confidence),
    flags: JSON.stringify(flags),
    words: JSON.stringify(compact),
  };
}

function fourDecimals(confidence: number): number {
  return Math.round(confidence * 10_000) / 10_000;
}
