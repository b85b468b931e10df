import { v7 as newId } from 'uuid';
import { type PackedWord, packWords, unpackWord } from '../../../contract/packed-segments.ts';
import { Segment, type SegmentFlag } from '../../../contract/transcript.ts';
import type { NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';

/** A page of segments begins after this position in the transcript's order. */
export interface SegmentCursor {
  readonly startMs: number;
  readonly channel: number;
  readonly rowid: number;
}

/** Some segments in the transcript's order. */
export interface SegmentPage {
  readonly segments: StoredSegment[];
  /** The start of the next page; null if this is the last. */
  readonly next: SegmentCursor | null;
}

interface OutlineRow {
  /** Order of insertion: that of segments with the same start and channel. */
  rowid: number;
  id: string;
  edited: 0 | 1;
  channel: number;
  startMs: number;
  endMs: number;
  text: string;
  speaker: string | null;
  language: string;
  confidence: number;
  flags: string;
}

/** A row of `segments`, as `SEGMENT_COLUMNS` selects it. */
export interface SegmentRow extends OutlineRow {
  /** A JSON array of ids; null for the machine's. */
  origins: string | null;
  windowIndex: number;
  words: string;
}

/** The columns needed to show a row's text. */
const OUTLINE_COLUMNS = `rowid, id, origins IS NOT NULL AS edited, channel, start_ms AS startMs, end_ms AS endMs, text,
  speaker, language, confidence, flags`;

/** The columns that `storedSegmentOf` needs. */
export const SEGMENT_COLUMNS = `${OUTLINE_COLUMNS}, origins, window_index AS windowIndex, words`;

const BEHIND_CURSOR = '(start_ms, channel, rowid) > (@startMs, @channel, @rowid)';

/** One page of a machine version's segments in the transcript's order. */
const pageOf = (columns: string) => `SELECT ${columns} FROM segments
  WHERE version_id = @versionId AND ${BEHIND_CURSOR} ORDER BY start_ms, channel, rowid LIMIT @limit`;

/** One page of an edited version: its own segments, and those of its parent that it does not replace. */
const editedPageOf = (columns: string) => `SELECT ${columns} FROM segments
  WHERE version_id = @versionId AND ${BEHIND_CURSOR}
  UNION ALL
  SELECT ${columns} FROM segments
  WHERE version_id = @parentId AND ${BEHIND_CURSOR}
    AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
      WHERE replaced.version_id = @versionId AND replaced.segment_id = segments.id)
  ORDER BY startMs, channel, rowid LIMIT @limit`;

/** One page of a machine version's segments, whole. */
export const SEGMENT_PAGE = pageOf(SEGMENT_COLUMNS);

/** One page of an edited version's segments, whole. */
export const EDITED_PAGE = editedPageOf(SEGMENT_COLUMNS);

/**
 * All rows of a page as one text, of the form that `unpackSegments` accepts: made within SQLite in a third of the time
 * of rows as objects.
 */
const packedOf = (page: string) => `SELECT ifnull(group_concat(json_array(
    id, channel, edited, startMs, endMs, text, speaker, language, confidence, json(flags)
  ), char(10) ORDER BY startMs, channel, rowid), '') AS packed FROM (${page})`;

const PACKED = packedOf(pageOf(OUTLINE_COLUMNS));

const EDITED_PACKED = packedOf(editedPageOf(OUTLINE_COLUMNS));

const BEFORE_ALL: SegmentCursor = { startMs: -1, channel: -1, rowid: -1 };

/** Reads segments. Their order is by start, then channel, then insertion. */
export class SegmentReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** All segments of a version. For hours of recording read it page by page: `eachSegment`. */
  all(versionId: string): StoredSegment[] {
    return this.page({ versionId, limit: Number.MAX_SAFE_INTEGER }).segments;
  }

  /** All segments of a version, without ids and channels. */
  list(versionId: string): Segment[] {
    return this.all(versionId).map(({ segment }) => segment);
  }

  /** At most `limit` segments after `after`; from the first without it. */
  page({
    versionId,
    after = null,
    limit,
  }: {
    versionId: string;
    after?: SegmentCursor | null;
    limit: number;
  }): SegmentPage {
    const { startMs, channel, rowid } = after ?? BEFORE_ALL;
    const parentId = this.#parentOfEdited(versionId);
    const cursor = { versionId, startMs, channel, rowid, limit };
    const rows =
      parentId === null
        ? this.#connection.all<SegmentRow>(SEGMENT_PAGE, cursor)
        : this.#connection.all<SegmentRow>(EDITED_PAGE, { ...cursor, parentId });
    const last = rows.length < limit ? undefined : rows.at(-1);
    const next = last && { startMs: last.startMs, channel: last.channel, rowid: last.rowid };
    return { segments: rows.map(storedSegmentOf), next: next ?? null };
  }

  /** All segments of a version without their words, as `unpackSegments` accepts them. */
  packed({ versionId }: { versionId: string }): string {
    const parentId = this.#parentOfEdited(versionId);
    const cursor = { versionId, ...BEFORE_ALL, limit: Number.MAX_SAFE_INTEGER };
    const row =
      parentId === null
        ? this.#connection.one<{ packed: string }>(PACKED, cursor)
        : this.#connection.one<{ packed: string }>(EDITED_PACKED, { ...cursor, parentId });
    return requiredRow(row, 'text').packed;
  }

  /** The number of a version's own segments. */
  count(versionId: string): number {
    const sql = 'SELECT count(*) AS count FROM segments WHERE version_id = @versionId';
    return requiredRow(this.#connection.one<{ count: number }>(sql, { versionId }), 'count').count;
  }

  /** The segments that were added to a machine version after this one, or all, in order of insertion. */
  addedSince({ versionId, afterId }: { versionId: string; afterId: string | null }): StoredSegment[] {
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId AND rowid > ifnull(
        (SELECT rowid FROM segments WHERE version_id = @versionId AND id = @afterId), -1) ORDER BY rowid`;
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

  /**
   * Adds the segments of one window, validated against the contract: here a segment gets its id, which is returned, in
   * the same order. Confidences are kept to four decimals.
   */
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
  }): string[] {
    return this.#connection.transaction(() => {
      this.#refuseFinished(versionId);
      return segments.map((segment) => {
        const id = newId();
        const place = { id, versionId, origins: null, channel, windowIndex };
        insertSegment(this.#connection, { ...place, ...segmentColumns(Segment.parse(segment)) });
        return id;
      });
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
  const { rowid: _, id, edited, origins, channel, windowIndex, flags, words, ...segment } = row;
  return {
    id,
    origins: origins === null ? [id] : (JSON.parse(origins) as string[]),
    edited: edited === 1,
    channel,
    windowIndex,
    segment: {
      ...segment,
      flags: JSON.parse(flags) as SegmentFlag[],
      words: (JSON.parse(words) as PackedWord[]).map(unpackWord),
    },
  };
}

/** The words of rows, as `unpackWords` accepts them. */
export function packedWordsOf(rows: readonly SegmentRow[]): string {
  return packWords(rows.map(({ id, words }) => ({ id, packed: words })));
}

/** A row of `segments` as it is inserted. */
type InsertedRow = Omit<SegmentRow, 'rowid' | 'edited'> & { readonly versionId: string };

/** Inserts a segment; the only place that does. */
export function insertSegment(connection: Connection, row: InsertedRow): void {
  connection.run(
    `INSERT INTO segments (id, version_id, origins, channel, window_index, start_ms, end_ms, text, speaker, language,
       confidence, flags, words)
     VALUES (@id, @versionId, @origins, @channel, @windowIndex, @startMs, @endMs, @text, @speaker, @language,
       @confidence, @flags, @words)`,
    { ...row },
  );
}

/** A segment of an edit as the columns of a row hold it. */
export function editedColumns({ id, channel, windowIndex, origins, segment }: NewSegment) {
  return { id, channel, windowIndex, origins: JSON.stringify(origins), ...segmentColumns(segment) };
}

/** A segment as the columns of a row hold it; confidences are kept to four decimals. */
export function segmentColumns({ words, flags, confidence, ...segment }: Segment) {
  const compact = words.map(
    (word): PackedWord => [word.startMs, word.endMs, word.text, fourDecimals(word.confidence)],
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
