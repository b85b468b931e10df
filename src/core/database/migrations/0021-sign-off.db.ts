import type { Migration } from '../migration.ts';

/**
 * What was listened to, who checked a text and the text as it was then; how long the recordings of a matter are kept, and
 * the certificates of erasing, which outlive what they are about.
 */
export const migration: Migration = {
  number: 21,
  name: 'sign-off',
  up(db) {
    db.exec(`
      CREATE TABLE listened (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        spans TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sign_offs (
        recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
        version_id TEXT NOT NULL,
        checked_by TEXT NOT NULL,
        checked_at_ms INTEGER NOT NULL,
        listened_ms INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL,
        text_sha256 TEXT NOT NULL,
        segments TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE retentions (
        matter_id TEXT PRIMARY KEY REFERENCES matters (id) ON DELETE CASCADE,
        days INTEGER,
        automatic INTEGER NOT NULL,
        confirmed INTEGER NOT NULL,
        held_since_ms INTEGER
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE erasure_certificates (
        id TEXT PRIMARY KEY,
        written_at_ms INTEGER NOT NULL,
        content TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
