import type { NewSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';

/** A segment as the log holds it: the machine's, which never changes, by its id; one of an edit in full. */
export type LoggedSegment = string | NewSegment;

/** One range that an edit has changed, as the log holds it. */
export interface LoggedChange {
  readonly removed: readonly LoggedSegment[];
  readonly inserted: readonly LoggedSegment[];
}

/** An edit as the log holds it. */
export interface LoggedEdit {
  readonly number: number;
  readonly atMs: number;
  readonly changes: readonly LoggedChange[];
  readonly undone: 0 | 1;
  readonly undoGroup: string | null;
  /** `rules` for what the automatic corrections changed; null for the edits of people. */
  readonly kind: EditKind;
  /** What it made of the number of speakers, as `Recount` is written; null if it did not tell them apart anew. */
  readonly recount: string | null;
}

/** Who made an edit: see `LoggedEdit`. */
export type EditKind = 'rules' | null;

/** Inserts an edit into the log of a version, by default with its next number; the only place that does. */
export function insertEdit(
  connection: Connection,
  versionId: string,
  {
    number = null,
    atMs,
    changes,
    undone = 0,
    undoGroup,
    kind = null,
    recount = null,
  }: Pick<LoggedEdit, 'atMs' | 'changes' | 'undoGroup'> & {
    number?: number | null;
    undone?: 0 | 1;
    kind?: EditKind;
    recount?: string | null;
  },
): void {
  connection.run(
    `INSERT INTO edits (version_id, number, at_ms, changes, undone, undo_group, kind, recount) VALUES (@versionId,
       ifnull(@number, (SELECT ifnull(max(number), 0) + 1 FROM edits WHERE version_id = @versionId)),
       @atMs, @changes, @undone, @undoGroup, @kind, @recount)`,
    { versionId, number, atMs, changes: JSON.stringify(changes), undone, undoGroup, kind, recount },
  );
}

/** Marks a machine segment as replaced in an edited version; returns the rows inserted: 0 if it was already. */
export function insertReplaced(connection: Connection, versionId: string, segmentId: string): number {
  return connection.run(
    'INSERT OR IGNORE INTO replaced_segments (version_id, segment_id) VALUES (@versionId, @segmentId)',
    { versionId, segmentId },
  );
}

/** The id of a segment of the log. */
export function idOf(segment: LoggedSegment): string {
  return typeof segment === 'string' ? segment : segment.id;
}

/**
 * The composition of two consecutive edits: what the first inserted and the second removed is in neither side.
 */
export function composed(first: readonly LoggedChange[], second: readonly LoggedChange[]): LoggedChange[] {
  let changes: LoggedChange[] = [...first];
  for (const change of second) {
    const gone = new Set(change.removed.map(idOf));
    const isTouched = ({ inserted }: LoggedChange) => inserted.some((segment) => gone.has(idOf(segment)));
    const touched = changes.filter(isTouched);
    const known = new Set(touched.flatMap(({ inserted }) => inserted.map(idOf)));
    const merged = {
      removed: [
        ...touched.flatMap(({ removed }) => removed),
        ...change.removed.filter((segment) => !known.has(idOf(segment))),
      ],
      inserted: [
        ...touched.flatMap(({ inserted }) => inserted.filter((segment) => !gone.has(idOf(segment)))),
        ...change.inserted,
      ],
    };
    changes = [...changes.filter((one) => !isTouched(one)), merged];
  }
  return changes;
}
