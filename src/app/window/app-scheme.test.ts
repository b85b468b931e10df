import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { APP_ORIGIN, answerAppScheme, pageFiles, refusal } from './app-scheme.ts';

let folder: string;
let asked: [string, string | null][];
beforeEach(() => {
  folder = join(temporaryFolder(), 'renderer');
  asked = [];
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__" />');
  writeFileSync(join(folder, 'assets', 'page.js'), 'run()');
  writeFileSync(join(folder, 'assets', 'page.js.map'), '{}');
  writeFileSync(join(folder, '..', 'secret.json'), '{}');
});

async function answer(url: string, init: RequestInit = {}): Promise<Response> {
  const files = await pageFiles(folder);
  return await answerAppScheme(new Request(url, init), files, async (id, range) => {
    asked.push([id, range]);
    return refusal(206);
  });
}

describe('the page', () => {
  test('is given with a policy of its own nonce, a fresh one each time', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/index.html']) {
      const page = await answer(`${APP_ORIGIN}${path}`);
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(await page.text()) ?? [];
      nonces.add(nonce);
      const policy = page.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
    expect(nonces.size).toBe(2);
    expect(nonces).not.toContain('');
  });

  test('consists of the files of its folder and nothing else', async () => {
    const script = await answer(`${APP_ORIGIN}/assets/page.js`);
    expect([await script.text(), script.headers.get('content-type')]).toEqual([
      'run()',
      'text/javascript; charset=utf-8',
    ]);
    for (const path of [
      '/../secret.json',
      '/assets/%2e%2e/%2e%2e/secret.json',
      '/assets/..%2f..%2fsecret.json',
      '/assets',
      '/assets/page.js.map',
      '/assets/page.js%00',
      '//assets/page.js',
      '/media/1',
      '/media/0198a000-0000-7000-8000-000000000000/..',
    ]) {
      expect([path, (await answer(`${APP_ORIGIN}${path}`)).status]).toEqual([path, 404]);
    }
    expect((await answer('app://elsewhere/index.html')).status).toBe(404);
    expect((await answer(`${APP_ORIGIN}/index.html`, { method: 'POST' })).status).toBe(405);
    expect(asked).toEqual([]);
  });
});

test('media are asked for by id, with their range', async () => {
  const id = '0198a000-0000-7000-8000-000000000000';
  const { status } = await answer(`${APP_ORIGIN}/media/${id}`, { headers: { Range: 'bytes=0-9' } });
  expect(status).toBe(206);
  expect(asked).toEqual([[id, 'bytes=0-9']]);
});
