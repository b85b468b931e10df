import { writeFileSync } from 'node:fs';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { programTexts } from '../../messages/program-texts.ts';
import { passphraseIn, prepareKeyFile, recoveryKeyIn, writeRecoveryKey } from './secret-files.ts';

const KEY = Array.from({ length: 13 }, (_, at) => `AB${String(at).padStart(2, '0')}9`).join('-');

test('a recovery key is found in a file that the command line wrote, that the window wrote, and that was typed', async () => {
  const folder = temporaryFolder();
  const vault = join(folder, 'vaults', 'vault');
  const written = join(folder, 'written.txt');
  await writeRecoveryKey(written, KEY);
  expect(await recoveryKeyIn(written, vault)).toBe(KEY);
  const saved = join(folder, 'saved.txt');
  await writeRecoveryKey(saved, KEY, { text: programTexts('es', 'dialogs')('recoveryKeyText') });
  expect(await recoveryKeyIn(saved, vault)).toBe(KEY);
  writeFileSync(saved, (await readFile(saved, 'utf8')).replaceAll('\n', '\r\n'));
  expect(await recoveryKeyIn(saved, vault)).toBe(KEY);
  const typed = join(folder, 'typed.txt');
  writeFileSync(typed, 'not a key at all\nsecond line\n');
  expect(await recoveryKeyIn(typed, vault)).toBe('not a key at all');
});

test('a recovery key is written for its owner alone, over no file, and not beside the vault', async () => {
  const folder = temporaryFolder();
  const vault = join(folder, 'vaults', 'vault');
  await mkdir(vault, { recursive: true });
  const file = join(folder, 'away', 'key.txt');
  await prepareKeyFile(file, vault);
  await writeRecoveryKey(file, KEY);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await expect(writeRecoveryKey(file, KEY)).rejects.toThrow();
  await chmod(file, 0o644);
  await writeRecoveryKey(file, 'another', { replace: true });
  expect(await readFile(file, 'utf8')).toBe('another\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await expect(prepareKeyFile(join(folder, 'vaults', 'key.txt'), vault)).rejects.toThrow(
    'vault.keyBesideVault',
  );
  await expect(recoveryKeyIn(join(vault, 'key.txt'), vault)).rejects.toThrow('vault.keyBesideVault');
});

test('a passphrase is a file’s first line, as it stands there', async () => {
  const file = join(temporaryFolder(), 'passphrase.txt');
  writeFileSync(file, ' four words and a blank \r\nsecond\n');
  expect(await passphraseIn(file)).toBe(' four words and a blank ');
});
