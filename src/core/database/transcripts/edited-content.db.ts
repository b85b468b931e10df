import { v7 as newId } from 'uuid';
import type { NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { insertEdit, insertReplaced, type LoggedChange, type LoggedEdit } from './edit-log.db.ts';
import { type EditableText, type EditReader, REBASED } from './edits.db.ts';
import type { EditsOutside } from './edits-outside.db.ts';
import type { EditedContent } from './id-groups.ts';
import {
  editedColumns,
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentRow,
  storedSegmentOf,
} from './segments.db.ts';
import type { Version, Versions } from './versions.db.ts';

/** A version's own segments, in the transcript's order. */
export function ownSegments(connection: ReadableConnection, versionId: string): StoredSegment[] {
  const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId ORDER BY start_ms, channel, rowid`;
  return connection.all<SegmentRow>(sql, { versionId }).map(storedSegmentOf);
}

/** The edited content of a text. */
export function editedContentOf(
  connection: ReadableConnection,
  edits: EditReader,
  text: EditableText,
): EditedContent {
  const log = connection.all<Omit<LoggedEdit, 'changes'> & { changes: string }>(
    'SELECT number, at_ms AS atMs, changes, undone, undo_group AS undoGroup, kind, recount FROM edits WHERE version_id = @versionId ORDER BY number',
    { versionId: text.editedVersionId ?? '' },
  );
  return {
    rows: edits.edited(text),
    replaced: edits.replaced(text),
    log: log.map((edit) => ({ ...edit, changes: JSON.parse(edit.changes) as LoggedChange[] })),
  };
}

/** Stores edits that were rebased onto a machine version, and segments of it with their speakers from before; if any. */
export function writeEdited(
  { connection, versions }: { readonly connection: Connection; readonly versions: Versions },
  { id: parentId, recordingId, jobId }: Version,
  rebased: EditsOutside,
  speakers: readonly NewSegment[],
  atMs: number,
): void {
  const hasRest = rebased.hasRest || speakers.length > 0;
  if (!hasRest && rebased.log.length === 0) return;
  const edited = { id: newId(), recordingId, jobId, kind: 'edited', parentId, createdAtMs: atMs } as const;
  const { id: versionId } = versions.create(edited);
  for (const row of [...rebased.rows, ...speakers]) {
    insertSegment(connection, { versionId, ...editedColumns(row) });
  }
  for (const segmentId of [...rebased.replaced, ...speakers.flatMap(({ origins }) => origins)]) {
    insertReplaced(connection, versionId, segmentId);
  }
  const log = rebased.log.filter(({ number }) => number !== REBASED);
  const nobodys = { undone: 0, undoGroup: null, kind: null, recount: null } as const;
  const rest: LoggedEdit = { number: REBASED, atMs, changes: [], ...nobodys };
  for (const edit of hasRest ? [rest, ...log] : log) {
    insertEdit(connection, versionId, edit);
  }
}
