import type { Migration } from '../migration.ts';

/** Matters and the recordings that belong to them. Times are integer milliseconds, ids UUIDv7 text, JSON is text. */
export const migration: Migration = {
  number: 1,
  name: 'matters-and-recordings',
  up(db) {
    db.exec(`
      CREATE TABLE matters (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        vocabulary TEXT NOT NULL,
        speakers TEXT NOT NULL,
        default_options TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE recordings (
        id TEXT PRIMARY KEY,
        matter_id TEXT REFERENCES matters (id) ON DELETE SET NULL,
        name TEXT NOT NULL,
        source_path TEXT NOT NULL,
        source_size_bytes INTEGER NOT NULL,
        source_modified_ms INTEGER NOT NULL,
        source_sha256 TEXT,
        state TEXT NOT NULL CHECK (state IN ('importing', 'ready', 'incomplete')),
        facts TEXT NOT NULL,
        track_index INTEGER,
        layout TEXT CHECK (layout IN ('single', 'mixed', 'speakers')),
        channels INTEGER,
        duration_ms INTEGER,
        original_object_id TEXT,
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX recordings_of_matter ON recordings (matter_id, created_at_ms);
      CREATE INDEX recordings_by_time ON recordings (created_at_ms, id);
    `);
  },
};
