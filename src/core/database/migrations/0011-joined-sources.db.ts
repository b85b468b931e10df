import type { Migration } from '../migration.ts';

/** The source files of recordings that were joined from several; a recording of one source has none here. */
export const migration: Migration = {
  number: 11,
  name: 'joined-sources',
  up(db) {
    db.exec(`
      CREATE TABLE recording_sources (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        source_index INTEGER NOT NULL,
        name TEXT NOT NULL,
        source_path TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ms INTEGER NOT NULL,
        sha256 TEXT,
        start_ms INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        incomplete INTEGER NOT NULL CHECK (incomplete IN (0, 1)),
        original_object_id TEXT,
        PRIMARY KEY (recording_id, source_index)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
