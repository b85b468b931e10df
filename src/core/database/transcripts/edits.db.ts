import { v7 as newId } from 'uuid';
import { AppError } from '../../../contract/errors.ts';
import { Segment } from '../../../contract/transcript.ts';
import type { NewChange, NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeNullableJson } from '../json-column.ts';
import { requiredRow } from '../required-row.ts';
import type { FtsTombstones } from '../search/fts-tombstones.db.ts';
import { type AppliedChange, ChangingText, type EditedText } from './changing-text.db.ts';
import type { Diarizations } from './diarizations.db.ts';
import { composed, type EditKind, insertEdit, type LoggedChange } from './edit-log.db.ts';
import type { EditSessions } from './edit-sessions.db.ts';
import { packedWordsOf, SEGMENT_COLUMNS, type SegmentRow, storedSegmentOf } from './segments.db.ts';
import { Recount } from './stored-turns.ts';
import type { Version, Versions } from './versions.db.ts';
import type { StoredViewState, ViewStates } from './view-states.db.ts';

/** The current text of a recording, for editing. */
export interface EditableText {
  /** The machine's version, which all edits are based on. */
  readonly machineVersionId: string;
  /** The version that holds the edits; null before the first. */
  readonly editedVersionId: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Time of the last edit that is not undone; null if none. */
  readonly editedAtMs: number | null;
}

/** How much an edited version differs from the machine's. */
export interface EditExtent {
  /** The number of edits that are not undone. */
  readonly edits: number;
  /** Time of the last edit that is not undone; null if none. */
  readonly editedAtMs: number | null;
  /** The number of its own segments, or of those it replaces, whichever is larger. */
  readonly changedSegments: number;
  /** Whether automatic corrections alone made the edits that stand: no person has. */
  readonly isByRules: boolean;
}

/** The result of an edit, an undo or a redo. */
export interface AppliedEdit {
  /** Null if so much has changed that the text is to be reopened. */
  readonly changes: readonly AppliedChange[] | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/**
 * The number of the edit for what was rebased from an earlier version and cannot be undone: its changes are not stored.
 * The user's edits begin at 1.
 */
export const REBASED = 0;

interface EditRow {
  number: number;
  undoGroup: string | null;
  recount: string | null;
}

/** Longer entries, in bytes, are not rewritten with each character typed: the next edit is an entry of its own. */
const LONGEST_MERGED = 100_000;

/**
 * The current segments of these ids. Without INDEXED BY, SQLite scans all segments of the version in their order, to
 * avoid the sorting.
 */
export const CURRENT_BY_IDS = `SELECT ${SEGMENT_COLUMNS} FROM segments INDEXED BY segments_by_id
  WHERE version_id = @editedVersionId AND id IN (SELECT value FROM json_each(@ids))
  UNION ALL
  SELECT ${SEGMENT_COLUMNS} FROM segments INDEXED BY segments_by_id
  WHERE version_id = @machineVersionId AND id IN (SELECT value FROM json_each(@ids))
    AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
      WHERE replaced.version_id = @editedVersionId AND replaced.segment_id = segments.id)
  ORDER BY startMs, channel, rowid`;

/** The newest edit of a version that is not undone. */
export const NEWEST_EDIT = `SELECT number, undo_group AS undoGroup, recount FROM edits
  WHERE version_id = @versionId AND undone = 0 AND number > ${REBASED} ORDER BY number DESC LIMIT 1`;

/** The oldest edit of a version that was undone. */
const OLDEST_UNDONE = `SELECT number, undo_group AS undoGroup, recount FROM edits
  WHERE version_id = @versionId AND undone = 1 ORDER BY number LIMIT 1`;

/**
 * What can be undone and redone. The undone edits are the last ones, so that one row shows each: a log may be long, and
 * this runs for every character typed.
 */
export const STANDING = `SELECT
    EXISTS (SELECT 1 FROM edits WHERE version_id = @versionId AND number > ${REBASED} AND undone = 0) AS canUndo,
    (SELECT undone FROM edits WHERE version_id = @versionId ORDER BY number DESC LIMIT 1) AS canRedo,
    (SELECT at_ms FROM edits WHERE version_id = @versionId AND undone = 0 ORDER BY number DESC LIMIT 1) AS editedAtMs`;

/** The newest edit of a version, with its changes unless they are long. Reading a text's length does not read it. */
const LAST_EDIT = `SELECT number, undo_group AS undoGroup, CASE WHEN octet_length(changes) < @longest THEN changes END AS changes
  FROM edits WHERE version_id = @versionId AND number > ${REBASED} ORDER BY number DESC LIMIT 1`;

interface LastEdit extends Omit<EditRow, 'recount'> {
  changes: string | null;
}

/** An edit to apply. */
export interface NewEdit {
  readonly recordingId: string;
  readonly text: EditableText;
  /** The current segments of all ids that the changes remove. */
  readonly present: readonly StoredSegment[];
  readonly changes: readonly NewChange[];
  readonly atMs: number;
  readonly undoGroup?: string | null;
  /** The view state: stored with the edit. */
  readonly viewState?: StoredViewState | null;
  /** Who made it; null, a person, by default. */
  readonly kind?: EditKind;
  /** If it tells the speakers apart anew: the numbers asked for. Undoing it brings back the number, too. */
  readonly recount?: Recount | null;
}

/** What edits need besides the segments. */
export interface EditSurroundings {
  readonly versions: Versions;
  readonly viewStates: ViewStates;
  readonly sessions: EditSessions;
  readonly tombstones: FtsTombstones;
  readonly diarizations: Diarizations;
}

const NOTHING: AppliedEdit = { changes: [], canUndo: false, canRedo: false };

/** Reads what can be edited. */
export class EditReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The current text of a recording, or null. */
  text(recordingId: string): EditableText | null {
    const row = this.#connection.one<{ id: string; editedId: string | null }>(
      `SELECT machine.id, edited.id AS editedId
       FROM latest_versions AS latest
         JOIN versions AS machine ON machine.id = CASE latest.kind WHEN 'edited' THEN latest.parent_id ELSE latest.id END
         LEFT JOIN versions AS edited ON edited.parent_id = machine.id AND edited.kind = 'edited'
       WHERE latest.recording_id = @recordingId`,
      { recordingId },
    );
    if (row === null) return null;
    return { machineVersionId: row.id, editedVersionId: row.editedId, ...this.#standing(row.editedId) };
  }

  /** The text that a machine's version was put into when a range was retranscribed; null for any other version. */
  textBefore(machineVersionId: string): EditableText | null {
    const row = this.#connection.one<{ id: string; editedId: string | null }>(
      `SELECT machine.parent_id AS id, edited.id AS editedId
       FROM versions AS machine
         LEFT JOIN versions AS edited ON edited.parent_id = machine.parent_id AND edited.kind = 'edited'
       WHERE machine.id = @machineVersionId AND machine.kind = 'machine' AND machine.parent_id IS NOT NULL`,
      { machineVersionId },
    );
    if (row === null) return null;
    return { machineVersionId: row.id, editedVersionId: row.editedId, ...this.#standing(row.editedId) };
  }

  /** The current segments of these ids, in the transcript's order; missing ids are left out. */
  find({ text, ids }: { text: EditableText; ids: readonly string[] }): StoredSegment[] {
    return this.#rows(text, ids).map(storedSegmentOf);
  }

  /** The words of the current segments of these ids, as `unpackWords` accepts them. */
  packedWords({ text, ids }: { text: EditableText; ids: readonly string[] }): string {
    return packedWordsOf(this.#rows(text, ids));
  }

  #rows({ machineVersionId, editedVersionId }: EditableText, ids: readonly string[]): SegmentRow[] {
    const parameters = { machineVersionId, editedVersionId: editedVersionId ?? '', ids: JSON.stringify(ids) };
    return this.#connection.all<SegmentRow>(CURRENT_BY_IDS, parameters);
  }

  /** How much a version differs from the machine's; zero for the machine's own. */
  extent(versionId: string): EditExtent {
    const row = this.#connection.one<Omit<EditExtent, 'isByRules'> & { byRules: number }>(
      `SELECT count(*) AS edits, max(at_ms) AS editedAtMs, count(*) FILTER (WHERE kind = 'rules') AS byRules,
         (SELECT max(
            (SELECT count(*) FROM segments WHERE version_id = @versionId AND origins IS NOT NULL),
            (SELECT count(*) FROM replaced_segments WHERE version_id = @versionId))) AS changedSegments
       FROM edits WHERE version_id = @versionId AND undone = 0`,
      { versionId },
    );
    const { byRules, ...extent } = requiredRow(row, 'extent');
    return { ...extent, isByRules: byRules > 0 && byRules === extent.edits };
  }

  /** The edited segments of a text, in the transcript's order. */
  edited(text: EditableText): StoredSegment[] {
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId ORDER BY start_ms, channel, rowid`;
    return this.#connection
      .all<SegmentRow>(sql, { versionId: text.editedVersionId ?? '' })
      .map(storedSegmentOf);
  }

  /** The ids of the machine's segments that a text replaces, in order. */
  replaced(text: EditableText): string[] {
    const sql =
      'SELECT segment_id AS id FROM replaced_segments WHERE version_id = @versionId ORDER BY segment_id';
    return this.#connection
      .all<{ id: string }>(sql, { versionId: text.editedVersionId ?? '' })
      .map(({ id }) => id);
  }

  #standing(editedVersionId: string | null): Pick<EditableText, 'canUndo' | 'canRedo' | 'editedAtMs'> {
    const row = this.#connection.one<{ canUndo: 0 | 1; canRedo: 0 | 1 | null; editedAtMs: number | null }>(
      STANDING,
      { versionId: editedVersionId ?? '' },
    );
    const { canUndo, canRedo, editedAtMs } = requiredRow(row, 'standing');
    return { canUndo: canUndo === 1, canRedo: canRedo === 1, editedAtMs };
  }
}

/**
 * Applies, undoes and redoes edits. The machine's version never changes: an edited version beside it lists which of the
 * machine's segments are replaced, and holds their replacements. Every edit is one row of the log with both sides of
 * all its changes; current text and log change in one transaction.
 */
export class Edits extends EditReader {
  readonly #connection: Connection;
  readonly #versions: Versions;
  readonly #viewStates: ViewStates;
  readonly #sessions: EditSessions;
  readonly #diarizations: Diarizations;
  readonly #changing: ChangingText;

  constructor(
    connection: Connection,
    { versions, viewStates, sessions, tombstones, diarizations }: EditSurroundings,
  ) {
    super(connection);
    this.#connection = connection;
    this.#versions = versions;
    this.#viewStates = viewStates;
    this.#sessions = sessions;
    this.#diarizations = diarizations;
    this.#changing = new ChangingText(connection, tombstones);
  }

  /**
   * Applies an edit to the current text; undone edits can then not be redone. Consecutive edits with the same undo
   * group are undone together. A view state is stored in the same transaction. Throws `transcript.changed`, with
   * nothing changed, if a segment to be removed is not among the present ones.
   */
  apply({
    recordingId,
    text: current,
    present,
    changes,
    atMs,
    undoGroup = null,
    viewState = null,
    kind = null,
    recount = null,
  }: NewEdit): AppliedEdit {
    return this.#connection.transaction(() => {
      const { machineVersionId } = current;
      const versionId = current.editedVersionId ?? this.#begin(recordingId, machineVersionId, atMs).id;
      this.#sessions.begin({ versionId, recordingId, atMs });
      const byId = new Map(present.map((segment) => [segment.id, segment]));
      const logged = changes.map((change) => loggedChange(byId, change));
      const applied = this.#changing.follow({ versionId, machineVersionId }, logged);
      if (current.canRedo)
        this.#connection.run('DELETE FROM edits WHERE version_id = @versionId AND undone = 1', { versionId });
      this.#log(versionId, { changes: logged, undoGroup, atMs, kind, recount });
      if (viewState !== null) this.#viewStates.keep({ recordingId, state: viewState });
      return { changes: applied, canUndo: true, canRedo: false };
    });
  }

  /** Undoes the last edit, with those of its undo group before it. */
  undo(recordingId: string): AppliedEdit {
    // No change of an edit touches what another one inserted: in the text's order each finds its neighbour at once.
    return this.#step(recordingId, NEWEST_EDIT, 1, (changes) =>
      changes.map(({ removed, inserted }) => ({ removed: inserted, inserted: removed })),
    );
  }

  /** Redoes the edit that was undone last, with those of its undo group after it. */
  redo(recordingId: string): AppliedEdit {
    return this.#step(recordingId, OLDEST_UNDONE, 0, (changes) => changes);
  }

  /** Undoes or redoes the edits of one undo group, one after the other. */
  #step(
    recordingId: string,
    nextEdit: string,
    undone: 0 | 1,
    following: (changes: LoggedChange[]) => LoggedChange[],
  ): AppliedEdit {
    return this.#connection.transaction(() => {
      const text = this.#editedText(recordingId);
      if (text === null) return this.#unchanged(recordingId);
      const { versionId } = text;
      const next = () => this.#connection.one<EditRow>(nextEdit, { versionId });
      const first = next();
      if (first !== null) this.#sessions.begin({ versionId, recordingId, atMs: Date.now() });
      const changes: LoggedChange[] = [];
      for (let edit = first; edit !== null; edit = next()) {
        if (edit !== first && (edit.undoGroup === null || edit.undoGroup !== first?.undoGroup)) break;
        const { number, recount } = edit;
        for (const change of following(this.#changesOf(versionId, number))) changes.push(change);
        this.#connection.run(
          'UPDATE edits SET undone = @undone WHERE version_id = @versionId AND number = @number',
          { versionId, number, undone },
        );
        if (recount !== null) {
          const { before, after } = readJson(Recount, recount);
          this.#diarizations.setCount({ recordingId, count: undone === 1 ? before : after });
        }
      }
      const applied = this.#changing.follow(text, changes);
      return { ...this.#unchanged(recordingId), changes: applied };
    });
  }

  #changesOf(versionId: string, number: number): LoggedChange[] {
    const sql = 'SELECT changes FROM edits WHERE version_id = @versionId AND number = @number';
    const row = this.#connection.one<{ changes: string }>(sql, { versionId, number });
    return JSON.parse(requiredRow(row, 'edit').changes) as LoggedChange[];
  }

  /** Logs an edit: as an entry of its own or, within an undo group, merged into the entry before. */
  #log(
    versionId: string,
    {
      changes,
      undoGroup,
      atMs,
      kind,
      recount,
    }: {
      changes: LoggedChange[];
      undoGroup: string | null;
      atMs: number;
      kind: EditKind;
      recount: Recount | null;
    },
  ): void {
    const last =
      undoGroup === null
        ? null
        : this.#connection.one<LastEdit>(LAST_EDIT, { versionId, longest: LONGEST_MERGED });
    if (last !== null && last.undoGroup === undoGroup && last.changes !== null) {
      const merged = JSON.stringify(composed(JSON.parse(last.changes) as LoggedChange[], changes));
      this.#connection.run(
        'UPDATE edits SET changes = @merged, at_ms = @atMs WHERE version_id = @versionId AND number = @number',
        { versionId, number: last.number, merged, atMs },
      );
      return;
    }
    const log = { atMs, changes, undoGroup, kind, recount: writeNullableJson(Recount, recount) };
    insertEdit(this.#connection, versionId, log);
  }

  #begin(recordingId: string, machineVersionId: string, atMs: number): Version {
    const { jobId } = requiredRow(this.#versions.get(machineVersionId), 'version');
    const parent = { parentId: machineVersionId, jobId };
    return this.#versions.create({ id: newId(), recordingId, kind: 'edited', createdAtMs: atMs, ...parent });
  }

  #editedText(recordingId: string): EditedText | null {
    const text = this.text(recordingId);
    if (text === null || text.editedVersionId === null) return null;
    return { versionId: text.editedVersionId, machineVersionId: text.machineVersionId };
  }

  #unchanged(recordingId: string): AppliedEdit {
    const text = this.text(recordingId);
    return text === null ? NOTHING : { changes: [], canUndo: text.canUndo, canRedo: text.canRedo };
  }
}

/** A change as the log holds it. Throws `transcript.changed` if a segment to be removed is not present. */
function loggedChange(
  present: ReadonlyMap<string, StoredSegment>,
  { removed, inserted, restored = [] }: NewChange,
): LoggedChange {
  return {
    removed: removed.map((id) => {
      const segment = present.get(id);
      if (segment === undefined) throw new AppError('transcript.changed', {});
      return segment.edited ? newSegmentOf(segment) : segment.id;
    }),
    inserted: [
      ...restored,
      ...inserted.map((segment) => ({ ...segment, segment: Segment.parse(segment.segment) })),
    ],
  };
}

function newSegmentOf({ id, channel, windowIndex, origins, segment }: StoredSegment): NewSegment {
  return { id, channel, windowIndex, origins, segment };
}
