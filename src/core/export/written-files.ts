import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { foldedName } from './safe-file-name.ts';

/**
 * What one run has written, and for whom: so that replacing files never replaces what the same run has just written for
 * another recording, also where two names are one in that file system.
 */
export class WrittenFiles {
  readonly #owners = new Map<string, string>();

  /** Notes that this file now holds what `owner` wrote. */
  async add(path: string, owner: string): Promise<void> {
    for (const key of await keysOf(path)) this.#owners.set(key, owner);
  }

  /** Whether this run has written the file of this name for somebody else. */
  async isOthers(path: string, owner: string): Promise<boolean> {
    for (const key of await keysOf(path)) {
      const known = this.#owners.get(key);
      if (known !== undefined && known !== owner) return true;
    }
    return false;
  }
}

/** What a file is known by: its name as the most forgiving file system takes it, and itself, where it is there. */
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
