import { v7 as newId } from 'uuid';
import { AppError } from '../../../contract/errors.ts';
import { Segment } from '../../../contract/transcript.ts';
import type { Connection, ReadableConnection } from '../connection.ts';
import { composed, type LoggedChange, type LoggedSegment, type NewSegment } from '../edit-log.ts';
import { requiredRow } from '../required-row.ts';
import type { EditSessions } from './edit-sessions.ts';
import type { Place, Places } from './places.ts';
import {
  packedWordsOf,
  SEGMENT_COLUMNS,
  type SegmentCursor,
  type SegmentRow,
  type StoredSegment,
  segmentColumns,
  storedSegmentOf,
} from './segments.ts';
import type { Version, Versions } from './versions.ts';

/** The current text of a recording, as far as edits are concerned. */
export interface EditableText {
  /** What the machine wrote, and all edits are based on. */
  readonly machineVersionId: string;
  /** The version that holds the edits; null before the first. */
  readonly editedVersionId: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** When the last edit was made that stands; null where none does. */
  readonly editedAtMs: number | null;
}

/** How far an edited version is from what the machine wrote. */
export interface EditExtent {
  /** How many edits stand. */
  readonly edits: number;
  /** When the last edit was made that stands; null where none does. */
  readonly editedAtMs: number | null;
  /** How many segments it has instead of the machine's, or replaces, whichever are more. */
  readonly changedSegments: number;
}

/** One stretch that an edit changes: the segments of these keys go, those stand there instead. */
export interface NewChange {
  readonly removed: readonly string[];
  readonly inserted: readonly NewSegment[];
  /** The machine's segments, by their ids, that come back. */
  readonly restored?: readonly number[];
}

/** One stretch that has changed. Changes of one edit are to be followed in order. */
export interface AppliedChange {
  /** The key of the segment before the first inserted one; null where that is the first, or none was inserted. */
  readonly after: string | null;
  readonly removed: readonly string[];
  readonly inserted: readonly StoredSegment[];
}

/** What an edit, an undo or a redo has changed. */
export interface AppliedEdit {
  readonly changes: readonly AppliedChange[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/**
 * The number of the edit that stands for what a version has taken over from an earlier one, and that cannot be undone: its
 * changes are not kept. The user's edits begin at 1.
 */
export const CARRIED = 0;

interface EditRow {
  number: number;
  changes: string;
  gesture: string | null;
}

/** Longer entries are not written anew with each character typed: what follows is an entry of its own. */
const LONGEST_MERGED = 100_000;

/** The newest edit of a version that stands. */
export const NEWEST_EDIT = `SELECT number, changes, gesture FROM edits
  WHERE version_id = @versionId AND undone = 0 AND number > ${CARRIED} ORDER BY number DESC LIMIT 1`;

/** The oldest edit of a version that was undone. */
const OLDEST_UNDONE = `SELECT number, changes, gesture FROM edits WHERE version_id = @versionId AND undone = 1
  ORDER BY number LIMIT 1`;

/** A text that has an edited version. */
interface EditedText {
  readonly versionId: string;
  readonly machineVersionId: string;
}

const NOTHING: AppliedEdit = { changes: [], canUndo: false, canRedo: false };

/** Reads what can be edited. */
export class EditReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The current text of a recording, or null where there is none. */
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

  /** The current segments of these keys, in the transcript's order; keys that are not there are left out. */
  find({ text, keys }: { text: EditableText; keys: readonly string[] }): StoredSegment[] {
    return this.#rows(text, keys).map(storedSegmentOf);
  }

  /** The words of the current segments of these keys, as `unpackWords` takes them. */
  packedWords({ text, keys }: { text: EditableText; keys: readonly string[] }): string {
    return packedWordsOf(this.#rows(text, keys));
  }

  #rows({ machineVersionId, editedVersionId }: EditableText, keys: readonly string[]): SegmentRow[] {
    return this.#connection.all<SegmentRow>(
      `SELECT ${SEGMENT_COLUMNS} FROM segments
       WHERE version_id = @editedVersionId AND edit_key IN (SELECT value FROM json_each(@keys))
       UNION ALL
       SELECT ${SEGMENT_COLUMNS} FROM segments
       WHERE id IN (
           SELECT CAST(value AS INTEGER) FROM json_each(@keys) WHERE value NOT GLOB '*[^0-9]*'
           UNION
           SELECT copy.id FROM json_each(@keys) JOIN segments AS copy
             ON copy.version_id = @machineVersionId AND copy.copied_from = CAST(value AS INTEGER)
           WHERE value NOT GLOB '*[^0-9]*'
         )
         AND version_id = @machineVersionId
         AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
           WHERE replaced.version_id = @editedVersionId AND replaced.segment_id = segments.id)
       ORDER BY startMs, channel, id`,
      { machineVersionId, editedVersionId: editedVersionId ?? '', keys: JSON.stringify(keys) },
    );
  }

  /** How far a version is from what the machine wrote; nothing at all for the machine's own. */
  extent(versionId: string): EditExtent {
    const row = this.#connection.one<EditExtent>(
      `SELECT count(*) AS edits, max(at_ms) AS editedAtMs,
         (SELECT max(
            (SELECT count(*) FROM segments WHERE version_id = @versionId AND edit_key IS NOT NULL),
            (SELECT count(*) FROM replaced_segments WHERE version_id = @versionId))) AS changedSegments
       FROM edits WHERE version_id = @versionId AND undone = 0`,
      { versionId },
    );
    return requiredRow(row, 'extent');
  }

  /** The edited segments of a text, in the transcript's order. */
  edited(text: EditableText): StoredSegment[] {
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId ORDER BY start_ms, channel, id`;
    return this.#connection
      .all<SegmentRow>(sql, { versionId: text.editedVersionId ?? '' })
      .map(storedSegmentOf);
  }

  /** The ids of the machine's segments that a text does without, in order. */
  replaced(text: EditableText): number[] {
    const sql =
      'SELECT segment_id AS id FROM replaced_segments WHERE version_id = @versionId ORDER BY segment_id';
    return this.#connection
      .all<{ id: number }>(sql, { versionId: text.editedVersionId ?? '' })
      .map(({ id }) => id);
  }

  #standing(editedVersionId: string | null): Pick<EditableText, 'canUndo' | 'canRedo' | 'editedAtMs'> {
    const row = this.#connection.one<{
      standing: number | null;
      undone: number | null;
      editedAtMs: number | null;
    }>(
      `SELECT sum(undone = 0 AND number > ${CARRIED}) AS standing, sum(undone) AS undone,
         max(CASE undone WHEN 0 THEN at_ms END) AS editedAtMs FROM edits WHERE version_id = @versionId`,
      { versionId: editedVersionId ?? '' },
    );
    const { standing, undone, editedAtMs } = requiredRow(row, 'count');
    return { canUndo: (standing ?? 0) > 0, canRedo: (undone ?? 0) > 0, editedAtMs };
  }
}

/**
 * Makes, undoes and repeats edits. The machine's version is never touched: an edited version beside it says which of the
 * machine's segments are replaced, and holds those that stand there instead. Every edit is one row of the log with both
 * sides of all its changes; current text and log change in one transaction.
 */
export class Edits extends EditReader {
  readonly #connection: Connection;
  readonly #versions: Versions;
  readonly #places: Places;
  readonly #sessions: EditSessions;

  constructor(connection: Connection, versions: Versions, places: Places, sessions: EditSessions) {
    super(connection);
    this.#sessions = sessions;
    this.#connection = connection;
    this.#versions = versions;
    this.#places = places;
  }

  /**
   * Makes an edit; what was undone before can no longer be redone. Edits in a row with the same gesture are undone
   * together. With a place, that is kept in the same transaction. Throws `transcript.changed`, with nothing changed,
   * where a segment that is to go is not there.
   */
  apply({
    recordingId,
    machineVersionId,
    changes,
    atMs,
    gesture = null,
    place = null,
  }: {
    recordingId: string;
    machineVersionId: string;
    changes: readonly NewChange[];
    atMs: number;
    gesture?: string | null;
    place?: Place | null;
  }): AppliedEdit {
    return this.#connection.transaction(() => {
      const current = this.#current(recordingId, machineVersionId);
      const versionId = current.editedVersionId ?? this.#begin(recordingId, machineVersionId, atMs).id;
      this.#sessions.begin({ versionId, recordingId, atMs });
      const text = { versionId, machineVersionId };
      const keys = changes.flatMap(({ removed }) => removed);
      const present = this.find({ text: { ...current, editedVersionId: versionId }, keys });
      const byKey = new Map(present.map((segment) => [segment.key, segment]));
      const logged = changes.map((change) => loggedChange(byKey, change));
      const applied = logged.flatMap((change) => this.#follow(text, change));
      this.#connection.run('DELETE FROM edits WHERE version_id = @versionId AND undone = 1', { versionId });
      this.#log(versionId, logged, gesture, atMs);
      if (place !== null) this.#places.keep({ recordingId, place });
      return { changes: joined(applied), canUndo: true, canRedo: false };
    });
  }

  /** Undoes the last edit that stands, with those of its gesture before it. */
  undo(recordingId: string): AppliedEdit {
    // No change of an edit touches what another one put in: in the text's order each finds its neighbour at once.
    return this.#step(recordingId, NEWEST_EDIT, 1, (text, changes) =>
      changes.flatMap(({ removed, inserted }) =>
        this.#follow(text, { removed: inserted, inserted: removed }),
      ),
    );
  }

  /** Makes the edit again that was undone last, with those of its gesture behind it. */
  redo(recordingId: string): AppliedEdit {
    return this.#step(recordingId, OLDEST_UNDONE, 0, (text, changes) =>
      changes.flatMap((change) => this.#follow(text, change)),
    );
  }

  /** Undoes or makes again the edits of one gesture, one after the other. */
  #step(
    recordingId: string,
    nextEdit: string,
    undone: 0 | 1,
    follow: (text: EditedText, changes: LoggedChange[]) => AppliedChange[],
  ): AppliedEdit {
    return this.#connection.transaction(() => {
      const text = this.#editedText(recordingId);
      if (text === null) return this.#unchanged(recordingId);
      const { versionId } = text;
      const next = () => this.#connection.one<EditRow>(nextEdit, { versionId });
      const first = next();
      if (first !== null) this.#sessions.begin({ versionId, recordingId, atMs: Date.now() });
      const changes: AppliedChange[] = [];
      for (let edit = first; edit !== null; edit = next()) {
        if (edit !== first && (edit.gesture === null || edit.gesture !== first?.gesture)) break;
        changes.push(...follow(text, JSON.parse(edit.changes) as LoggedChange[]));
        const { number } = edit;
        this.#connection.run(
          'UPDATE edits SET undone = @undone WHERE version_id = @versionId AND number = @number',
          { versionId, number, undone },
        );
      }
      return { ...this.#unchanged(recordingId), changes: joined(changes) };
    });
  }

  /** Writes an edit down: as an entry of its own or, within a gesture, as what it makes of the entry before. */
  #log(versionId: string, changes: LoggedChange[], gesture: string | null, atMs: number): void {
    const last = gesture === null ? null : this.#connection.one<EditRow>(NEWEST_EDIT, { versionId });
    if (last !== null && last.gesture === gesture && last.changes.length < LONGEST_MERGED) {
      const merged = JSON.stringify(composed(JSON.parse(last.changes) as LoggedChange[], changes));
      this.#connection.run(
        'UPDATE edits SET changes = @merged, at_ms = @atMs WHERE version_id = @versionId AND number = @number',
        { versionId, number: last.number, merged, atMs },
      );
      return;
    }
    this.#connection.run(
      `INSERT INTO edits (version_id, number, at_ms, changes, gesture) VALUES (@versionId,
         (SELECT ifnull(max(number), 0) + 1 FROM edits WHERE version_id = @versionId), @atMs, @changes, @gesture)`,
      { versionId, atMs, changes: JSON.stringify(changes), gesture },
    );
  }

  #current(recordingId: string, machineVersionId: string): EditableText {
    const current = this.text(recordingId);
    if (current === null || current.machineVersionId !== machineVersionId) {
      throw new AppError('transcript.changed', {});
    }
    return current;
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

  /** Makes one change in the current text. */
  #follow(text: EditedText, { removed, inserted }: LoggedChange): AppliedChange[] {
    for (const segment of removed) this.#remove(text, segment);
    const stored = inserted.map((segment) => this.#insert(text, segment));
    stored.sort((a, b) => a.segment.startMs - b.segment.startMs || a.channel - b.channel || a.id - b.id);
    const gone = removed.map((segment) =>
      typeof segment === 'number' ? this.#segment('id = @id', { id: segment }).key : segment.key,
    );
    return this.#runs(text, gone, stored);
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
        ? this.#connection.run(
            'INSERT OR IGNORE INTO replaced_segments (version_id, segment_id) VALUES (@versionId, @segment)',
            { versionId, segment },
          )
        : this.#connection.run('DELETE FROM segments WHERE version_id = @versionId AND edit_key = @key', {
            versionId,
            key: segment.key,
          });
    if (changed !== 1) throw new AppError('transcript.changed', {});
  }

  #insert({ versionId }: EditedText, segment: LoggedSegment): StoredSegment {
    if (typeof segment === 'number') {
      const changed = this.#connection.run(
        'DELETE FROM replaced_segments WHERE version_id = @versionId AND segment_id = @segment',
        { versionId, segment },
      );
      if (changed !== 1) throw new AppError('transcript.changed', {});
      return this.#segment('id = @id', { id: segment });
    }
    const { key, channel, windowIndex, origins } = segment;
    this.#connection.run(
      `INSERT INTO segments (version_id, edit_key, origins, channel, window_index, start_ms, end_ms, text, speaker,
         language, confidence, flags, words)
       VALUES (@versionId, @key, @origins, @channel, @windowIndex, @startMs, @endMs, @text, @speaker, @language,
         @confidence, @flags, @words)`,
      {
        versionId,
        key,
        channel,
        windowIndex,
        origins: JSON.stringify(origins),
        ...segmentColumns(segment.segment),
      },
    );
    return this.#segment('version_id = @versionId AND edit_key = @key', { versionId, key });
  }

  #segment(condition: string, parameters: Record<string, string | number>): StoredSegment {
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

/** Changes in the same order, with those that go on where the one before has ended as one with it. */
function joined(changes: readonly AppliedChange[]): AppliedChange[] {
  const runs: { after: string | null; removed: string[]; inserted: StoredSegment[] }[] = [];
  for (const { after, removed, inserted } of changes) {
    const last = runs.at(-1);
    const endsAt = last?.inserted.at(-1)?.key ?? null;
    const goesOn = inserted.length === 0 ? last?.inserted.length === 0 : after !== null && after === endsAt;
    if (last === undefined || !goesOn) {
      runs.push({ after, removed: [...removed], inserted: [...inserted] });
      continue;
    }
    last.removed.push(...removed);
    last.inserted.push(...inserted);
  }
  return runs;
}

/** A change as the log keeps it. Throws `transcript.changed` where a segment that is to go is not among the present ones. */
function loggedChange(
  present: ReadonlyMap<string, StoredSegment>,
  { removed, inserted, restored = [] }: NewChange,
): LoggedChange {
  return {
    removed: removed.map((key) => {
      const segment = present.get(key);
      if (segment === undefined) throw new AppError('transcript.changed', {});
      return segment.edited ? newSegmentOf(segment) : segment.id;
    }),
    inserted: [
      ...restored,
      ...inserted.map((segment) => ({ ...segment, segment: Segment.parse(segment.segment) })),
    ],
  };
}

function newSegmentOf({ key, channel, windowIndex, origins, segment }: StoredSegment): NewSegment {
  return { key, channel, windowIndex, origins, segment };
}
