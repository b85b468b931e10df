import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addRecording, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { WatchedFolders } from './watched-folders.ts';
import { MOST_GONE, WatchedMemory } from './watched-memory.ts';

vi.setConfig({ testTimeout: 60_000 });
const UNTIL = { timeout: 30_000 };

let vault: TestDatabase;
let home: string;
let folder: string;
let watched: WatchedFolders;
let broughtIn: string[];
let recordingId: string;
let whileTaking: () => Promise<void>;
const place = (...names: string[]) => join(folder, ...names);

function watching(lookMs = 40): WatchedFolders {
  return new WatchedFolders({
    database: vault.db,
    vaultFolder: join(home, 'vault'),
    bringIn: async ([path = '']) => {
      broughtIn.push(path);
      await whileTaking();
      return { added: [recordingId], models: [], rejected: [], leftOut: [] };
    },
    ...{ pollMs: lookMs, soonMs: lookMs },
  });
}

beforeEach(async () => {
  vault = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'voicesync-watched-'));
  folder = join(home, 'dictations');
  await mkdir(folder);
  await mkdir(join(home, 'vault'));
  broughtIn = [];
  whileTaking = async () => undefined;
  recordingId = await addRecording(vault.db);
  watched = watching();
});
afterEach(async () => {
  await watched.pause();
  await vault[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

it('takes what appears once it is whole and once only, by place and content, also over a restart', async () => {
  await writeFile(place('old.wav'), 'was there');
  await watched.add(folder);
  watched.begin();
  await writeFile(join(home, 'elsewhere.wav'), 'outside');
  await symlink(join(home, 'elsewhere.wav'), place('link.wav'));
  await writeFile(place('notes.txt'), 'no recording');
  await writeFile(place('empty.wav'), '');
  await writeFile(place('new.wav'), 'some sound');
  await vi.waitFor(() => expect(broughtIn).toEqual([place('new.wav')]), UNTIL);
  await vi.waitFor(async () => expect((await watched.list())[0]?.taken).toBe(1), UNTIL);
  await watched.pause();
  watched = watching();
  watched.begin();
  await rename(place('new.wav'), place('renamed.wav'));
  await writeFile(place('other.wav'), 'other sound');
  await vi.waitFor(() => expect(broughtIn).toHaveLength(2), UNTIL);
  expect(broughtIn).toEqual([place('new.wav'), place('other.wav')]);
});

it('never forgets what lies in a folder untaken, however much that is', async () => {
  const memory = new WatchedMemory(vault.db);
  const file = (name: string) => ({
    ...{ name, sizeBytes: 1, modifiedMs: 1 },
    ...{ sha256: null, recordingId: null, isToMove: false },
  });
  const files = Array.from({ length: 2 * MOST_GONE + 2 }, (_, at) => file(`${at}.wav`));
  const isThere = ({ name }: { name: string }) => Number.parseInt(name, 10) % 2 === 0;
  await memory.keepKnown('one', files, isThere);
  const kept = await memory.known('one');
  expect(kept.filter(isThere)).toHaveLength(MOST_GONE + 1);
  expect(kept.filter((one) => !isThere(one))).toHaveLength(MOST_GONE);
  expect(kept.at(-1)?.name).toBe(files.at(-1)?.name);
});

it('keeps nothing of a folder that is removed while a file of it is taken', async () => {
  await watched.add(folder);
  const [view] = await watched.list();
  const id = view?.id ?? '';
  whileTaking = () => watched.remove(id);
  watched.begin();
  await writeFile(place('new.wav'), 'some sound');
  await vi.waitFor(() => expect(broughtIn).toHaveLength(1), UNTIL);
  await watched.pause();
  expect(await new WatchedMemory(vault.db).known(id)).toEqual([]);
});

it('waits while a file grows', async () => {
  watched = watching(400);
  await watched.add(folder);
  watched.begin();
  let text = '';
  const growing = setInterval(() => {
    text += 'x';
    void writeFile(place('long.wav'), text);
  }, 20);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(broughtIn).toEqual([]);
  clearInterval(growing);
  await vi.waitFor(() => expect(broughtIn).toEqual([place('long.wav')]), UNTIL);
});

it('moves a file only once its recording is safe, over no other', async () => {
  await watched.add(folder);
  const [view] = await watched.list();
  await watched.change(view?.id ?? '', { matterId: null, model: null, language: null, movesTaken: true });
  await mkdir(place('taken'));
  await writeFile(place('taken', 'new.wav'), 'an earlier one');
  watched.begin();
  await writeFile(place('new.wav'), 'some sound');
  await vi.waitFor(() => expect(broughtIn).toHaveLength(1), UNTIL);
  expect(await readdir(folder)).toContain('new.wav');
  await vault.db.recordings.finishImport({
    ...{ recordingId, state: 'ready', sourceSha256: 'a'.repeat(64), layout: 'single', channels: 1 },
    ...{ durationMs: 1000, original: null, atMs: 1 },
  });
  await vi.waitFor(
    async () => expect(await readdir(place('taken'))).toEqual(['new 2.wav', 'new.wav']),
    UNTIL,
  );
  expect(await readdir(folder)).toEqual(['taken']);
});

it('tells that a folder is gone, and goes on when it is back', async () => {
  await watched.add(folder);
  watched.begin();
  await rename(folder, join(home, 'away'));
  await vi.waitFor(async () => expect((await watched.list())[0]?.state).toBe('gone'), UNTIL);
  await writeFile(join(home, 'away', 'new.wav'), 'some sound');
  await rename(join(home, 'away'), folder);
  await vi.waitFor(() => expect(broughtIn).toEqual([place('new.wav')]), UNTIL);
  expect((await watched.list())[0]?.state).toBe('watching');
});

it('refuses the vault’s own folder, what holds it, and a folder twice', async () => {
  const code = (name: string) => expect.objectContaining({ code: name });
  await expect(watched.add(join(home, 'vault'))).rejects.toEqual(code('watch.insideVault'));
  await expect(watched.add(home)).rejects.toEqual(code('watch.insideVault'));
  await watched.add(folder);
  await expect(watched.add(folder)).rejects.toEqual(code('watch.already'));
  await expect(watched.add(join(home, 'nowhere'))).rejects.toEqual(code('folder.gone'));
});
