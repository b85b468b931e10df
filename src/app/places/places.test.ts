import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { measurePlace, placeNamed, places } from './places.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'vs-places-'));
  vi.stubEnv('VOICESYNC_HOME', home);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

async function file(path: string, bytes: number): Promise<void> {
  await mkdir(join(home, path, '..'), { recursive: true });
  await writeFile(join(home, path), Buffer.alloc(bytes));
}

it('counts every file of the data folder in exactly one place', async () => {
  await file('vault/objects/ab/one', 1000);
  await file('vault/objects/cd/two', 200);
  await file('vault/database.sqlite', 40);
  await file('vault/database.sqlite-wal', 8);
  await file('vault/incoming/three', 16);
  await file('vault/vault.json', 32);
  await file('old/vault.json', 24);
  await file('window/interface.json', 64);
  await file('window/interface.json.damaged', 128);
  await file('window/keychain/id', 256);
  await file('window/Cache/deep/down', 512);
  await file('models/a.bin', 1024);
  await file('logs/log', 2048);
  await file('watched/a.wav', 4096);
  await file('watched/deeper/not-looked-at.wav', 8192);
  await file('watched/taken/b.wav', 16_384);
  await symlink(join(home, 'models'), join(home, 'logs', 'link'));
  const all = places({
    vaultFolder: join(home, 'vault'),
    formerVaults: [join(home, 'old')],
    watched: [join(home, 'watched')],
  });
  const measured = async (key: string) => {
    const { bytes } = await measurePlace(placeNamed(all, key));
    return bytes;
  };
  const vault = await measurePlace(placeNamed(all, 'vault'));
  expect(vault.parts.map(({ part, files, bytes }) => [part, files, bytes])).toEqual([
    ['sound', 2, 1200],
    ['database', 2, 48],
    ['incoming', 1, 16],
    ['keys', 1, 32],
  ]);
  expect(vault).toMatchObject({ files: 6, bytes: 1296 });
  expect(vault.freeBytes).toBeGreaterThan(0);
  expect(await measured('former')).toBe(24);
  expect(await measured('settings')).toBe(192);
  expect(await measured('keychain')).toBe(256);
  expect(await measured('browser')).toBe(512);
  expect(await measured('models')).toBe(1024);
  expect(await measured('logs')).toBe(2048);
  expect(await measured('watched')).toBe(4096 + 16_384);
  expect(await measured('rescued')).toBe(0);
  expect(() => placeNamed(all, 'watched1')).toThrow();
});
