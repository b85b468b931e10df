import { AppError } from '../../../contract/errors.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';
import type { FtsTombstones } from '../search/fts-tombstones.db.ts';
import { idOf, insertReplaced, type LoggedChange, type LoggedSegment } from './edit-log.db.ts';
import {
  editedColumns,
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentCursor,
  type SegmentRow,
  storedSegmentOf,
} from './segments.db.ts';

/** A text that has an edited version. */
export interface EditedText {
  readonly versionId: string;
  readonly machineVersionId: string;
}

/** One range that has changed. Changes of one edit must be applied in order. */
export interface AppliedChange {
  /** The id of the segment before the first inserted one; null if that is the first, or none was inserted. */
  readonly after: string | null;
  readonly removed: readonly string[];
  readonly inserted: readonly StoredSegment[];
}

/** If more segments change, reopening the text costs less than a change for each. */
export const MOST_TOLD = 200;

/** Applies the changes of edits to the stored text. Call within the transaction of the edit. */
export class ChangingText {
  readonly #connection: Connection;
  readonly #tombstones: FtsTombstones;

  constructor(connection: Connection, tombstones: FtsTombstones) {
    this.#connection = connection;
    this.#tombstones = tombstones;
  }

  /**
   * Applies changes one after the other; returns what changed, or null if more than `MOST_TOLD`. Throws
   * `transcript.changed` if a segment to be removed does not exist.
   */
  follow(text: EditedText, changes: readonly LoggedChange[]): AppliedChange[] | null {
    const size = changes.reduce((sum, { removed, inserted }) => sum + removed.length + inserted.length, 0);
    if (size <= MOST_TOLD) return joined(changes.flatMap((change) => this.#followTelling(text, change)));
    this.#tombstones.leaving(() => {
      for (const change of changes) this.#make(text, change);
    });
    return null;
  }

  #followTelling(text: EditedText, change: LoggedChange): AppliedChange[] {
    this.#make(text, change);
    const rows = change.inserted.map((segment) => this.#row(text, segment));
    rows.sort((a, b) => a.startMs - b.startMs || a.channel - b.channel || a.rowid - b.rowid);
    return this.#runs(text, change.removed.map(idOf), rows);
  }

  #make(text: EditedText, { removed, inserted }: LoggedChange): void {
    for (const segment of removed) this.#remove(text, segment);
    for (const segment of inserted) this.#insert(text, segment);
  }

  /** The inserted rows, as one change for each run of neighbours: other segments may be between them. */
  #runs(text: EditedText, removed: string[], rows: readonly SegmentRow[]): AppliedChange[] {
    const runs: { after: string | null; removed: string[]; inserted: StoredSegment[] }[] = [];
    for (const row of rows) {
      const after = this.#idBefore(text, row);
      const run = runs.at(-1);
      const segment = storedSegmentOf(row);
      if (run !== undefined && run.inserted.at(-1)?.id === after) run.inserted.push(segment);
      else runs.push({ after, removed: runs.length === 0 ? removed : [], inserted: [segment] });
    }
    return runs.length === 0 ? [{ after: null, removed, inserted: [] }] : runs;
  }

  #remove({ versionId }: EditedText, segment: LoggedSegment): void {
    const changed =
      typeof segment === 'string'
        ? insertReplaced(this.#connection, versionId, segment)
        : this.#connection.run('DELETE FROM segments WHERE version_id = @versionId AND id = @id', {
            versionId,
            id: segment.id,
          });
    if (changed !== 1) throw new AppError('transcript.changed', {});
  }

  #insert({ versionId }: EditedText, segment: LoggedSegment): void {
    if (typeof segment === 'string') {
      const changed = this.#connection.run(
        'DELETE FROM replaced_segments WHERE version_id = @versionId AND segment_id = @segment',
        { versionId, segment },
      );
      if (changed !== 1) throw new AppError('transcript.changed', {});
      return;
    }
    insertSegment(this.#connection, { versionId, ...editedColumns(segment) });
  }

  /** The row of a segment that the log names. */
  #row({ versionId, machineVersionId }: EditedText, segment: LoggedSegment): SegmentRow {
    const row = this.#connection.one<SegmentRow>(
      `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId AND id = @id`,
      { versionId: typeof segment === 'string' ? machineVersionId : versionId, id: idOf(segment) },
    );
    return requiredRow(row, 'segment');
  }

  /** The id of the current segment before this one. */
  #idBefore({ versionId, machineVersionId }: EditedText, row: SegmentRow): string | null {
    const edited = this.#before(versionId, null, row, null);
    // Many replaced ones may precede it: the search ends at the nearest edited one.
    const machine = this.#before(machineVersionId, versionId, row, edited);
    return (machine ?? edited)?.id ?? null;
  }

  #before(
    versionId: string,
    replacedIn: string | null,
    { startMs, channel, rowid }: SegmentCursor,
    behind: SegmentCursor | null,
  ): (SegmentCursor & { readonly id: string }) | null {
    return this.#connection.one(
      `SELECT id, start_ms AS startMs, channel, rowid FROM segments
       WHERE version_id = @versionId AND (start_ms, channel, rowid) < (@startMs, @channel, @rowid)
         AND (start_ms, channel, rowid) > (@behindMs, @behindChannel, @behindRowid)
         AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
           WHERE replaced.version_id = @replacedIn AND replaced.segment_id = segments.id)
       ORDER BY start_ms DESC, channel DESC, rowid DESC LIMIT 1`,
      {
        versionId,
        replacedIn,
        startMs,
        channel,
        rowid,
        behindMs: behind?.startMs ?? -1,
        behindChannel: behind?.channel ?? -1,
        behindRowid: behind?.rowid ?? -1,
      },
    );
  }
}

/**
 * Changes in the same order, with each that continues the one before merged into it. Of one change all removals come
 * first: the segment that the one before follows, or those it inserted, cannot be removed with it.
 */
function joined(changes: readonly AppliedChange[]): AppliedChange[] {
  const runs: { after: string | null; removed: string[]; inserted: StoredSegment[] }[] = [];
  for (const { after, removed, inserted } of changes) {
    const last = runs.at(-1);
    const stands = [last?.after ?? null, ...(last?.inserted ?? []).map(({ id }) => id)];
    const goesOn =
      inserted.length === 0 ? last?.inserted.length === 0 : after !== null && after === stands.at(-1);
    if (last === undefined || !goesOn || removed.some((id) => stands.includes(id))) {
      runs.push({ after, removed: [...removed], inserted: [...inserted] });
      continue;
    }
    last.removed.push(...removed);
    last.inserted.push(...inserted);
  }
  return runs;
}
