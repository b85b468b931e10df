import type { Segment } from '../../../contract/transcript.ts';
import type { NewSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import {
  insertEdit,
  insertReplaced,
  type LoggedChange,
  type LoggedEdit,
  type LoggedSegment,
} from './edit-log.db.ts';
import {
  editedColumns,
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentRow,
  storedSegmentOf,
} from './segments.db.ts';

/** The channel, window and time shift of a segment in the joined recording. */
export interface NewPlace {
  readonly channel: number;
  readonly windowIndex: number;
  readonly shiftMs: number;
}

/** The edits of a text that becomes part of another, and the ids and positions of its segments there. */
export interface RebasedEdits {
  /** Null if nothing was edited. */
  readonly editedVersionId: string | null;
  /** The id that a segment has there. */
  readonly idOf: (id: string) => string;
  readonly placeOf: (channel: number, windowIndex: number) => NewPlace;
  readonly shifted: (segment: Segment, shiftMs: number) => Segment;
}

type RebasedEdit = Pick<LoggedEdit, 'atMs' | 'changes' | 'undoGroup'>;

/**
 * Copies the edits of several texts into one edited version: the current text, and the log in the order in which the
 * edits were made, so that all can be undone. Undone edits are dropped.
 */
export function rebaseEdits(connection: Connection, versionId: string, texts: readonly RebasedEdits[]): void {
  const logs = texts.map((text) => new EditRebase(connection, versionId, text).rebase());
  for (const [index, { atMs, changes, undoGroup }] of inOrderOfTime(logs).entries()) {
    insertEdit(connection, versionId, { number: index + 1, atMs, changes, undoGroup });
  }
}

/** Merges the logs by time, each in its own order even if the clock was set back. */
function inOrderOfTime(logs: readonly (readonly RebasedEdit[])[]): RebasedEdit[] {
  const heads = logs.map((log) => [...log]);
  const merged: RebasedEdit[] = [];
  for (;;) {
    const waiting = heads.filter((log) => log.length > 0);
    if (waiting.length === 0) return merged;
    const next = waiting.reduce((a, b) => ((b[0]?.atMs ?? 0) < (a[0]?.atMs ?? 0) ? b : a)).shift();
    if (next !== undefined) merged.push(next);
  }
}

class EditRebase {
  readonly #connection: Connection;
  readonly #versionId: string;
  readonly #text: RebasedEdits;

  constructor(connection: Connection, versionId: string, text: RebasedEdits) {
    this.#connection = connection;
    this.#versionId = versionId;
    this.#text = text;
  }

  /** Copies the current text, and returns its log. */
  rebase(): RebasedEdit[] {
    const { editedVersionId } = this.#text;
    if (editedVersionId === null) return [];
    this.#rebaseReplaced(editedVersionId);
    this.#rebaseSegments(editedVersionId);
    const rows = this.#connection.all<{ atMs: number; changes: string; undoGroup: string | null }>(
      `SELECT at_ms AS atMs, changes, undo_group AS undoGroup FROM edits WHERE version_id = @editedVersionId AND undone = 0 ORDER BY number`,
      { editedVersionId },
    );
    return rows.map(({ atMs, changes, undoGroup }) => ({
      atMs,
      undoGroup,
      changes: (JSON.parse(changes) as LoggedChange[]).map(({ removed, inserted }) => ({
        removed: removed.map((segment) => this.#logged(segment)),
        inserted: inserted.map((segment) => this.#logged(segment)),
      })),
    }));
  }

  #rebaseReplaced(editedVersionId: string): void {
    const replaced = this.#connection.all<{ segmentId: string }>(
      'SELECT segment_id AS segmentId FROM replaced_segments WHERE version_id = @editedVersionId',
      { editedVersionId },
    );
    for (const { segmentId } of replaced) {
      insertReplaced(this.#connection, this.#versionId, this.#text.idOf(segmentId));
    }
  }

  #rebaseSegments(editedVersionId: string): void {
    const rows = this.#connection.all<SegmentRow>(
      `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @editedVersionId ORDER BY start_ms, channel, rowid`,
      { editedVersionId },
    );
    for (const stored of rows.map(storedSegmentOf)) {
      insertSegment(this.#connection, { versionId: this.#versionId, ...editedColumns(this.#placed(stored)) });
    }
  }

  #logged(segment: LoggedSegment): LoggedSegment {
    return typeof segment === 'string' ? this.#text.idOf(segment) : this.#placed(segment);
  }

  #placed({ id, channel, windowIndex, origins, segment }: NewSegment): NewSegment {
    const { idOf, placeOf, shifted } = this.#text;
    const place = placeOf(channel, windowIndex);
    return {
      id: idOf(id),
      channel: place.channel,
      windowIndex: place.windowIndex,
      origins: origins.map(idOf),
      segment: shifted(segment, place.shiftMs),
    };
  }
}
