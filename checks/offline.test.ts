import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { REPOSITORY } from './dependency-graph.ts';

const SOURCE = join(REPOSITORY, 'src');

it('takes connections from every process and thread before anything else is loaded', async () => {
  const names = await readdir(SOURCE, { recursive: true });
  // What the office's page runs in a browser is held by the policy that it is served under, and by the browser.
  const others = /\.test\.ts$|(^|\/)testing\/|^office\/page\//;
  const files = names.filter((name) => name.endsWith('.ts') && !others.test(name));
  // Programs are named like this where they are started; `programs-by-url.vite.ts` finds them in the same way.
  const started = new Set([join(SOURCE, 'main/start.ts'), join(SOURCE, 'cli/main.ts')]);
  for (const name of files) {
    const code = await readFile(join(SOURCE, name), 'utf8');
    for (const [, path = ''] of code.matchAll(/new URL\('(\.{1,2}\/[^']+\.ts)', import\.meta\.url\)/g)) {
      started.add(resolve(SOURCE, dirname(name), path));
    }
  }
  expect(started.size).toBeGreaterThanOrEqual(7);
  for (const file of started) {
    const code = await readFile(file, 'utf8');
    const [first = ''] = /^import [^;]+;/m.exec(code) ?? [];
    expect(first, file).toMatch(/^import '(\.\.\/)+offline\/offline\.ts';$/);
  }
});
