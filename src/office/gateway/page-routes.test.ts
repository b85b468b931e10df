import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

async function served(page: string, url: string) {
  const app = fastify();
  await addPage(app, { folder: join(folder, page), storeOrigin: 'https://store.example' });
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
