import { createHash } from 'node:crypto';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from '../../contract/schema.ts';
import { Role, TenantId } from '../contract/office-access.ts';
import { OfficeError } from '../contract/office-errors.ts';

/** What the gateway knows of the house's identity provider. */
export interface IdentityProviderSettings {
  /** As its tokens name it: `https://id.example/realms/house`. */
  readonly issuer: string;
  /** Whom access tokens for the gateway are meant for: not the page's client id, or ID tokens would pass for them. */
  readonly audience: string;
  /** The client that the page for browsers is. */
  readonly clientId: string;
  /** What the page asks for. */
  readonly scope: string;
  /** The claim that names a user's tenant, and that which lists his roles: `roles`, or `realm_access.roles` within another. */
  readonly tenantClaim: string;
  readonly rolesClaim: string;
  /** How long the provider is not asked again for keys, or after it could not be reached, and a token is not checked again, in milliseconds. */
  readonly coolDownMs?: number;
}

/** A user whose access token was accepted. */
export interface OfficeUser {
  readonly tenantId: string;
  /** As the provider names him. */
  readonly subject: string;
  readonly roles: readonly Role[];
}

/** Signatures with a private key alone: neither `none`, nor HMAC, under which a public key could be taken for a secret. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const COOL_DOWN_MS = 30_000;

/** No more tokens are known at a time. */
const MOST_ACCEPTED = 20_000;

const DISCOVERY_LIFETIME_MS = 3600_000;
const KEYS_LIFETIME_MS = 600_000;
const DEADLINE_MS = 5_000;

/** However long the provider says that a token is valid: a stolen one is of no use longer. */
const LONGEST_LIFETIME = '24 hours';
/** By which clocks may differ. */
const CLOCKS = '5 seconds';

/** An address in the house's network, to which nobody on the way can listen: TLS, or this computer. */
export const SafeUrl = z.url().refine((text) => {
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
  );
}, 'must be https');

/** OpenID Connect Discovery 1.0, section 3, as far as it is of use here. */
const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: SafeUrl,
  authorization_endpoint: SafeUrl,
  token_endpoint: SafeUrl,
});
type Discovery = z.infer<typeof Discovery>;

const Subject = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/**
 * The house's own OpenID provider: checks the access tokens (JWT, as of RFC 9068) of its users. Its discovery document and keys are
 * fetched when they are needed, and kept.
 */
export class IdentityProvider {
  readonly #settings: IdentityProviderSettings;
  readonly #coolDownMs: number;
  #discovery: { readonly document: Discovery; readonly atMs: number } | null = null;
  #asking: Promise<Discovery> | null = null;
  #failedAtMs = Number.NEGATIVE_INFINITY;
  /** Users of tokens that were checked a moment ago, by the tokens' digests: a signature takes a millisecond, and pages ask every second. */
  readonly #accepted = new Map<string, { readonly user: OfficeUser; readonly untilMs: number }>();
  #keys: { readonly uri: string; readonly get: ReturnType<typeof createRemoteJWKSet> } | null = null;

  constructor(settings: IdentityProviderSettings) {
    this.#settings = settings;
    this.#coolDownMs = settings.coolDownMs ?? COOL_DOWN_MS;
  }

  /**
   * The user of an access token. Throws `token.refused` for one that is not of this provider, not for this office, not signed by one of
   * its keys, or has expired; `user.noTenant` for one that names none; `signIn.unavailable` where keys cannot be fetched.
   */
  async user(token: string): Promise<OfficeUser> {
    const now = Date.now();
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.#accepted.get(digest);
    if (known !== undefined && known.untilMs > now) return known.user;
    const { exp = 0, ...payload } = await this.#verified(token);
    const user = this.#userOf(payload);
    if (this.#accepted.size >= MOST_ACCEPTED) this.#accepted.clear();
    this.#accepted.set(digest, { user, untilMs: Math.min(now + this.#coolDownMs, exp * 1000) });
    return user;
  }

  #userOf(payload: JWTPayload): OfficeUser {
    const subject = Subject.safeParse(payload.sub);
    if (!subject.success) throw new OfficeError('token.refused');
    const tenant = TenantId.safeParse(claimOf(payload, this.#settings.tenantClaim));
    if (!tenant.success) throw new OfficeError('user.noTenant');
    return {
      tenantId: tenant.data,
      subject: subject.data,
      roles: rolesOf(claimOf(payload, this.#settings.rolesClaim)),
    };
  }

  /** What a page needs to sign a user in, by the authorization code flow with PKCE (RFC 7636). Throws `signIn.unavailable`. */
  async signIn() {
    const { authorization_endpoint, token_endpoint } = await this.#discovered();
    const { issuer, clientId, scope, audience } = this.#settings;
    return {
      ...{ issuer, clientId, scope, audience },
      authorizationEndpoint: authorization_endpoint,
      tokenEndpoint: token_endpoint,
    };
  }

  async #verified(token: string): Promise<JWTPayload> {
    const { issuer, audience } = this.#settings;
    const keys = this.#keysAt((await this.#discovered()).jwks_uri);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp', 'sub', 'iat'],
        maxTokenAge: LONGEST_LIFETIME,
        clockTolerance: CLOCKS,
      });
      return payload;
    } catch (error) {
      throw isOfProvider(error)
        ? new OfficeError('signIn.unavailable', { cause: error })
        : new OfficeError('token.refused', { cause: error });
    }
  }

  #keysAt(uri: string): ReturnType<typeof createRemoteJWKSet> {
    if (this.#keys?.uri !== uri) {
      const get = createRemoteJWKSet(new URL(uri), {
        cooldownDuration: this.#coolDownMs,
        cacheMaxAge: KEYS_LIFETIME_MS,
        timeoutDuration: DEADLINE_MS,
      });
      this.#keys = { uri, get };
    }
    return this.#keys.get;
  }

  /** The discovery document, an old one where no new one can be had. */
  async #discovered(): Promise<Discovery> {
    const known = this.#discovery;
    const now = Date.now();
    if (known !== null && now - known.atMs < DISCOVERY_LIFETIME_MS) return known.document;
    if (now - this.#failedAtMs < this.#coolDownMs) {
      if (known !== null) return known.document;
      throw new OfficeError('signIn.unavailable');
    }
    this.#asking ??= this.#discover().finally(() => {
      this.#asking = null;
    });
    try {
      return await this.#asking;
    } catch (error) {
      this.#failedAtMs = Date.now();
      if (known !== null) return known.document;
      throw new OfficeError('signIn.unavailable', { cause: error });
    }
  }

  async #discover(): Promise<Discovery> {
    const { issuer } = this.#settings;
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
    if (!answer.ok) throw new Error(`the identity provider answers ${answer.status}`);
    const document = Discovery.parse(await answer.json());
    // Section 4.3: another issuer's document is none.
    if (document.issuer !== issuer) throw new Error('the identity provider is another issuer');
    this.#discovery = { document, atMs: Date.now() };
    return document;
  }
}

/** Whether it was not the token that failed, but the provider when it was asked for its keys. */
function isOfProvider(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(error.code);
}

/** A claim by its name, or by the names of objects that it lies within. */
function claimOf(payload: JWTPayload, name: string): unknown {
  if (Object.hasOwn(payload, name)) return payload[name];
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      payload,
    );
}

/** Those of a list, or of a text with blanks, that the office knows. */
function rolesOf(claim: unknown): Role[] {
  const named: unknown[] = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return Role.options.filter((role) => named.includes(role));
}
