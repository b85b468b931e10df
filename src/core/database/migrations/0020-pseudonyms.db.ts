import type { Migration } from '../migration.ts';

/**
 * Pseudonyms. A scope is a matter, or a recording without one; it owns the key (label to what it stands for), the last number
 * given for each kind, and the texts that were decided to stay as they are. `pseudonym_uses` tells which recordings say what a
 * label stands for, so that it can go with the last of them.
 */
export const migration: Migration = {
  number: 20,
  name: 'pseudonyms',
  up(db) {
    db.exec(`
      CREATE TABLE pseudonym_scopes (
        id TEXT PRIMARY KEY,
        matter_id TEXT UNIQUE REFERENCES matters (id) ON DELETE CASCADE,
        recording_id TEXT UNIQUE REFERENCES recordings (id) ON DELETE CASCADE,
        counts TEXT NOT NULL,
        plain TEXT NOT NULL,
        CHECK ((matter_id IS NULL) <> (recording_id IS NULL))
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE pseudonyms (
        id TEXT PRIMARY KEY,
        scope_id TEXT NOT NULL REFERENCES pseudonym_scopes (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        forms TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX pseudonyms_of_scope ON pseudonyms (scope_id);

      CREATE TABLE pseudonym_uses (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        pseudonym_id TEXT NOT NULL REFERENCES pseudonyms (id) ON DELETE CASCADE,
        PRIMARY KEY (recording_id, pseudonym_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX uses_of_pseudonym ON pseudonym_uses (pseudonym_id);
    `);
  },
};
