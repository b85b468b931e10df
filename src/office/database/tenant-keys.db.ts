import type { Connection } from '../../core/database/connection.db.ts';

/** The rows of the tenants' vault keys: public ones. */
export class TenantKeys {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The public key of a tenant's vault, of 32 bytes; null if it has none. */
  vaultKey(tenantId: string): Uint8Array | null {
    const sql = 'SELECT vault_public_key AS vaultKey FROM tenant_keys WHERE tenant_id = @tenantId';
    return this.#connection.one<{ vaultKey: Uint8Array }>(sql, { tenantId })?.vaultKey ?? null;
  }

  /** Sets it, or takes it away: clients refuse to seal until somebody has compared the new fingerprint. */
  setVaultKey(tenantId: string, vaultKey: Uint8Array | null, atMs: number): void {
    if (vaultKey === null) {
      this.#connection.run('DELETE FROM tenant_keys WHERE tenant_id = @tenantId', { tenantId });
      return;
    }
    this.#connection.run(
      `INSERT INTO tenant_keys (tenant_id, vault_public_key, set_at_ms) VALUES (@tenantId, @vaultKey, @atMs)
       ON CONFLICT DO UPDATE SET vault_public_key = @vaultKey, set_at_ms = @atMs`,
      { tenantId, vaultKey, atMs },
    );
  }
}
