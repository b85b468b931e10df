import type { Migration } from '../migration.ts';

/**
 * Who speaks. What the models heard of a part of the working copy is kept, so that the speakers can be told apart anew without
 * hearing it again. Known voices are biometric data, and belong to a matter.
 */
export const migration: Migration = {
  number: 18,
  name: 'speakers',
  up(db) {
    db.exec(`
      CREATE TABLE speaker_parts (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        part_index INTEGER NOT NULL,
        voices BLOB NOT NULL,
        PRIMARY KEY (recording_id, part_index)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE diarizations (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        count TEXT,
        turns TEXT NOT NULL,
        speakers TEXT NOT NULL,
        made_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE known_voices (
        id TEXT PRIMARY KEY,
        matter_id TEXT NOT NULL REFERENCES matters (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        embedding BLOB NOT NULL,
        speech_ms INTEGER NOT NULL,
        recording_id TEXT REFERENCES recordings (id) ON DELETE SET NULL,
        remembered_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX known_voices_of_matter ON known_voices (matter_id);
      -- The labels of a text, without going through its segments.
      CREATE INDEX speakers_of_segments ON segments (version_id, speaker) WHERE speaker IS NOT NULL;
      CREATE INDEX known_voices_of_recording ON known_voices (recording_id);
    `);
  },
};
