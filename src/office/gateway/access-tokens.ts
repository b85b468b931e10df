import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { TenantId } from '../contract/office-access.ts';
import type { TokenScope } from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { OfficeToken } from '../database/office-tokens.db.ts';

/** The rows that tokens are kept in. */
export interface TokenRows {
  add(token: OfficeToken): void;
  get(id: string): OfficeToken | null;
}

const ID_BYTES = 8;
const SECRET_BYTES = 32;
const FORM = /^vso_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const SCHEME = 'Bearer ';

/** Compared with where there is no token of an id, so that the answer takes as long. */
const NO_HASH = Buffer.alloc(SECRET_BYTES);

/**
 * Makes a token, `vso_ID_SECRET`: 8 and 32 random bytes, the secret in base64url. It is shown this once; what is kept is the
 * SHA-256 of the secret, which needs no slower hash since nobody can guess 256 random bits. Throws a RangeError for a
 * tenant whose name has other characters than a-z, 0-9 and `-`.
 */
export function makeToken(
  rows: TokenRows,
  facts: { tenantId: string; scopes: readonly TokenScope[]; expiresAtMs: number },
  nowMs = Date.now(),
): string {
  if (!TenantId.safeParse(facts.tenantId).success)
    throw new RangeError('a tenant is named by a-z, 0-9 and -');
  const { token, ...parts } = newToken();
  rows.add({ ...facts, ...parts, createdAtMs: nowMs });
  return token;
}

/** What is kept of a token. */
type TokenParts = Pick<OfficeToken, 'id' | 'secretHash'>;

/** A new token, and what is kept of it. */
export function newToken(): TokenParts & { readonly token: string } {
  const id = randomBytes(ID_BYTES).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { token: `vso_${id}_${secret}`, id, secretHash: hashOf(secret) };
}

/** What is kept of a token; null for what is none. */
export function tokenParts(token: string): TokenParts | null {
  const [, id, secret] = FORM.exec(token) ?? [];
  return id === undefined || secret === undefined ? null : { id, secretHash: hashOf(secret) };
}

/** The tenant of a request's `authorization` header. Throws `token.refused`, `token.scopeMissing`. */
export function tenantOf(
  rows: TokenRows,
  authorization: string | undefined,
  scope: TokenScope,
  nowMs: number,
): string {
  const given = authorization?.startsWith(SCHEME) ? tokenParts(authorization.slice(SCHEME.length)) : null;
  const token = given === null ? null : rows.get(given.id);
  const isSecret = timingSafeEqual(given?.secretHash ?? hashOf(''), token?.secretHash ?? NO_HASH);
  if (token === null || !isSecret || token.expiresAtMs <= nowMs) throw new OfficeError('token.refused');
  if (!token.scopes.includes(scope)) throw new OfficeError('token.scopeMissing');
  return token.tenantId;
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
