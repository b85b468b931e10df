import type { Migration } from '../migration.ts';

/**
 * Voice activity of the parts of working copies, and the findings of windows besides their segments. The probabilities
 * are one byte for each 512 samples, the state is the detector's, for the next part: both as the addon returns them.
 */
export const migration: Migration = {
  number: 14,
  name: 'voice-activity',
  up(db) {
    db.exec(`
      CREATE TABLE voice_activity (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        channel INTEGER NOT NULL,
        part_index INTEGER NOT NULL,
        probabilities BLOB NOT NULL,
        state BLOB NOT NULL,
        PRIMARY KEY (recording_id, channel, part_index)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE windows ADD COLUMN findings TEXT;
    `);
  },
};
