import type { Migration } from '../migration.ts';

/**
 * Texts that were written outside of the app. One that was aligned is a machine version without a job, with a row here;
 * one that waits for its recording's transcription, or for the user's answer, is kept as a whole.
 */
export const migration: Migration = {
  number: 22,
  name: 'existing-texts',
  up(db) {
    db.exec(`
      CREATE TABLE aligned_texts (
        version_id TEXT PRIMARY KEY REFERENCES versions (id) ON DELETE CASCADE,
        -- Its words gave the times.
        base_version_id TEXT NOT NULL REFERENCES versions (id),
        brought TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE waiting_texts (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        fit TEXT,
        added_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
