import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, temporaryFolder } from '../files/testing/temporary-folder.ts';
import { HASHING_FLOOR } from './passphrase.ts';
import { assertOneGetsTheVault, killChild, startLockChild } from './testing/child.ts';
import { Vault } from './vault.ts';
import { VaultLock } from './vault-lock.ts';

test('a second process is told who has the vault', async () => {
  const folder = temporaryFolder();
  const child = await startLockChild(folder);
  expect(child.answer).toEqual({ state: 'held' });
  const holder = expect.stringMatching(new RegExp(`^process ${child.process.pid} since \\d\\d:\\d\\d$`));
  expect(() => VaultLock.acquire(folder, 'test')).toThrow(
    expect.objectContaining({ code: 'vault.inUse', details: { holder } }),
  );
});

test('a killed process gives its lock up', async () => {
  const folder = temporaryFolder();
  const child = await startLockChild(folder);
  await killChild(child);
  VaultLock.acquire(folder, 'test').release();
});

test('the lock survives its own process asking again, and is free once released', async () => {
  const folder = temporaryFolder();
  const lock = VaultLock.acquire(folder, 'test');
  for (let i = 0; i < 3; i++) {
    expect(() => VaultLock.acquire(folder, 'test')).toThrow(expect.objectContaining({ code: 'vault.inUse' }));
  }
  expect((await startLockChild(folder)).answer).toMatchObject({ state: 'refused', code: 'vault.inUse' });
  lock.release();
  lock.release();
  expect((await startLockChild(folder)).answer).toEqual({ state: 'held' });
});

test('lock and holder hold nothing about the vault, and no journal is left', () => {
  const folder = temporaryFolder();
  const lock = VaultLock.acquire(folder, 'transcribe');
  expect(filesBelow(folder)).toEqual([join(folder, 'holder'), join(folder, 'lock')]);
  expect(JSON.parse(readFileSync(join(folder, 'holder'), 'utf8'))).toEqual({
    pid: process.pid,
    host: expect.any(String),
    since: expect.any(String),
    what: 'transcribe',
  });
  lock.release();
  expect(filesBelow(folder)).toEqual([join(folder, 'lock')]);
});

test('the lock is given also where its holder cannot be written down', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'holder', 'in the way'), { recursive: true });
  const lock = VaultLock.acquire(folder, 'test');
  expect((await startLockChild(folder)).answer).toMatchObject({
    code: 'vault.inUse',
    details: { holder: 'another process' },
  });
  lock.release();
});

// vault-lock.soak.test.ts starts fifty.
test('of twelve processes at once one gets the vault', async () => {
  await assertOneGetsTheVault(temporaryFolder(), 12);
});

test('a vault in use is not opened, and is after it is sealed', async () => {
  const folder = join(temporaryFolder(), 'vault');
  const credential = { kind: 'passphrase', passphrase: 'correct horse battery' } as const;
  const { vault } = await Vault.create(folder, credential, { hashingCost: HASHING_FLOOR });
  await expect(Vault.open(folder, credential)).rejects.toMatchObject({ code: 'vault.inUse' });
  await vault.seal();
  await (await Vault.open(folder, credential)).seal();
});
