import type { Connection } from '../../core/database/connection.db.ts';
import type { TokenScope } from '../contract/office-api.ts';

/** A token as the office keeps it: nobody can make the token of it. */
export interface OfficeToken {
  readonly id: string;
  /** SHA-256 of the token's secret. */
  readonly secretHash: Uint8Array;
  readonly tenantId: string;
  readonly scopes: readonly TokenScope[];
  readonly expiresAtMs: number;
  readonly createdAtMs: number;
}

type Row = Omit<OfficeToken, 'scopes'> & { readonly scopes: string };

const SELECT = `SELECT id, secret_hash AS secretHash, tenant_id AS tenantId, scopes, expires_at_ms AS expiresAtMs,
  created_at_ms AS createdAtMs FROM tokens`;

/** The rows of access tokens. */
export class OfficeTokens {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add({ scopes, ...token }: OfficeToken): void {
    this.#connection.run(
      `INSERT INTO tokens (id, secret_hash, tenant_id, scopes, expires_at_ms, created_at_ms)
       VALUES (@id, @secretHash, @tenantId, @scopes, @expiresAtMs, @createdAtMs)`,
      { ...token, scopes: scopes.join(' ') },
    );
  }

  get(id: string): OfficeToken | null {
    const row = this.#connection.one<Row>(`${SELECT} WHERE id = @id`, { id });
    return row === null ? null : tokenOf(row);
  }

  /** When the token of this scope expires that lasts longest; null if there is none. */
  lastExpiry(scope: TokenScope): number | null {
    const sql =
      "SELECT max(expires_at_ms) AS atMs FROM tokens WHERE ' ' || scopes || ' ' LIKE '% ' || @scope || ' %'";
    return this.#connection.one<{ atMs: number | null }>(sql, { scope })?.atMs ?? null;
  }

  /** Takes back every token of a tenant but one. */
  keepOnly(tenantId: string, id: string): void {
    this.#connection.run('DELETE FROM tokens WHERE tenant_id = @tenantId AND id <> @id', { tenantId, id });
  }

  /** A tenant's tokens, the newest first. */
  list(tenantId: string): OfficeToken[] {
    const sql = `${SELECT} WHERE tenant_id = @tenantId ORDER BY created_at_ms DESC, id`;
    return this.#connection.all<Row>(sql, { tenantId }).map(tokenOf);
  }

  /** Takes a token back: the next request with it is refused. */
  remove(id: string): void {
    this.#connection.run('DELETE FROM tokens WHERE id = @id', { id });
  }
}

function tokenOf({ scopes, ...row }: Row): OfficeToken {
  return { ...row, scopes: scopes.split(' ') as TokenScope[] };
}
