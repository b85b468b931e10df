import type { Migration } from '../migration.ts';

/**
 * Words that users have replaced by others while correcting: from the second time on, a rule may be offered that does it in new
 * transcripts. They go with their recording. `times` is how often it was done in it; `declined` that the offer was turned down.
 */
export const migration: Migration = {
  number: 33,
  name: 'corrected-words',
  up(db) {
    db.exec(`
      CREATE TABLE corrected_words (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        heard TEXT NOT NULL,
        written TEXT NOT NULL,
        times INTEGER NOT NULL,
        declined INTEGER NOT NULL CHECK (declined IN (0, 1)),
        PRIMARY KEY (recording_id, heard, written)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX corrected_words_by_words ON corrected_words (heard, written);
    `);
  },
};
