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
