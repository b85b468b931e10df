import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app.ts';
import { namingMissing } from './missing.ts';

// Chromium's own prefixes: without a keyring its key is a constant, which protects nothing.
const WITHOUT_KEYRING = 'v10';
const WITH_KEYRING = 'v11';
const CONSTANT_KEY = createHash('sha256').update('peanuts').digest();

/** `VOICESYNC_STAND_IN_KEYRING=1` simulates a keyring: its secret is beside the app's data. */
function currentKey(): { mark: string; key: Buffer } {
  if (process.env.VOICESYNC_STAND_IN_KEYRING !== '1') return { mark: WITHOUT_KEYRING, key: CONSTANT_KEY };
  const folder = app.getPath('userData');
  const file = join(folder, 'stand-in-keyring');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, randomBytes(32));
  }
  return { mark: WITH_KEYRING, key: readFileSync(file) };
}

/** The system's keychain. */
export const safeStorage = namingMissing('safeStorage', {
  isEncryptionAvailable: () => true,
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => {
    const { mark, key } = currentKey();
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(mark), nonce, cipher.getAuthTag(), sealed]);
  },
  decryptStringAsync: async (encrypted) => {
    const { mark, key } = currentKey();
    if (encrypted.subarray(0, 3).toString() !== mark)
      throw new Error('Error while decrypting the ciphertext.');
    const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(3, 15));
    decipher.setAuthTag(encrypted.subarray(15, 31));
    const result = decipher.update(encrypted.subarray(31), undefined, 'utf8') + decipher.final('utf8');
    return { result, shouldReEncrypt: false };
  },
} satisfies Partial<SafeStorage>);
