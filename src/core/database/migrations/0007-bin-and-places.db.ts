import type { Migration } from '../migration.ts';

/** The bin, recordings that wait for a speech model, the view state of each, and the last export of each matter. */
export const migration: Migration = {
  number: 7,
  name: 'bin-and-places',
  up(db) {
    db.exec(`
      ALTER TABLE recordings ADD COLUMN binned_at_ms INTEGER;
      -- What the user chose for a transcription that waits until there is a speech model; null where none waits.
      ALTER TABLE recordings ADD COLUMN waiting_choice TEXT;
      CREATE INDEX recordings_in_bin ON recordings (binned_at_ms) WHERE binned_at_ms IS NOT NULL;

      CREATE TABLE places (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        place TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE matters ADD COLUMN last_export TEXT;
    `);
  },
};
