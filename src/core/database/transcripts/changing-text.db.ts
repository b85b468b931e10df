import { AppError } from '../../../contract/errors.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';
import { insertReplaced, type LoggedChange, type LoggedSegment } from './edit-log.db.ts';
import type { FtsTombstones } from './fts-tombstones.db.ts';
import {
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentCursor,
  type SegmentRow,
  segmentColumns,
  storedSegmentOf,
} from './segments.db.ts';

/** A text that has an edited version. */
export interface EditedText {
  readonly versionId: string;
  readonly machineVersionId: string;
}

/** One stretch that has changed. Changes of one edit are to be followed in order. */
export interface AppliedChange {
  /** The key of the segment before the first inserted one; null where that is the first, or none was inserted. */
  readonly after: string | null;
  readonly removed: readonly string[];
  readonly inserted: readonly StoredSegment[];
}

/** Where more segments come and go, opening the text anew is less work for everyone than being told of each. */
export const MOST_TOLD = 200;

/** Makes the changes of edits in what stands in the database. Belongs into the transaction of the edit. */
export class ChangingText {
  readonly #connection: Connection;
  readonly #tombstones: FtsTombstones;

  constructor(connection: Connection, tombstones: FtsTombstones) {
    this.#connection = connection;
    this.#tombstones = tombstones;
  }

  /**
   * Makes changes one after the other; gives what they have changed, or null where that is too much to tell. Throws
   * `transcript.changed` where a segment that is to go is not there.
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
    const stored = change.inserted.map((segment) => this.#stored(text, segment));
    stored.sort((a, b) => a.segment.startMs - b.segment.startMs || a.channel - b.channel || a.id - b.id);
    const gone = change.removed.map((segment) =>
      typeof segment === 'number' ? this.#stored(text, segment).key : segment.key,
    );
    return this.#runs(text, gone, stored);
  }

  #make(text: EditedText, { removed, inserted }: LoggedChange): void {
    for (const segment of removed) this.#remove(text, segment);
    for (const segment of inserted) this.#insert(text, segment);
  }

  /** What stands there now, as one change for each run of neighbours: others may speak between them. */
  #runs(text: EditedText, removed: string[], stored: readonly StoredSegment[]): AppliedChange[] {
    const runs: { after: string | null; removed: string[]; inserted: StoredSegment[] }[] = [];
    for (const segment of stored) {
      const after = this.#keyBefore(text, segment);
      const run = runs.at(-1);
      if (run !== undefined && run.inserted.at(-1)?.key === after) run.inserted.push(segment);
      else runs.push({ after, removed: runs.length === 0 ? removed : [], inserted: [segment] });
    }
    return runs.length === 0 ? [{ after: null, removed, inserted: [] }] : runs;
  }

  #remove({ versionId }: EditedText, segment: LoggedSegment): void {
    const changed =
      typeof segment === 'number'
        ? insertReplaced(this.#connection, versionId, segment)
        : this.#connection.run('DELETE FROM segments WHERE version_id = @versionId AND edit_key = @key', {
            versionId,
            key: segment.key,
          });
    if (changed !== 1) throw new AppError('transcript.changed', {});
  }

  #insert({ versionId }: EditedText, segment: LoggedSegment): void {
    if (typeof segment === 'number') {
      const changed = this.#connection.run(
        'DELETE FROM replaced_segments WHERE version_id = @versionId AND segment_id = @segment',
        { versionId, segment },
      );
      if (changed !== 1) throw new AppError('transcript.changed', {});
      return;
    }
    const { key, channel, windowIndex, origins } = segment;
    const place = { versionId, editKey: key, origins: JSON.stringify(origins), channel, windowIndex };
    insertSegment(this.#connection, { ...place, ...segmentColumns(segment.segment) });
  }

  /** The row of a segment that the log names. */
  #stored({ versionId }: EditedText, segment: LoggedSegment): StoredSegment {
    const [condition, parameters] =
      typeof segment === 'number'
        ? ['id = @id', { id: segment }]
        : ['version_id = @versionId AND edit_key = @key', { versionId, key: segment.key }];
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE ${condition}`;
    return storedSegmentOf(requiredRow(this.#connection.one<SegmentRow>(sql, parameters), 'segment'));
  }

  /** The key of the current segment before this one. */
  #keyBefore(
    { versionId, machineVersionId }: EditedText,
    { id, channel, segment }: StoredSegment,
  ): string | null {
    const cursor = { id, channel, startMs: segment.startMs };
    const edited = this.#before(versionId, versionId, cursor, null);
    // Replaced ones may lie thick before it: they are looked through only as far as the nearest edited one.
    const machine = this.#before(machineVersionId, versionId, cursor, edited);
    return (machine ?? edited)?.key ?? null;
  }

  #before(
    versionId: string,
    editedVersionId: string,
    { startMs, channel, id }: SegmentCursor,
    behind: StoredSegment | null,
  ): StoredSegment | null {
    const row = this.#connection.one<SegmentRow>(
      `SELECT ${SEGMENT_COLUMNS} FROM segments
       WHERE version_id = @versionId AND (start_ms, channel, id) < (@startMs, @channel, @id)
         AND (start_ms, channel, id) > (@behindMs, @behindChannel, @behindId)
         AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
           WHERE replaced.version_id = @editedVersionId AND replaced.segment_id = segments.id)
       ORDER BY start_ms DESC, channel DESC, id DESC LIMIT 1`,
      {
        versionId,
        editedVersionId,
        startMs,
        channel,
        id,
        behindMs: behind?.segment.startMs ?? -1,
        behindChannel: behind?.channel ?? -1,
        behindId: behind?.id ?? -1,
      },
    );
    return row === null ? null : storedSegmentOf(row);
  }
}

/**
 * Changes in the same order, with those that go on where the one before has ended as one with it. Of one change all that
 * goes is taken away first: what the one before stands behind, or has put there, cannot go with it.
 */
function joined(changes: readonly AppliedChange[]): AppliedChange[] {
  const runs: { after: string | null; removed: string[]; inserted: StoredSegment[] }[] = [];
  for (const { after, removed, inserted } of changes) {
    const last = runs.at(-1);
    const stands = [last?.after ?? null, ...(last?.inserted ?? []).map(({ key }) => key)];
    const goesOn =
      inserted.length === 0 ? last?.inserted.length === 0 : after !== null && after === stands.at(-1);
    if (last === undefined || !goesOn || removed.some((key) => stands.includes(key))) {
      runs.push({ after, removed: [...removed], inserted: [...inserted] });
      continue;
    }
    last.removed.push(...removed);
    last.inserted.push(...inserted);
  }
  return runs;
}
