import type { Migration } from '../migration.ts';

/** Case numbers of matters, and the Word templates that exports are written into: they may hold letterheads. */
export const migration: Migration = {
  number: 26,
  name: 'word-templates',
  up(db) {
    db.exec(`
      ALTER TABLE matters ADD COLUMN case_number TEXT NOT NULL DEFAULT '';

      CREATE TABLE word_templates (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        content BLOB NOT NULL,
        added_at_ms INTEGER NOT NULL
      ) STRICT;
    `);
  },
};
