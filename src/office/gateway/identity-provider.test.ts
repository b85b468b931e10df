import { randomUUID } from 'node:crypto';
import { generateKeyPair, type JWTPayload, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { IdentityProvider } from './identity-provider.ts';
import { ROUTES } from './routes.ts';
import { gatewayOfTest } from './testing/gateway-fixture.ts';
import { startOidcServer } from './testing/oidc-server.ts';

const AUDIENCE = 'https://office.example/gateway';
const [OWN, OTHER] = ['court', 'clinic'];

let provider: Awaited<ReturnType<typeof startOidcServer>>;
let office: Awaited<ReturnType<typeof gatewayOfTest>>;

beforeAll(async () => {
  provider = await startOidcServer(AUDIENCE, {
    clerk: { tenant: OWN, roles: ['clerk', 'something else'] },
    auditor: { tenant: OWN, roles: ['auditor'] },
    admin: { tenant: OWN, roles: ['admin'] },
    visitor: { tenant: OWN, roles: [] },
    stranger: { tenant: OTHER, roles: ['clerk', 'auditor', 'admin'] },
    nobody: { roles: ['clerk'] },
    elsewhere: { tenant: 'unknown', roles: ['clerk'] },
  });
  office = await gatewayOfTest(new IdentityProvider(provider.settings));
  for (const tenant of [OWN, OTHER]) office.database.tenants.make(tenant, {}, Date.now());
});

afterAll(async () => {
  await office.close();
  await provider.close();
});

async function ask(token: string, method: 'GET' | 'POST' | 'DELETE', url: string) {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await office.app.inject({ method, url, headers });
  return { status: answer.statusCode, json: answer.json() };
}

/** The access token of a user who has signed in as the page lets him. */
async function tokenOf(user: string): Promise<string> {
  const { oidc } = (await office.app.inject({ url: '/v1/sign-in' })).json();
  expect(oidc).toMatchObject({ issuer: provider.issuer, clientId: 'page', audience: AUDIENCE });
  return await provider.accessToken(user, oidc);
}

const now = () => Math.floor(Date.now() / 1000);

/** Claims that would be accepted. */
function claims(changed: Record<string, unknown> = {}): JWTPayload {
  return {
    ...{ iss: provider.issuer, aud: AUDIENCE, sub: 'clerk', iat: now(), exp: now() + 60 },
    ...{ tenant: OWN, realm_access: { roles: ['clerk'] }, ...changed },
  };
}

describe('users of the house’s identity provider', () => {
  it('may what their roles allow, and nothing of another tenant’s', async () => {
    const jobId = randomUUID();
    office.jobs.add({ id: jobId, tenantId: OWN, atMs: Date.now() });
    const job = `/v1/jobs/${jobId}`;
    const may = async (token: string, method: 'GET' | 'POST', url: string) =>
      (await ask(token, method, url)).status;
    const clerk = await tokenOf('clerk');
    expect((await ask(clerk, 'GET', job)).json).toMatchObject({ id: jobId, state: 'queued' });
    expect(await may(clerk, 'POST', `${job}/first`)).toBe(200);
    expect([await may(clerk, 'GET', '/v1/audit'), await may(clerk, 'GET', '/v1/tokens')]).toEqual([403, 403]);
    const auditor = await tokenOf('auditor');
    expect([await may(auditor, 'GET', '/v1/audit'), await may(auditor, 'GET', job)]).toEqual([200, 403]);
    const admin = await tokenOf('admin');
    expect([await may(admin, 'GET', '/v1/tokens'), await may(admin, 'GET', '/v1/audit')]).toEqual([200, 403]);
    expect((await ask(await tokenOf('visitor'), 'GET', job)).json.code).toBe('token.scopeMissing');
    expect((await ask(clerk, 'POST', `/v1/work/${jobId}/begin`)).json.code).toBe('token.scopeMissing');

    const stranger = await tokenOf('stranger');
    for (const { method, url } of ROUTES.filter(({ url }) => url.includes(':id'))) {
      const { status, json } = await ask(stranger, method, url.replace(':id', jobId));
      expect([url, status, JSON.stringify(json).includes(jobId)]).toEqual([url, 404, false]);
    }
    expect((await ask(stranger, 'GET', '/v1/jobs')).json).toEqual({ jobs: [] });
    const { entries } = (await ask(auditor, 'GET', '/v1/audit')).json;
    const told = entries.map(({ action, outcome, detail }: Record<string, Record<string, string>>) =>
      [action, outcome, detail?.actor, detail?.reason].filter(Boolean).join(' '),
    );
    expect(told).toEqual(
      expect.arrayContaining([
        'signIn done user:clerk',
        'job.putFirst done user:clerk',
        'signIn refused user:visitor token.scopeMissing',
      ]),
    );
    // Once, however often they ask.
    expect(told.filter((line: string) => line === 'signIn done user:clerk')).toHaveLength(1);
    expect(JSON.stringify((await ask(stranger, 'GET', '/v1/audit')).json)).not.toContain('user:clerk');
  });

  it('without a tenant, or of one that the office has not made, are let in nowhere', async () => {
    for (const user of ['nobody', 'elsewhere']) {
      const { status, json } = await ask(await tokenOf(user), 'GET', '/v1/jobs');
      expect([status, json.code]).toEqual([403, 'user.noTenant']);
    }
    for (const tenant of [['court', 'clinic'], '../court', '', 7]) {
      const token = await provider.signed(claims({ tenant }));
      expect((await ask(token, 'GET', '/v1/jobs')).json.code).toBe('user.noTenant');
    }
    expect(office.database.tenants.get('unknown')).toBeNull();
  });
});

describe('an access token', () => {
  it('is refused unless it is of this provider, for this office, of now and signed by one of its keys', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const tokens = {
      'another issuer': await provider.signed(claims({ iss: 'https://id.example' })),
      'another audience': await provider.signed(claims({ aud: 'page' })),
      'no audience': await provider.signed(claims({ aud: undefined })),
      expired: await provider.signed(claims({ exp: now() - 60 })),
      'without an end': await provider.signed(claims({ exp: undefined })),
      'of long ago': await provider.signed(claims({ iat: now() - 25 * 3600 })),
      'of nobody': await provider.signed(claims({ sub: undefined })),
      'another key': await provider.signed(claims(), privateKey),
      'no signature': new UnsecuredJWT(claims()).encode(),
      'no token': 'a.b.c',
    };
    for (const [name, token] of Object.entries(tokens)) {
      const { status, json } = await ask(token, 'GET', '/v1/jobs');
      expect([name, status, json.code]).toEqual([name, 401, 'token.refused']);
    }
    expect((await ask(await provider.signed(claims()), 'GET', '/v1/jobs')).status).toBe(200);
  });

  it('is checked once in a while, and never let in when it has expired', async () => {
    const patient = new IdentityProvider({ ...provider.settings, coolDownMs: 60_000 });
    const token = await provider.signed(claims({ exp: now() + 1 }));
    expect(await patient.user(token)).toEqual(await patient.user(token));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
    try {
      await expect(patient.user(token)).rejects.toThrow('token.refused');
    } finally {
      vi.useRealTimers();
    }
    await expect(patient.user(`${token}A`)).rejects.toThrow('token.refused');
  });

  it('under a new key is accepted, and no more under the one before, once that is known', async () => {
    const before = await provider.signed(claims());
    expect((await ask(before, 'GET', '/v1/jobs')).status).toBe(200);
    await provider.rotate();
    expect((await ask(await provider.signed(claims()), 'GET', '/v1/jobs')).status).toBe(200);
    expect((await ask(before, 'GET', '/v1/jobs')).json.code).toBe('token.refused');
  });

  it('cannot be checked where the provider is away or another’s, and tokens of the office go on', async () => {
    const closed = await startOidcServer(AUDIENCE, {});
    await closed.close();
    const swapped = { ...provider.settings, issuer: `${provider.issuer}/` };
    for (const settings of [closed.settings, swapped]) {
      const signedIn = new IdentityProvider(settings).user(await provider.signed(claims()));
      await expect(signedIn).rejects.toThrow('signIn.unavailable');
    }
    expect((await ask(office.tokenFor(OWN), 'GET', '/v1/jobs')).status).toBe(200);
  });
});
