import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../database/database.ts';
import { HASHING_FLOOR } from '../../vault/passphrase.ts';
import { Vault } from '../../vault/vault.ts';
import type { CaptureStore } from '../capture-source.ts';

const PASSPHRASE = 'nine brown hens in a yard';

/** A vault with its database, open, for tests of captures. */
export interface OpenCaptureVault extends CaptureStore, AsyncDisposable {}

/** Makes a vault in a folder of its own and leaves it closed; returns what opens it. */
export async function makeCaptureVault(): Promise<{ folder: string; recoveryKey: string }> {
  const folder = join(await mkdtemp(join(tmpdir(), 'voicesync-capture-')), 'vault');
  const options = { hashingCost: HASHING_FLOOR };
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase: PASSPHRASE }, options);
  await vault.seal();
  return { folder, recoveryKey };
}

/** Removes a vault made by `makeCaptureVault`. */
export async function removeCaptureVault(folder: string): Promise<void> {
  await rm(join(folder, '..'), { recursive: true, force: true });
}

/** Opens it as the program would after a restart; disposing of it closes it without a word to what is being recorded. */
export async function openCaptureVault(folder: string, recoveryKey: string): Promise<OpenCaptureVault> {
  const vault = await Vault.open(folder, { kind: 'recoveryKey', recoveryKey });
  const database = await Database.open({ file: vault.databaseFile, key: vault.keys.database });
  return {
    vault,
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await vault.seal();
    },
  };
}
