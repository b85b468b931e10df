import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Credential, Vault } from '../../core/vault/vault.ts';
import { openVault, VAULT_HOLDER } from './open-vault.ts';
import { sealWithLog } from './vault-log.ts';

// Key operations on a vault in which nothing else works: it is opened, changed and sealed again, and its log
// records it.

/** Passes a recovery key to the user, who must have it before the vault is theirs. Throws if they do not accept it. */
export type HandOver = (recoveryKey: string) => Promise<void>;

/**
 * Makes a vault in a new or empty folder. If its recovery key is not accepted, everything that was made is removed.
 * Throws vault errors and what `handOver` throws.
 */
export async function makeVault(folder: string, passphrase: string, handOver: HandOver): Promise<void> {
  const isNew = !existsSync(folder);
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase }, { purpose: VAULT_HOLDER });
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
 * Replaces a known passphrase by a new one; `askNext` asks for the new one only when the old one has opened
 * the vault. Throws vault errors and what `askNext` throws.
 */
export async function changePassphraseOf(
  folder: string,
  passphrase: string,
  askNext: () => Promise<string>,
): Promise<void> {
  const vault = await openVault(folder, { kind: 'passphrase', passphrase });
  try {
    await vault.changePassphrase(passphrase, await askNext());
  } finally {
    await sealWithLog(vault);
  }
}

/**
 * Replaces a lost passphrase by a new one. The recovery key opens once: a new one is made at the same time and passed
 * on. It is valid even if it is not accepted. Throws vault errors and what `handOver` throws.
 */
export async function recoverVault(
  folder: string,
  oldRecoveryKey: string,
  passphrase: string,
  handOver: HandOver,
): Promise<void> {
  const { vault, recoveryKey } = await Vault.recover(
    folder,
    oldRecoveryKey,
    { passphrase },
    { purpose: VAULT_HOLDER },
  );
  try {
    await handOver(recoveryKey);
  } finally {
    await sealWithLog(vault);
  }
}

/**
 * Makes a new recovery key and passes it on; the old one becomes invalid, even if the new one is not accepted. Throws
 * vault errors and what `handOver` throws.
 */
export async function renewRecoveryKeyOf(
  folder: string,
  credential: Credential,
  handOver: HandOver,
): Promise<void> {
  const vault = await openVault(folder, credential);
  try {
    await handOver(await vault.newRecoveryKey(credential));
  } finally {
    await sealWithLog(vault);
  }
}
