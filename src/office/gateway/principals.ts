import { ROLE_SCOPES } from '../contract/office-access.ts';
import type { TokenScope } from '../contract/office-api.ts';
import { OfficeError, type OfficeErrorCode } from '../contract/office-errors.ts';
import type { OfficeAudit } from '../database/office-audit.db.ts';
import type { OfficeTenants } from '../database/office-tenants.db.ts';
import { isOfficeToken, type Principal, principalOfToken, type TokenRows } from './access-tokens.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** What they are known by. */
export interface PrincipalParts {
  readonly tokens: TokenRows;
  readonly tenants: Pick<OfficeTenants, 'get'>;
  readonly audit: Pick<OfficeAudit, 'append'>;
  /** Null where the house has none, and only tokens are accepted. */
  readonly identityProvider: IdentityProvider | null;
  readonly now: () => number;
}

/** For so long somebody who is known, or refused for the same reason, is not told again in the audit log. */
const TOLD_MS = 3600_000;

/** No more are remembered at a time: an attacker who brings more makes the log longer, and the gateway no larger. */
const MOST_TOLD = 20_000;

/** Tells who asks, by the office's tokens or the access tokens of the house's identity provider, and notes it in the audit log of the tenant. */
export class Principals {
  readonly #parts: PrincipalParts;
  readonly #told = new Map<string, number>();

  constructor(parts: PrincipalParts) {
    this.#parts = parts;
  }

  /** Who makes a request, by its `authorization` header. Throws `token.refused`, `token.scopeMissing`, `user.noTenant`, `signIn.unavailable`. */
  async of(authorization: string | undefined, scope: TokenScope): Promise<Principal> {
    const principal = await this.#known(authorization ?? '');
    if (principal.scopes.includes(scope)) {
      this.#tell(principal, null);
      return principal;
    }
    this.#tell(principal, 'token.scopeMissing');
    throw new OfficeError('token.scopeMissing');
  }

  async #known(authorization: string): Promise<Principal> {
    const { tokens, identityProvider, tenants, now } = this.#parts;
    if (isOfficeToken(authorization)) {
      return principalOfToken(tokens, authorization, now(), (whose) => this.#tell(whose, 'token.refused'));
    }
    const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization) ?? [];
    if (identityProvider === null || token === undefined) throw new OfficeError('token.refused');
    const { tenantId, subject, roles } = await identityProvider.user(token);
    // Only tenants that the office has made: no claim makes one.
    if (tenants.get(tenantId) === null) throw new OfficeError('user.noTenant');
    return { tenantId, actor: `user:${subject}`, scopes: roles.flatMap((role) => ROLE_SCOPES[role]) };
  }

  #tell({ tenantId, actor }: Omit<Principal, 'scopes'>, refusal: OfficeErrorCode | null): void {
    const { audit, now } = this.#parts;
    const key = JSON.stringify([tenantId, actor, refusal]);
    const atMs = now();
    if (atMs - (this.#told.get(key) ?? Number.NEGATIVE_INFINITY) < TOLD_MS) return;
    if (this.#told.size >= MOST_TOLD) this.#told.clear();
    this.#told.set(key, atMs);
    audit.append({
      ...{
        tenantId,
        atMs,
        action: 'signIn',
        subjectId: null,
        outcome: refusal === null ? 'done' : 'refused',
      },
      detail: { actor, ...(refusal && { reason: refusal }) },
    });
  }
}
