import { safeStorage } from 'electron';
import type { SystemCipher } from '../app/vault/keychain-files.ts';

/** Chromium's prefix of a ciphertext made with a constant key, if Linux has no keyring: insecure. */
const CONSTANT_KEY_MARK = 'v10';

/** The operating system's keychain, or null if there is no real one. */
export async function systemCipher(): Promise<SystemCipher | null> {
  if (!(await isReal())) return null;
  return {
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (sealed) => (await safeStorage.decryptStringAsync(sealed)).result,
  };
}

async function isReal(): Promise<boolean> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
    if (process.platform !== 'linux') return true;
    const probe = await safeStorage.encryptStringAsync('probe');
    return probe.subarray(0, CONSTANT_KEY_MARK.length).toString() !== CONSTANT_KEY_MARK;
  } catch {
    // A keychain that fails a probe is unreliable.
    return false;
  }
}
