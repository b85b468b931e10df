import { randomBytes } from 'node:crypto';
import type Sqlite from 'better-sqlite3';
import { v7 } from 'uuid';
import { editContentHash } from '../../audit/edit-content.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Migration } from '../migration.ts';

/**
 * One id for a segment: a UUID, the same in every version that holds the segment, in edits and in their log. Until then
 * rows were numbered; a copy named its original's number, an edited segment had a key, which was the number of the
 * machine's segment as text or a UUID, and the log named the machine's segments by their numbers.
 *
 * Rows keep their numbers as SQLite's rowid: the order of segments with the same start, which the hashes of finished
 * versions depend on, stays as it was. The hashes of edits cover ids; versions that matched the audit log are bound to
 * it again, in the same transaction, others are not.
 *
 * Renames, besides: `gesture` to `undo_group`, `places` to `view_states`, and of jobs the range they transcribe from
 * `span_` to `range_`, and the range before the rest from `range_` to `priority_`.
 */
export const migration: Migration = {
  number: 16,
  name: 'segment-ids',
  up(db, openAudit) {
    const audit = openAudit !== null && hasEdits(db) ? openAudit() : null;
    const bound = audit === null ? [] : soundVersions(db, audit);
    defineSegmentId(db);
    renameColumns(db);
    replaceNumbers(db);
    rewriteLog(db);
    rebuildSegments(db);
    for (const version of bound) {
      audit?.append({
        atMs: Date.now(),
        action: 'version.edited',
        subjectId: version.id,
        outcome: 'done',
        detail: {
          recordingId: version.recordingId,
          editsHash: hashOf(db, version, ROWS_AFTER),
          migration: 16,
        },
      });
    }
  },
};

interface EditedVersion {
  readonly id: string;
  readonly recordingId: string;
  readonly machineVersionId: string | null;
}

/** The queries of the rows that the hash of edits covers, in its order. */
interface HashedRows {
  readonly edits: string;
  readonly replaced: string;
  readonly segments: string;
}

const REPLACED = 'SELECT segment_id FROM replaced_segments WHERE version_id = ? ORDER BY segment_id';

const SEGMENT_FIELDS =
  'origins, channel, window_index, start_ms, end_ms, text, speaker, language, confidence, flags, words';

const ROWS_BEFORE: HashedRows = {
  edits: 'SELECT number, at_ms, undone, gesture, changes FROM edits WHERE version_id = ? ORDER BY number',
  replaced: REPLACED,
  segments: `SELECT edit_key, ${SEGMENT_FIELDS} FROM segments WHERE version_id = ? ORDER BY id`,
};

const ROWS_AFTER: HashedRows = {
  edits: 'SELECT number, at_ms, undone, undo_group, changes FROM edits WHERE version_id = ? ORDER BY number',
  replaced: REPLACED,
  segments: `SELECT id, ${SEGMENT_FIELDS} FROM segments WHERE version_id = ? ORDER BY id`,
};

function hasEdits(db: Sqlite.Database): boolean {
  return db.prepare("SELECT 1 FROM versions WHERE kind = 'edited' LIMIT 1").get() !== undefined;
}

/** The edited versions whose edits match what the audit log recorded of them last. */
function soundVersions(db: Sqlite.Database, audit: AuditLog): EditedVersion[] {
  const recorded = new Map<string, unknown>();
  for (const { subjectId, action, detail } of audit.about(['version.editing', 'version.edited'])) {
    if (subjectId !== null) recorded.set(subjectId, action === 'version.edited' ? detail.editsHash : null);
  }
  const versions = db
    .prepare(
      `SELECT id, recording_id AS recordingId, parent_id AS machineVersionId FROM versions
       WHERE kind = 'edited' ORDER BY id`,
    )
    .all() as EditedVersion[];
  return versions.filter((version) => {
    const hash = recorded.get(version.id);
    return typeof hash === 'string' && hash === hashOf(db, version, ROWS_BEFORE);
  });
}

function hashOf(db: Sqlite.Database, version: EditedVersion, rows: HashedRows): string {
  const { id: versionId, recordingId, machineVersionId } = version;
  return editContentHash({ versionId, recordingId, machineVersionId, rows: hashedRows(db, versionId, rows) });
}

type HashedRow = (string | number | null)[];

function* hashedRows(db: Sqlite.Database, versionId: string, rows: HashedRows): Generator<HashedRow> {
  const each = (sql: string) => db.prepare(sql).raw().iterate(versionId) as IterableIterator<HashedRow>;
  for (const row of each(rows.edits)) yield ['edit', ...row];
  yield ['replaced', ...(db.prepare(rows.replaced).pluck().all(versionId) as string[])];
  for (const row of each(rows.segments)) yield ['segment', ...row];
}

/**
 * Defines an SQL function that makes an id of a segment's number: RFC 9562's method 1, with the number as the counter,
 * so that ids sort like the numbers, and the same number always yields the same id.
 */
function defineSegmentId(db: Sqlite.Database): void {
  const msecs = Date.now();
  const random = randomBytes(16);
  db.function('segment_id', { deterministic: true }, (number: unknown) =>
    number === null ? null : v7({ msecs, random, seq: Number(number) }),
  );
}

/** A segment's first number: that of the original for a copy. */
const FIRST_NUMBER = 'ifnull(segment.copied_from, segment.id)';

/** Whether a text is a number, like the keys of edited machine segments. */
const isNumber = (text: string) => `${text} <> '' AND ${text} NOT GLOB '*[^0-9]*'`;

function renameColumns(db: Sqlite.Database): void {
  db.exec(`
    ALTER TABLE edits RENAME COLUMN gesture TO undo_group;
    ALTER TABLE jobs RENAME COLUMN range_start_ms TO priority_start_ms;
    ALTER TABLE jobs RENAME COLUMN range_end_ms TO priority_end_ms;
    ALTER TABLE jobs RENAME COLUMN span_start_ms TO range_start_ms;
    ALTER TABLE jobs RENAME COLUMN span_end_ms TO range_end_ms;
    ALTER TABLE places RENAME TO view_states;
    ALTER TABLE view_states RENAME COLUMN place TO state;
    UPDATE view_states SET state = json_set(state, '$.segmentId', segment_id(CAST(state ->> '$.segmentId' AS INTEGER)))
      WHERE ${isNumber("state ->> '$.segmentId'")};
  `);
}

function replaceNumbers(db: Sqlite.Database): void {
  db.exec(`
    CREATE TABLE replaced_by_id (
      version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
      segment_id TEXT NOT NULL,
      PRIMARY KEY (version_id, segment_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO replaced_by_id SELECT replaced.version_id, segment_id(${FIRST_NUMBER})
      FROM replaced_segments AS replaced JOIN segments AS segment ON segment.id = replaced.segment_id;
    DROP TABLE replaced_segments;
    ALTER TABLE replaced_by_id RENAME TO replaced_segments;
  `);
}

/** A segment in the log: the machine's by number, one of an edit in full. */
type OldSegment =
  | number
  | { key: string; channel: number; windowIndex: number; origins: number[]; segment: unknown };

interface OldChange {
  readonly removed: readonly OldSegment[];
  readonly inserted: readonly OldSegment[];
}

function rewriteLog(db: Sqlite.Database): void {
  const ofNumber = db.prepare(`SELECT ifnull(
      (SELECT segment_id(${FIRST_NUMBER}) FROM segments AS segment WHERE id = @number), segment_id(@number))`);
  const ofKey = db.prepare('SELECT segment_id(CAST(@key AS INTEGER))');
  const idOfNumber = (number: number) => ofNumber.pluck().get({ number }) as string;
  const idOfKey = (key: string) => (/^[0-9]+$/.test(key) ? (ofKey.pluck().get({ key }) as string) : key);
  const rewritten = (segment: OldSegment) => {
    if (typeof segment === 'number') return idOfNumber(segment);
    const { key, channel, windowIndex, origins, segment: content } = segment;
    return { id: idOfKey(key), channel, windowIndex, origins: origins.map(idOfNumber), segment: content };
  };
  const read = db
    .prepare('SELECT changes FROM edits WHERE version_id = @versionId AND number = @number')
    .pluck();
  const write = db.prepare(
    'UPDATE edits SET changes = @changes WHERE version_id = @versionId AND number = @number',
  );
  const edits = db.prepare('SELECT version_id AS versionId, number FROM edits').all() as {
    versionId: string;
    number: number;
  }[];
  for (const edit of edits) {
    const changes = (JSON.parse(read.get(edit) as string) as OldChange[]).map(({ removed, inserted }) => ({
      removed: removed.map(rewritten),
      inserted: inserted.map(rewritten),
    }));
    write.run({ ...edit, changes: JSON.stringify(changes) });
  }
}

function rebuildSegments(db: Sqlite.Database): void {
  db.exec(`
    DROP TABLE segments_fts;

    -- Within a version an id is there once. The rowid is no name: it tells the order in which segments came in.
    -- Origins are the ids of the machine's segments that an edited one stands for, as a JSON array; null for the machine's.
    CREATE TABLE segments_by_id (
      rowid INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
      origins TEXT,
      channel INTEGER NOT NULL,
      window_index INTEGER NOT NULL,
      start_ms INTEGER NOT NULL,
      end_ms INTEGER NOT NULL,
      text TEXT NOT NULL,
      speaker TEXT,
      language TEXT NOT NULL,
      confidence REAL NOT NULL,
      flags TEXT NOT NULL,
      words TEXT NOT NULL
    ) STRICT;
    INSERT INTO segments_by_id
      SELECT id,
        CASE
          WHEN edit_key IS NULL THEN segment_id(${FIRST_NUMBER})
          WHEN ${isNumber('edit_key')} THEN segment_id(CAST(edit_key AS INTEGER))
          ELSE edit_key
        END,
        version_id,
        CASE WHEN origins IS NOT NULL THEN (
          SELECT json_group_array(segment_id(ifnull(ifnull(origin.copied_from, origin.id), each.value)) ORDER BY each.key)
          FROM json_each(segment.origins) AS each LEFT JOIN segments AS origin ON origin.id = each.value
        ) END,
        channel, window_index, start_ms, end_ms, text, speaker, language, confidence, flags, words
      FROM segments AS segment;
    DROP TABLE segments;
    ALTER TABLE segments_by_id RENAME TO segments;
    CREATE UNIQUE INDEX segments_by_id ON segments (version_id, id);
    CREATE INDEX segments_of_version ON segments (version_id, start_ms, channel);

    CREATE VIRTUAL TABLE segments_fts USING fts5 (
      text, content = 'segments', content_rowid = 'rowid', tokenize = 'unicode61 remove_diacritics 2'
    );
    -- Without this the index keeps the words of deleted rows until it happens to merge them away.
    INSERT INTO segments_fts (segments_fts, rank) VALUES ('secure-delete', 1);
    INSERT INTO segments_fts (segments_fts) VALUES ('rebuild');

    CREATE TRIGGER segments_inserted AFTER INSERT ON segments BEGIN
      INSERT INTO segments_fts (rowid, text) VALUES (new.rowid, new.text);
    END;
    CREATE TRIGGER segments_deleted AFTER DELETE ON segments BEGIN
      INSERT INTO segments_fts (segments_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
    END;
    CREATE TRIGGER segments_reworded AFTER UPDATE OF text ON segments BEGIN
      INSERT INTO segments_fts (segments_fts, rowid, text) VALUES ('delete', old.rowid, old.text);
      INSERT INTO segments_fts (rowid, text) VALUES (new.rowid, new.text);
    END;
  `);
}
