import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installFault } from '../fault-points.ts';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import type { SealedObject } from './object-store.ts';
import { HASHING_FLOOR } from './passphrase.ts';
import { startLockChild, startVaultChild } from './testing/child.ts';
import { Vault } from './vault.ts';
import { MOVED_NAME, moveVault, planMove, settleMoves } from './vault-move.ts';
import { VaultPlace } from './vault-place.ts';

const credential = { kind: 'passphrase', passphrase: 'correct horse battery' } as const;

interface SealedVault {
  readonly parent: string;
  readonly usual: string;
  readonly place: VaultPlace;
  readonly objects: readonly SealedObject[];
}

/** A sealed vault in the usual folder, with a database, a write-ahead log, a head and objects. */
async function sealedVault(): Promise<SealedVault> {
  const parent = temporaryFolder();
  const usual = join(parent, 'vault');
  const { vault } = await Vault.create(usual, credential, { hashingCost: HASHING_FLOOR });
  const objects: SealedObject[] = [];
  for (const size of [0, 10, 200_000]) {
    const writer = await vault.objects.createWriter({ recordingId: 'r', kind: 'part', version: size });
    await writer.write(Buffer.alloc(size, 'word '));
    objects.push(await writer.commit());
  }
  writeFileSync(vault.databaseFile, 'stands for the encrypted database');
  writeFileSync(`${vault.databaseFile}-wal`, 'stands for what is not in it yet');
  writeFileSync(vault.headFile, 'stands for the head');
  await vault.seal();
  return { parent, usual, place: new VaultPlace(usual), objects };
}

/** Asserts that the vault is whole in this folder, and that the place says so. */
async function expectWholeIn({ place, objects }: SealedVault, folder: string): Promise<void> {
  expect(place.folder).toBe(folder);
  const vault = await Vault.open(folder, credential);
  for (const object of objects) await vault.objects.verify(object);
  expect(readFileSync(vault.databaseFile, 'utf8')).toBe('stands for the encrypted database');
  expect(readFileSync(`${vault.databaseFile}-wal`, 'utf8')).toBe('stands for what is not in it yet');
  expect(readFileSync(vault.headFile, 'utf8')).toBe('stands for the head');
  await vault.seal();
}

describe('moving a vault', () => {
  test('leaves it whole in the new folder, nothing in the old one, and moves it back to the usual place', async () => {
    const made = await sealedVault();
    const to = join(made.parent, 'disk', 'new');
    let bytes = 0;
    const planned = await moveVault(made.place, made.usual, to, { onBytes: (more) => (bytes += more) });
    expect(bytes).toBeGreaterThan(200_000);
    expect(planned.bytes).toBeGreaterThanOrEqual(bytes);
    expect(existsSync(made.usual)).toBe(false);
    expect(existsSync(join(to, MOVED_NAME))).toBe(true);
    await expectWholeIn(made, to);
    expect(made.place.isChosen).toBe(true);
    await moveVault(made.place, to, made.usual);
    expect(existsSync(to)).toBe(false);
    await expectWholeIn(made, made.usual);
    expect(made.place).toMatchObject({ isChosen: false });
    expect(made.place.read().moves).toEqual([]);
  });

  test('is refused where it cannot end well, and nothing is changed', async () => {
    const made = await sealedVault();
    const { parent, usual, place } = made;
    const full = join(parent, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'letter.txt'), 'mine');
    const refusals = [
      [join(usual, 'deeper'), 'vault.moveInside'],
      [parent, 'vault.moveInside'],
      [full, 'vault.notEmpty'],
      [join(parent, 'Dropbox', 'vault'), 'vault.syncedFolder'],
      [join(full, 'letter.txt'), 'folder.notWritable'],
    ] as const;
    for (const [to, code] of refusals) {
      await expect(moveVault(place, usual, to), to).rejects.toMatchObject({ code });
      await expect(planMove(usual, to), to).rejects.toMatchObject({ code });
    }
    await startLockChild(usual);
    await expect(moveVault(place, usual, join(parent, 'new'))).rejects.toMatchObject({ code: 'vault.inUse' });
    expect(existsSync(join(parent, 'new'))).toBe(false);
    expect(readdirSync(full)).toEqual(['letter.txt']);
    expect(place.folder).toBe(usual);
  });

  test('leaves nothing behind when it is broken off', async () => {
    const made = await sealedVault();
    const stop = new AbortController();
    const to = join(made.parent, 'new');
    const onBytes = () => stop.abort(new Error('enough'));
    await expect(moveVault(made.place, made.usual, to, { signal: stop.signal, onBytes })).rejects.toThrow(
      'enough',
    );
    expect(existsSync(to)).toBe(false);
    await expectWholeIn(made, made.usual);
  });

  test.each([
    ['move.begun', 'old'],
    ['object', 'old'],
    ['move.copied', 'old'],
    ['move.switched', 'new'],
    ['move.named', 'new'],
    ['move.closed', 'new'],
    ['move.removed', 'new'],
  ] as const)(
    'killed at %s has its vault in the %s folder, and the next start leaves one',
    async (point, where) => {
      const made = await sealedVault();
      const { parent, usual, place } = made;
      const to = join(parent, 'new');
      if (point === 'object') {
        // The copy ends in the middle: as after a kill there.
        await expect(killedAt('move.begun')).resolves.toBeNull();
        mkdirSync(join(to, 'objects', 'ab'), { recursive: true });
        writeFileSync(join(to, 'objects', 'ab', 'half'), 'of an object');
      } else await expect(killedAt(point)).resolves.toBeNull();
      const folder = where === 'old' ? usual : to;
      expect(place.folder).toBe(folder);
      await settleMoves(place);
      await expectWholeIn(made, folder);
      expect(existsSync(where === 'old' ? to : usual)).toBe(false);
      expect(place.read().moves).toEqual([]);

      async function killedAt(here: string) {
        return (await startVaultChild('move', usual, usual, to, here)).answer;
      }
    },
  );

  test('removes nothing of an old folder that was used since, and nothing while the copy is out of sight', async () => {
    const made = await sealedVault();
    const { parent, usual, place } = made;
    const to = join(parent, 'new');
    await startVaultChild('move', usual, usual, to, 'move.switched');
    renameSync(to, join(parent, 'unplugged'));
    await settleMoves(place);
    expect(place.folder).toBe(to);
    expect(existsSync(join(usual, 'vault.json'))).toBe(true);
    renameSync(join(parent, 'unplugged'), to);
    writeFileSync(join(usual, 'database.sqlite'), 'used by another program meanwhile');
    await settleMoves(place);
    expect(readFileSync(join(usual, 'database.sqlite'), 'utf8')).toBe('used by another program meanwhile');
    await expectWholeIn(made, to);
    // It is told of until it is gone, or is the vault again: then the copy is.
    expect(place.formerVaults).toEqual([usual]);
    await place.choose(usual);
    expect(place.formerVaults).toEqual([to]);
    renameSync(to, join(parent, 'unplugged'));
    expect(place.formerVaults).toEqual([]);
  });

  test('takes the copy back when the disk fails, and says why', async () => {
    const made = await sealedVault();
    const to = join(made.parent, 'new');
    installFault((point) => {
      if (point === 'move.copied') throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    try {
      await expect(moveVault(made.place, made.usual, to)).rejects.toMatchObject({ code: 'disk.full' });
    } finally {
      installFault(null);
    }
    expect(existsSync(to)).toBe(false);
    await expectWholeIn(made, made.usual);
  });
});
