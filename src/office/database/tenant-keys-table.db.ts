import type { Migration } from '../../core/database/migration.ts';

/** The public keys of tenants' vaults. */
export const TENANT_KEYS: Migration = {
  number: 3,
  name: 'tenant keys',
  up(db) {
    db.exec(`
      CREATE TABLE tenant_keys (
        tenant_id TEXT PRIMARY KEY,
        vault_public_key BLOB NOT NULL CHECK (length(vault_public_key) = 32),
        set_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
