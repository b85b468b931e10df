import type { Migration } from '../migration.ts';

/** Versions of transcripts, their segments, and the full-text index over them. */
export const migration: Migration = {
  number: 4,
  name: 'transcripts',
  up(db) {
    db.exec(`
      CREATE TABLE versions (
        id TEXT PRIMARY KEY,
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
        kind TEXT NOT NULL CHECK (kind IN ('machine', 'edited')),
        number INTEGER NOT NULL,
        parent_id TEXT REFERENCES versions (id) ON DELETE SET NULL,
        created_at_ms INTEGER NOT NULL,
        completed_at_ms INTEGER,
        content_hash TEXT,
        UNIQUE (recording_id, number)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX versions_of_job ON versions (job_id);
      CREATE INDEX versions_of_parent ON versions (parent_id);

      -- A recording's current transcript: its highest complete version or, where none is complete, its highest.
      CREATE VIEW latest_versions AS
        SELECT * FROM versions AS version
        WHERE version.id = (
          SELECT id FROM versions
          WHERE recording_id = version.recording_id
          ORDER BY completed_at_ms IS NULL, number DESC LIMIT 1
        );

      CREATE TABLE segments (
        id INTEGER PRIMARY KEY,
        version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
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

      CREATE INDEX segments_of_version ON segments (version_id, start_ms, channel);

      CREATE VIRTUAL TABLE segments_fts USING fts5 (
        text, content = 'segments', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
      );
      -- Without this the index keeps the words of deleted rows until it happens to merge them away.
      INSERT INTO segments_fts (segments_fts, rank) VALUES ('secure-delete', 1);

      CREATE TRIGGER segments_inserted AFTER INSERT ON segments BEGIN
        INSERT INTO segments_fts (rowid, text) VALUES (new.id, new.text);
      END;
      CREATE TRIGGER segments_deleted AFTER DELETE ON segments BEGIN
        INSERT INTO segments_fts (segments_fts, rowid, text) VALUES ('delete', old.id, old.text);
      END;
      CREATE TRIGGER segments_reworded AFTER UPDATE OF text ON segments BEGIN
        INSERT INTO segments_fts (segments_fts, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO segments_fts (rowid, text) VALUES (new.id, new.text);
      END;
    `);
  },
};
