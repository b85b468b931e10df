import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAppError } from '../../contract/errors.ts';
import { makeFolder } from './durable-files.ts';
import { folderError } from './vault-folder.ts';
import { LOCK_NAME, VaultLock } from './vault-lock.ts';

const PREFIX = 'ephemeral-';
const GUARD_NAME = 'ephemeral.guard';
const GUARD_POLL_MS = 10;

/** An ephemeral vault's folder, with its lock held. */
export interface EphemeralFolder {
  readonly folder: string;
  readonly lock: VaultLock;
}

/** Creates an ephemeral vault's folder inside `parentFolder` and acquires its lock. Throws `folder.notWritable`. */
export async function makeEphemeralFolder(parentFolder: string, what: string): Promise<EphemeralFolder> {
  try {
    await makeFolder(parentFolder);
    return await guarded(parentFolder, async () => {
      const folder = await mkdtemp(join(parentFolder, PREFIX));
      return { folder, lock: VaultLock.acquire(folder, what) };
    });
  } catch (error) {
    throw folderError(error, parentFolder);
  }
}

/** Deletes an ephemeral vault's folder and releases its lock. */
export async function removeEphemeralFolder({ folder, lock }: EphemeralFolder): Promise<void> {
  try {
    for (const name of await readdir(folder)) {
      if (name !== LOCK_NAME) await rm(join(folder, name), { recursive: true, force: true });
    }
  } finally {
    // Windows deletes no open file, so the lock is released first; the guard blocks sweeps meanwhile.
    await guarded(dirname(folder), async () => {
      lock.release();
      await rm(folder, { recursive: true, force: true });
    });
  }
}

/**
 * Deletes ephemeral vaults of dead processes in `parentFolder` (their locks are free), never one in use. Returns the
 * number of vaults deleted.
 */
export async function sweepEphemeralVaults(parentFolder: string): Promise<number> {
  if (!existsSync(parentFolder)) return 0;
  const leftovers = await guarded(parentFolder, () => takeLeftovers(parentFolder));
  for (const leftover of leftovers) await removeEphemeralFolder(leftover);
  return leftovers.length;
}

async function takeLeftovers(parentFolder: string): Promise<EphemeralFolder[]> {
  const leftovers: EphemeralFolder[] = [];
  for (const entry of await readdir(parentFolder, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith(PREFIX)) continue;
    const folder = join(parentFolder, entry.name);
    try {
      leftovers.push({ folder, lock: VaultLock.acquire(folder, 'sweep') });
    } catch (error) {
      if (!isAppError(error, 'vault.inUse')) throw error;
    }
  }
  return leftovers;
}

/**
 * Runs an action while no other process creates, sweeps or ends ephemeral vaults in `parentFolder`: a vault being
 * created or ended is without a lock for a moment, in which a sweep would take it for a leftover.
 */
async function guarded<T>(parentFolder: string, action: () => Promise<T>): Promise<T> {
  const guard = await acquireGuard(join(parentFolder, GUARD_NAME));
  try {
    return await action();
  } finally {
    guard.release();
  }
}

async function acquireGuard(folder: string): Promise<VaultLock> {
  await makeFolder(folder);
  for (;;) {
    try {
      return VaultLock.acquire(folder, 'guard');
    } catch (error) {
      if (!isAppError(error, 'vault.inUse')) throw error;
      await wait(GUARD_POLL_MS);
    }
  }
}
