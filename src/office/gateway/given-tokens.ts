import type { TokenScope } from '../contract/office-api.ts';
import { newToken, type TokenRows, tokenParts } from './access-tokens.ts';

/** Rows of tokens that whoever starts the gateway decides about. */
export interface GivenTokenRows extends TokenRows {
  /** Takes back every token of a tenant but one. */
  keepOnly(tenantId: string, id: string): void;
}

/** Such tokens are valid as long as the gateway is started with them. */
const LIFETIME_MS = 10 * 365 * 24 * 3600 * 1000;

/** A token that no database knows yet: it is made before there is one, and given to the gateway and to who uses it. */
export function makeGivenToken(): string {
  return newToken().token;
}

/**
 * Lets a token in that was made elsewhere, and takes back the one that was given for the same use before: to change it is to
 * change its file and to start the gateway again. Throws a TypeError for what is no token.
 */
export function admitToken(rows: GivenTokenRows, token: string, scope: TokenScope, nowMs = Date.now()): void {
  const parts = tokenParts(token);
  if (parts === null) throw new TypeError('a token is vso_ID_SECRET');
  // No tenant can have this name: theirs have no colon.
  const tenantId = `given:${scope}`;
  rows.keepOnly(tenantId, parts.id);
  if (rows.get(parts.id) !== null) return;
  rows.add({ ...parts, tenantId, scopes: [scope], expiresAtMs: nowMs + LIFETIME_MS, createdAtMs: nowMs });
}
