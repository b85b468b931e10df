import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, temporaryFolder } from '../files/testing/temporary-folder.ts';
import type { SealedObject } from './object-store.ts';
import { HASHING_FLOOR } from './passphrase.ts';
import { startLockChild } from './testing/child.ts';
import { Vault } from './vault.ts';
import { type BackupContents, backupVault, restoreVault } from './vault-backup.ts';

const PASSPHRASE = 'correct horse battery';
const credential = { kind: 'passphrase', passphrase: PASSPHRASE } as const;

interface FilledVault {
  readonly vault: Vault;
  readonly objects: SealedObject[];
  readonly contents: BackupContents;
  readonly parent: string;
}

async function filledVault(): Promise<FilledVault> {
  const parent = temporaryFolder();
  const folder = join(parent, 'vault');
  const { vault } = await Vault.create(folder, credential, { hashingCost: HASHING_FLOOR });
  const objects: SealedObject[] = [];
  for (const size of [0, 10, 200_000]) {
    const writer = await vault.objects.createWriter({ recordingId: 'r', kind: 'part', version: size });
    await writer.write(Buffer.alloc(size, 'word '));
    objects.push(await writer.commit());
  }
  writeFileSync(vault.databaseFile, 'stands for the encrypted database');
  writeFileSync(vault.headFile, 'stands for the head');
  const contents: BackupContents = {
    copyDatabase: async (file) => copyFileSync(vault.databaseFile, file),
    listObjects: async () => objects,
  };
  return { vault, objects, contents, parent };
}

describe('a backup', () => {
  test('is restored to a vault that opens and verifies', async () => {
    const { vault, objects, contents, parent } = await filledVault();
    const backup = join(parent, 'backup');
    expect(await backupVault(vault, backup, contents)).toEqual({ objectCount: 3 });
    expect(readdirSync(backup).sort()).toEqual(['database.sqlite', 'head', 'objects', 'vault.json']);
    await vault.seal();

    const restored = join(parent, 'restored');
    expect(await restoreVault(backup, restored)).toEqual({ objectCount: 3 });
    const again = await Vault.open(restored, credential);
    expect(again.id).toBe(vault.id);
    for (const object of objects) await again.objects.verify(object);
    for (const name of ['database.sqlite', 'head', 'vault.json']) {
      expect(readFileSync(join(restored, name))).toEqual(readFileSync(join(vault.folder, name)));
    }
    await again.seal();
  });

  test('never overwrites, and never goes into the vault', async () => {
    const { vault, contents, parent } = await filledVault();
    const taken = join(parent, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'letter.txt'), 'mine');
    await expect(backupVault(vault, taken, contents)).rejects.toMatchObject({ code: 'vault.notEmpty' });
    expect(filesBelow(taken)).toEqual([join(taken, 'letter.txt')]);
    await expect(backupVault(vault, vault.folder, contents)).rejects.toMatchObject({
      code: 'vault.notEmpty',
    });
    await expect(backupVault(vault, join(vault.folder, 'b'), contents)).rejects.toMatchObject({
      code: 'vault.notEmpty',
    });
    const backup = join(parent, 'backup');
    await backupVault(vault, backup, contents);
    await expect(backupVault(vault, backup, contents)).rejects.toMatchObject({ code: 'vault.exists' });
    await expect(restoreVault(backup, vault.folder)).rejects.toMatchObject({ code: 'vault.exists' });
    await vault.seal();
  });

  test('keeps the lock of the vault it was made of', async () => {
    const { vault, contents, parent } = await filledVault();
    await backupVault(vault, join(parent, 'backup'), contents);
    expect((await startLockChild(vault.folder)).answer).toMatchObject({ code: 'vault.inUse' });
    await vault.seal();
  });

  test('of a damaged or missing object fails and leaves nothing', async () => {
    const { vault, objects, contents, parent } = await filledVault();
    const backup = join(parent, 'backup');
    const [, small, large] = objects;
    if (small === undefined || large === undefined) throw new Error('three objects');
    const file = join(vault.folder, 'objects', large.id.slice(-2), large.id);
    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(70_000) ^ 1, 70_000);
    writeFileSync(file, changed);
    await expect(backupVault(vault, backup, contents)).rejects.toMatchObject({ code: 'object.damaged' });
    expect(readdirSync(backup)).toEqual([]);
    writeFileSync(file, whole);
    rmSync(join(vault.folder, 'objects', small.id.slice(-2), small.id));
    await expect(backupVault(vault, backup, contents)).rejects.toMatchObject({ code: 'object.missing' });
    expect(readdirSync(backup)).toEqual([]);
    await vault.seal();
  });

  test('that was interrupted is no vault', async () => {
    const { vault, contents, parent } = await filledVault();
    const backup = join(parent, 'backup');
    await backupVault(vault, backup, contents);
    await vault.seal();
    rmSync(join(backup, 'vault.json'));
    const restored = join(parent, 'restored');
    await expect(restoreVault(backup, restored)).rejects.toMatchObject({ code: 'vault.notAVault' });
    expect(existsSync(restored)).toBe(false);
  });
});

describe('restoring', () => {
  test('refuses a folder without database, and a vault in use', async () => {
    const { vault, parent } = await filledVault();
    await expect(restoreVault(vault.folder, join(parent, 'a'))).rejects.toMatchObject({
      code: 'vault.inUse',
    });
    await vault.seal();
    await restoreVault(vault.folder, join(parent, 'b'));
    await (await Vault.open(join(parent, 'b'), credential)).seal();
    rmSync(vault.databaseFile);
    await expect(restoreVault(vault.folder, join(parent, 'c'))).rejects.toMatchObject({
      code: 'vault.damaged',
    });
  });
});
