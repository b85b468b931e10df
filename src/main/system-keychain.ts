import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeStorage } from 'electron';
import { systemErrorCode } from '../core/system-errors.ts';
import type { KeychainSecretStore } from '../core/vault/vault.ts';

/** Chromium's mark of a ciphertext made with a constant key, where Linux has no keyring: worth nothing. */
const CONSTANT_KEY_MARK = 'v10';

/**
 * The operating system's keychain, or null where there is no real one. It keeps one secret per vault in `folder`,
 * encrypted with a key that only this user's session can get at.
 */
export async function systemKeychain(folder: string): Promise<KeychainSecretStore | null> {
  if (!(await isReal())) return null;
  const fileOf = (vaultId: string) => join(folder, `${vaultId}.key`);
  return {
    store: async (vaultId, secret) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const sealed = await safeStorage.encryptStringAsync(secret.toString('base64'));
      await writeFile(fileOf(vaultId), sealed, { mode: 0o600, flush: true });
    },
    retrieve: async (vaultId) => {
      try {
        const { result } = await safeStorage.decryptStringAsync(await readFile(fileOf(vaultId)));
        return Buffer.from(result, 'base64');
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') return null;
        throw error;
      }
    },
  };
}

async function isReal(): Promise<boolean> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    if (process.platform !== 'linux') return true;
    const probe = await safeStorage.encryptStringAsync('probe');
    return probe.subarray(0, CONSTANT_KEY_MARK.length).toString() !== CONSTANT_KEY_MARK;
  } catch {
    // A keychain that fails at a probe is none to rely on.
    return false;
  }
}
