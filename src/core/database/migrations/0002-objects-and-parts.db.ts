import type { Migration } from '../migration.ts';

/** Sealed objects with their wrapped keys, and the parts of working copies that they hold. */
export const migration: Migration = {
  number: 2,
  name: 'objects-and-parts',
  up(db) {
    db.exec(`
      CREATE TABLE objects (
        id TEXT PRIMARY KEY,
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('original', 'part')),
        version INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        wrapped_key BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        chunk_count INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX objects_of_recording ON objects (recording_id);

      -- Features and peaks come last, so that reading the other columns never touches their overflow pages.
      CREATE TABLE parts (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        channel INTEGER NOT NULL,
        part_index INTEGER NOT NULL,
        start_sample INTEGER NOT NULL,
        sample_count INTEGER NOT NULL,
        object_id TEXT NOT NULL REFERENCES objects (id) ON DELETE CASCADE,
        features BLOB NOT NULL,
        peaks BLOB NOT NULL,
        PRIMARY KEY (recording_id, channel, part_index)
      ) STRICT;

      CREATE INDEX parts_of_object ON parts (object_id);
    `);
  },
};
