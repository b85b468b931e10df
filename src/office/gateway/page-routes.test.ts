import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OfficeError } from '../contract/office-errors.ts';
import { addPage } from './page-routes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  await mkdir(join(folder, 'page/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), 'outside');
  await writeFile(join(folder, 'page/index.html'), '<meta nonce="__CSP_NONCE__">');
  await writeFile(join(folder, 'page/assets/main-1.js'), 'inside');
});
afterAll(() => rm(folder, { recursive: true }));

type Provider = Parameters<typeof addPage>[2];

async function served(page: string, url: string, provider: Provider = null) {
  const app = fastify();
  await addPage(app, { folder: join(folder, page), storeOrigin: 'https://store.example' }, provider);
  return await app.inject({ url });
}

it('is served with a policy that lets it reach the gateway and the store alone, by a nonce of each answer', async () => {
  const [one, other] = [await served('page', '/'), await served('page', '/')];
  const policy = String(one.headers['content-security-policy']);
  const directives = new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(directives.get('connect-src')).toEqual(["'self'", 'https://store.example']);
  expect(policy).not.toMatch(/unsafe|[*]|data:|blob:/);
  const [, nonce] = /nonce="([^"]+)"/.exec(one.body) ?? [];
  expect(directives.get('style-src')).toEqual(["'self'", `'nonce-${nonce}'`]);
  expect(other.body).not.toBe(one.body);
  expect(one.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
});

it('may reach the identity provider where tokens are given, and is served while that is away', async () => {
  const tokenEndpoint = 'https://id.example/token';
  const facts = {
    issuer: '',
    clientId: '',
    scope: '',
    audience: '',
    authorizationEndpoint: '',
    tokenEndpoint,
  };
  const away = () => Promise.reject(new OfficeError('signIn.unavailable'));
  const sources = async (provider: Provider) =>
    /connect-src ([^;]*)/.exec(
      String((await served('page', '/', provider)).headers['content-security-policy']),
    )?.[1];
  expect(await sources({ signIn: async () => facts })).toBe(
    "'self' https://store.example https://id.example",
  );
  expect(await sources({ signIn: away })).toBe("'self' https://store.example");
});

it('gives its own files and no others', async () => {
  const script = await served('page', '/assets/main-1.js');
  expect([script.statusCode, script.body]).toEqual([200, 'inside']);
  expect(script.headers['content-type']).toMatch(/^text\/javascript/);
  expect(script.headers['x-content-type-options']).toBe('nosniff');
  for (const url of [
    '/assets/../secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/index.html',
  ]) {
    const answer = await served('page', url);
    expect(answer.statusCode, url).not.toBe(200);
    expect(answer.body).not.toContain('outside');
  }
});

it('says where it is not built', async () => {
  const { statusCode, body } = await served('nowhere', '/');
  expect(statusCode).toBe(503);
  expect(body).toContain('npm run office:page');
});
