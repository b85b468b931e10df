import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { foldedName } from './safe-file-name.ts';

/**
 * The files that one run has written, and their owners: so that replacing files never replaces one just written for
 * another recording, also if two names are one in that file system.
 */
export class WrittenFiles {
  readonly #owners = new Map<string, string>();

  /** Notes that `owner` has written this file. */
  async add(path: string, owner: string): Promise<void> {
    for (const key of await keysOf(path)) this.#owners.set(key, owner);
  }

  /** Whether this run has written the file of this name for another owner. */
  async isOthers(path: string, owner: string): Promise<boolean> {
    for (const key of await keysOf(path)) {
      const known = this.#owners.get(key);
      if (known !== undefined && known !== owner) return true;
    }
    return false;
  }
}

/** The keys of a file: its name as the least strict file system compares it, and its identity, if it exists. */
async function keysOf(path: string): Promise<string[]> {
  const folder = await realpath(dirname(path)).catch(() => dirname(path));
  const byName = `name:${join(folder, foldedName(basename(path)))}`;
  try {
    const { dev, ino } = await lstat(path, { bigint: true });
    return [byName, `file:${dev}:${ino}`];
  } catch {
    return [byName];
  }
}
