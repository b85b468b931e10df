import type { Migration } from '../migration.ts';

/** The hash-chained audit log, and settings of the vault. */
export const migration: Migration = {
  number: 5,
  name: 'audit-and-settings',
  up(db) {
    db.exec(`
      -- Outlives what it tells about: no foreign keys.
      CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        action TEXT NOT NULL,
        subject_id TEXT,
        outcome TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous_hash BLOB NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;

      CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
