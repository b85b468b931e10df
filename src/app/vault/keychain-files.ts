import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../../core/system-errors.ts';
import { replaceFile } from '../../core/vault/durable-files.ts';
import type { KeychainSecretStore } from '../../core/vault/vault.ts';

/** Encryption by the operating system with a key that only this user's session can access. */
export interface SystemCipher {
  encrypt(text: string): Promise<Buffer>;
  decrypt(sealed: Buffer): Promise<string>;
}

/** A keychain that stores one secret per vault, encrypted by the system, in a file of `folder`. */
export function keychainFiles(folder: string, cipher: SystemCipher): KeychainSecretStore {
  const fileOf = (vaultId: string) => join(folder, `${vaultId}.key`);
  return {
    store: async (vaultId, secret) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const sealed = await cipher.encrypt(secret.toString('base64'));
      await replaceFile(fileOf(vaultId), sealed);
    },
    retrieve: async (vaultId) => {
      try {
        return Buffer.from(await cipher.decrypt(await readFile(fileOf(vaultId))), 'base64');
      } catch (error) {
        if (systemErrorCode(error) === 'ENOENT') return null;
        throw error;
      }
    },
  };
}
