import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = join(import.meta.dirname, 'package.json');

/** Bundles of `package.json` the version alone, all that the program reads of it: its scripts and packages are nobody's business. */
export function versionAlone(): Plugin {
  return {
    name: 'version-alone',
    enforce: 'pre',
    async load(id) {
      if (id !== PACKAGE) return null;
      const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string };
      return JSON.stringify({ version });
    },
  };
}
