import type { Migration } from '../migration.ts';

/** The gain applied to the audio of each part, in whole dB: 0 for earlier imports. */
export const migration: Migration = {
  number: 13,
  name: 'part-gains',
  up(db) {
    db.exec(`
      ALTER TABLE parts ADD COLUMN gain_db INTEGER NOT NULL DEFAULT 0;

      -- An added column stands behind features and peaks: the index tells it without a look at their overflow pages.
      CREATE INDEX gains_of_recording ON parts (recording_id, gain_db);
    `);
  },
};
