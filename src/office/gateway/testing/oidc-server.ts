import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

const CLIENT_ID = 'page';
const ALGORITHM = 'ES256';
const REDIRECT_URI = 'http://127.0.0.1/app';
/** The page of an office on this computer, whatever its port (RFC 8252, section 7.3). */
const PAGE_URI = 'http://127.0.0.1/';

/** What is known of a user: his claims. */
type Users = Readonly<Record<string, { tenant?: unknown; roles?: unknown }>>;

/** A real OpenID provider on this computer, whose users sign in without a password. */
export async function startOidcServer(audience: string, users: Users) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let key: CryptoKey;
  let kid: string;
  /** Signs with a new key from now on, and knows no other. */
  const rotate = async () => {
    const pair = await generateKeyPair(ALGORITHM, { extractable: true });
    [key, kid] = [pair.privateKey, randomBytes(8).toString('hex')];
    const jwk = { ...(await exportJWK(key)), kid, use: 'sig', alg: ALGORITHM };
    const provider = new Provider(issuer, configuration(audience, users, jwk));
    server.removeAllListeners('request').on('request', provider.callback());
  };
  await rotate();
  return {
    issuer,
    settings: {
      ...{ issuer, audience, clientId: CLIENT_ID, scope: 'openid office' },
      ...{ tenantClaim: 'tenant', rolesClaim: 'realm_access.roles', coolDownMs: 0 },
    },
    rotate,
    /** Signs a user in as the page does, and returns his access token. */
    accessToken: (user: string, signIn: { authorizationEndpoint: string; tokenEndpoint: string }) =>
      accessToken(user, audience, signIn),
    /** A token under the provider's own key, with whatever it should not say. */
    signed: (claims: JWTPayload, signingKey = key) =>
      new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, kid }).sign(signingKey),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configuration(audience: string, users: Users, jwk: object): object {
  return {
    jwks: { keys: [jwk] },
    clients: [
      {
        ...{ client_id: CLIENT_ID, application_type: 'native', redirect_uris: [REDIRECT_URI, PAGE_URI] },
        id_token_signed_response_alg: ALGORITHM,
        ...{
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      },
    ],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    scopes: ['openid', 'office'],
    // The page redeems its code from its own origin.
    clientBasedCORS: () => true,
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          ...{ scope: 'office', audience },
          ...{ accessTokenFormat: 'jwt', jwt: { sign: { alg: ALGORITHM } } },
        }),
      },
    },
    findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    extraTokenClaims: (_: unknown, { accountId = '' }: { accountId?: string }) => {
      const { tenant, roles } = users[accountId] ?? {};
      return { tenant, realm_access: { roles } };
    },
  };
}

/** The authorization code flow with PKCE (RFC 7636), as a browser goes through it. */
async function accessToken(
  user: string,
  audience: string,
  { authorizationEndpoint, tokenEndpoint }: { authorizationEndpoint: string; tokenEndpoint: string },
): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const asked = {
    ...{ client_id: CLIENT_ID, redirect_uri: REDIRECT_URI, response_type: 'code', scope: 'openid office' },
    ...{ resource: audience, code_challenge_method: 'S256' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  };
  const cookies = new Map<string, string>();
  const visit = async (url: string, form?: Record<string, string>) => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const answer = await fetch(url, {
      ...{ headers, redirect: 'manual' as const },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return new URL(answer.headers.get('location') ?? '', url).href;
  };
  const forms = [{ prompt: 'login', login: user, password: 'any' }, { prompt: 'consent' }];
  let place = await visit(`${authorizationEndpoint}?${new URLSearchParams(asked)}`);
  for (const form of forms) place = await visit(await visit(place, form));
  const code = new URL(place).searchParams.get('code') ?? '';
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'authorization_code', client_id: CLIENT_ID, redirect_uri: REDIRECT_URI },
      ...{ code, code_verifier: verifier, resource: audience },
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
