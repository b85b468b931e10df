import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { keychainFiles } from './keychain-files.ts';

const inverted = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));

/** Inverts every byte: enough to see that the stored bytes went through it. */
const cipher = {
  encrypt: async (text: string) => inverted(Buffer.from(text)),
  decrypt: async (sealed: Buffer) => inverted(sealed).toString(),
};

test('a secret comes back for its own vault alone, and lies encrypted in a file of the user', async () => {
  const folder = join(temporaryFolder(), 'keychain');
  const keychain = keychainFiles(folder, cipher);
  const secret = Buffer.from('0123456789abcdef');
  expect(await keychain.retrieve('one')).toBeNull();
  await keychain.store('one', secret);
  expect(await keychain.retrieve('one')).toEqual(secret);
  expect(await keychain.retrieve('other')).toBeNull();
  const file = join(folder, 'one.key');
  expect(readFileSync(file).includes(secret.toString('base64'))).toBe(false);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});
