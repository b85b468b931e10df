import type { Migration } from '../migration.ts';

/** How each recording is played: amplified by so many decibels, one channel alone. */
export const migration: Migration = {
  number: 28,
  name: 'recording-sounds',
  up(db) {
    db.exec(`
      CREATE TABLE recording_sounds (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        gain_db INTEGER NOT NULL,
        solo INTEGER
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
