import type { Migration } from '../migration.ts';

/**
 * Rules of a vault (without a matter) and of matters by which new transcripts are corrected, and where they did. An edit
 * of the operation log may have a kind: `rules` for the one that the rules made; those of people have none.
 */
export const migration: Migration = {
  number: 27,
  name: 'automatic-corrections',
  up(db) {
    db.exec(`
      CREATE TABLE correction_rules (
        id TEXT PRIMARY KEY,
        matter_id TEXT REFERENCES matters (id) ON DELETE CASCADE,
        find TEXT NOT NULL,
        replacement TEXT NOT NULL,
        match_case INTEGER NOT NULL CHECK (match_case IN (0, 1))
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX correction_rules_of_matter ON correction_rules (matter_id);

      CREATE TABLE applied_corrections (
        version_id TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        segment_id TEXT NOT NULL,
        start_ms INTEGER NOT NULL,
        text_index INTEGER NOT NULL,
        found TEXT NOT NULL,
        replacement TEXT NOT NULL,
        PRIMARY KEY (version_id, number)
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE edits ADD COLUMN kind TEXT;
    `);
  },
};
