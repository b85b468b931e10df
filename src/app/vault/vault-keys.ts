import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Credential, Vault } from '../../core/vault/vault.ts';
import { sealWithLog } from './vault-log.ts';

// What is done to the keys of a vault in which nothing else works: it is opened, changed and sealed again, and its log
// tells of it.

/** Gives a recovery key to the user, who must have it before the vault is theirs. Throws where they do not take it. */
export type HandOver = (recoveryKey: string) => Promise<void>;

/**
 * Makes a vault in a new or empty folder. Where its recovery key is not taken there is none: whatever was made is removed.
 * Throws vault errors and what `handOver` throws.
 */
export async function makeVault(folder: string, passphrase: string, handOver: HandOver): Promise<void> {
  const isNew = !existsSync(folder);
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase });
  try {
    await handOver(recoveryKey);
  } catch (error) {
    await vault.seal();
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    if (isNew) await rmdir(folder);
    throw error;
  }
  await sealWithLog(vault);
}

/**
 * Sets a new passphrase in the place of a known one; the new one is asked for by `askNext` only when the old one has opened
 * the vault. Throws vault errors and what `askNext` throws.
 */
export async function changePassphraseOf(
  folder: string,
  passphrase: string,
  askNext: () => Promise<string>,
): Promise<void> {
  const vault = await Vault.open(folder, { kind: 'passphrase', passphrase });
  try {
    await vault.changePassphrase(passphrase, await askNext());
  } finally {
    await sealWithLog(vault);
  }
}

/**
 * Sets a new passphrase in the place of a lost one. The recovery key opens once: a new one is made at the same time and handed
 * over. It is in force even where nobody takes it. Throws vault errors and what `handOver` throws.
 */
export async function recoverVault(
  folder: string,
  oldRecoveryKey: string,
  passphrase: string,
  handOver: HandOver,
): Promise<void> {
  const { vault, recoveryKey } = await Vault.recover(folder, oldRecoveryKey, { passphrase });
  try {
    await handOver(recoveryKey);
  } finally {
    await sealWithLog(vault);
  }
}

/**
 * Makes a new recovery key and hands it over; the old one opens nothing any more, even where nobody takes the new one. Throws
 * vault errors and what `handOver` throws.
 */
export async function renewRecoveryKeyOf(
  folder: string,
  credential: Credential,
  handOver: HandOver,
): Promise<void> {
  const vault = await Vault.open(folder, credential);
  try {
    await handOver(await vault.newRecoveryKey(credential));
  } finally {
    await sealWithLog(vault);
  }
}
