import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { TenantId } from '../contract/office-access.ts';
import type { TokenScope } from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { OfficeToken } from '../database/office-tokens.db.ts';

/** The rows that tokens are kept in. */
export interface TokenRows {
  add(token: OfficeToken): void;
  get(id: string): OfficeToken | null;
  /** A tenant's, the newest first. */
  list(tenantId: string): OfficeToken[];
  remove(id: string): void;
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
  rows: Pick<TokenRows, 'add'>,
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

/** The id of a token. Throws a RangeError for what is none. */
export function idOfToken(token: string): string {
  const id = tokenParts(token)?.id;
  if (id === undefined) throw new RangeError('not a token of the office');
  return id;
}

/** What is kept of a token; null for what is none. */
export function tokenParts(token: string): TokenParts | null {
  const [, id, secret] = FORM.exec(token) ?? [];
  return id === undefined || secret === undefined ? null : { id, secretHash: hashOf(secret) };
}

/** Who asks for something. */
export interface Principal {
  readonly tenantId: string;
  /** `token:ID`, or `user:SUBJECT` as the identity provider names him. */
  readonly actor: string;
  readonly scopes: readonly TokenScope[];
}

/** Whether a request's `authorization` header has a token of the office's, whatever it is worth. */
export function isOfficeToken(authorization: string): boolean {
  return authorization.startsWith(`${SCHEME}vso_`);
}

/**
 * Whose a request's `authorization` header is. Throws `token.refused`; `onRefused` is told whose token it was, if it has expired or its
 * secret is wrong.
 */
export function principalOfToken(
  rows: Pick<TokenRows, 'get'>,
  authorization: string,
  nowMs: number,
  onRefused: (whose: Principal) => void = () => undefined,
): Principal {
  const given = authorization.startsWith(SCHEME) ? tokenParts(authorization.slice(SCHEME.length)) : null;
  const token = given === null ? null : rows.get(given.id);
  const isSecret = timingSafeEqual(given?.secretHash ?? hashOf(''), token?.secretHash ?? NO_HASH);
  if (token === null) throw new OfficeError('token.refused');
  const { id, tenantId, scopes } = token;
  const principal = { tenantId, actor: `token:${id}`, scopes };
  if (isSecret && token.expiresAtMs > nowMs) return principal;
  onRefused(principal);
  throw new OfficeError('token.refused');
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
