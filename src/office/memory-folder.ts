import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EphemeralFolder,
  makeEphemeralFolder,
  sweepEphemeralVaults,
} from '../core/vault/ephemeral-vaults.ts';

/** Where Linux keeps files in memory alone. */
const MEMORY_FOLDER = '/dev/shm';

/**
 * A folder for opened recordings: in memory where the system has a folder for it, else among its temporary files. What killed
 * programs of this user left there is deleted.
 */
export async function makeMemoryFolder(holder: 'worker' | 'client'): Promise<EphemeralFolder> {
  const memory = await access(MEMORY_FOLDER).then(
    () => MEMORY_FOLDER,
    () => tmpdir(),
  );
  // A container's user may have a number and no name; Windows has no numbers, and a folder for each user.
  const parent = join(memory, `voicesync-${holder}s-${process.getuid?.() ?? 'own'}`);
  await sweepEphemeralVaults(parent);
  return await makeEphemeralFolder(parent, holder);
}
