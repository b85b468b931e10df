import * as oauth from 'oauth4webapi';
import { z } from '../../contract/schema.ts';
import type { OidcSignIn } from '../contract/administration-api.ts';

/** Why a user could not be signed in at the house's identity provider; each has a sentence among the page's texts. */
export const PROVIDER_PROBLEMS = [
  'providerRefused',
  'providerAway',
  'providerForeign',
  'providerFailed',
] as const;

/** A sign-in that came to nothing. */
export class ProviderSignInError extends Error {
  readonly problem: (typeof PROVIDER_PROBLEMS)[number];

  constructor(problem: (typeof PROVIDER_PROBLEMS)[number], options?: ErrorOptions) {
    super(problem, options);
    this.name = 'ProviderSignInError';
    this.problem = problem;
  }
}

/** What is to be remembered from leaving for the provider until the user is back. */
export const PendingSignIn = z.object({
  issuer: z.string(),
  clientId: z.string(),
  tokenEndpoint: z.url(),
  /** Null where the provider is not asked by it. */
  resource: z.string().nullable(),
  redirectUri: z.string(),
  state: z.string(),
  /** Null without `openid` among the scopes: there is no ID token then. */
  nonce: z.string().nullable(),
  /** Of PKCE (RFC 7636): only who began the sign-in can redeem its code. */
  verifier: z.string(),
});
export type PendingSignIn = z.infer<typeof PendingSignIn>;

const DEADLINE_MS = 10_000;

/** Whichever the provider has chosen: the ID token comes straight from it by TLS, so its signature proves nothing more (OpenID Connect Core 3.1.3.7). */
const ID_TOKEN_ALGORITHMS = [
  'RS256',
  'PS256',
  'ES256',
  'RS384',
  'PS384',
  'ES384',
  'RS512',
  'PS512',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** Where a user signs in, by the authorization code flow with PKCE (S256), and what to remember until he is back. */
export async function beginProviderSignIn(
  { issuer, clientId, scope, audience, authorizationEndpoint, tokenEndpoint }: OidcSignIn,
  redirectUri: string,
): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
  const pending: PendingSignIn = {
    ...{ issuer, clientId, tokenEndpoint, redirectUri },
    // RFC 8707 allows addresses alone; providers whose audiences are other names know the client's.
    resource: URL.canParse(audience) ? audience : null,
    state: oauth.generateRandomState(),
    nonce: scope.split(' ').includes('openid') ? oauth.generateRandomNonce() : null,
    verifier: oauth.generateRandomCodeVerifier(),
  };
  const url = new URL(authorizationEndpoint);
  const asked = {
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope },
    ...{ state: pending.state, code_challenge_method: 'S256' },
    ...(pending.nonce !== null && { nonce: pending.nonce }),
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    ...resourceOf(pending),
  };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  return { url: url.href, pending };
}

/** Whether an address is one that a provider has sent a user back to. */
export function isProviderAnswer({ searchParams }: URL): boolean {
  return searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'));
}

/**
 * The access token of a user who has come back to this address; `pending` is null where nobody left from here. Throws
 * `ProviderSignInError`.
 */
export async function endProviderSignIn(pending: PendingSignIn | null, address: URL): Promise<string> {
  if (pending === null || address.searchParams.get('state') !== pending.state) {
    throw new ProviderSignInError('providerForeign');
  }
  const { issuer, clientId, tokenEndpoint, redirectUri, state, nonce, verifier } = pending;
  const server: oauth.AuthorizationServer = {
    ...{ issuer, token_endpoint: tokenEndpoint },
    id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
  };
  const client: oauth.Client = { client_id: clientId };
  try {
    const answer = oauth.validateAuthResponse(server, client, address, state);
    const options = {
      additionalParameters: resourceOf(pending),
      signal: () => AbortSignal.timeout(DEADLINE_MS),
      // The gateway has looked: without TLS it is this computer.
      [oauth.allowInsecureRequests]: true,
    };
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), answer, redirectUri, verifier, options] as const),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      ...(nonce !== null && { expectedNonce: nonce }),
    });
    return tokens.access_token;
  } catch (error) {
    throw new ProviderSignInError(problemOfProvider(error), { cause: error });
  }
}

function resourceOf({ resource }: Pick<PendingSignIn, 'resource'>): Record<string, string> {
  return resource === null ? {} : { resource };
}

function problemOfProvider(error: unknown): ProviderSignInError['problem'] {
  if (error instanceof oauth.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'providerRefused' : 'providerFailed';
  }
  const isProtocol =
    error instanceof oauth.OperationProcessingError || error instanceof oauth.ResponseBodyError;
  // `fetch` throws a TypeError, its deadline a DOMException.
  return !isProtocol && (error instanceof TypeError || error instanceof DOMException)
    ? 'providerAway'
    : 'providerFailed';
}
