import { z } from '../../contract/schema.ts';
import { TenantSettings } from './office-access.ts';
import { TenantScope } from './office-api.ts';

/** The tenant of who asks: what it may use, and what it uses. */
export const TenantView = z.object({
  id: z.string(),
  settings: TenantSettings,
  usage: z.object({
    openJobs: z.number().int(),
    storedBytes: z.number().int(),
    bytesToday: z.number().int(),
  }),
});

/** A token as its tenant's administrators see it. */
export const TokenView = z.object({
  id: z.string(),
  scopes: z.array(z.string()),
  expiresAtMs: z.number().int(),
  createdAtMs: z.number().int(),
});

/** The tokens of the tenant. */
export const TokenList = z.object({ tokens: z.array(TokenView) });

/** A token to make: for the tenant of who asks, of none but a tenant's scopes. */
export const TokenRequest = z.object({
  scopes: z.array(TenantScope).min(1),
  days: z.number().int().min(1).max(366).default(90),
});

/** A token that was made: it is told this once. */
export const MadeToken = z.object({ id: z.string(), token: z.string(), expiresAtMs: z.number().int() });

/** Parameters of the routes about one token. */
export const TokenParams = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

/** Where and as what users sign in at the house's identity provider. */
export const OidcSignIn = z.object({
  issuer: z.string(),
  clientId: z.string(),
  scope: z.string(),
  /** The resource that the access token must be for (`resource`, RFC 8707, or as the provider calls it). */
  audience: z.string(),
  authorizationEndpoint: z.url(),
  tokenEndpoint: z.url(),
});
export type OidcSignIn = z.infer<typeof OidcSignIn>;

/** What a page needs to sign a user in: the authorization code flow with PKCE, as a public client. */
export const SignIn = z.object({
  /** Null where the house has no identity provider: then there are tokens only. */
  oidc: OidcSignIn.nullable(),
});
