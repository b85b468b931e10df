import type { Migration } from '../../core/database/migration.ts';

/** Uploads and access tokens. */
export const UPLOADS_AND_TOKENS: Migration = {
  number: 2,
  name: 'uploads and tokens',
  up(db) {
    db.exec(`
      CREATE TABLE uploads (
        id TEXT PRIMARY KEY,
        tenant_id TEXT NOT NULL,
        store_upload_id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        parts TEXT NOT NULL,
        is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1)),
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX uploads_by_fingerprint ON uploads (tenant_id, fingerprint);
      CREATE INDEX uploads_open ON uploads (created_at_ms) WHERE NOT is_complete;
      CREATE TABLE tokens (
        id TEXT PRIMARY KEY,
        secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
        tenant_id TEXT NOT NULL,
        scopes TEXT NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        created_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
