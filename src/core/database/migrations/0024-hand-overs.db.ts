import type { Migration } from '../migration.ts';

/**
 * Hand-overs of matters that were received, so that a second time is noticed, and the rows of one that is being received: they become
 * those of the vault all at once.
 */
export const migration: Migration = {
  number: 24,
  name: 'hand-overs',
  up(db) {
    db.exec(`
      CREATE TABLE received_hand_overs (
        id TEXT PRIMARY KEY,
        matter_id TEXT NOT NULL REFERENCES matters (id) ON DELETE CASCADE,
        received_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX received_hand_overs_of_matter ON received_hand_overs (matter_id);

      CREATE TABLE arriving_rows (
        number INTEGER PRIMARY KEY,
        table_name TEXT NOT NULL,
        -- A JSON array of rows, as the file has it.
        rows TEXT NOT NULL
      ) STRICT;
    `);
  },
};
