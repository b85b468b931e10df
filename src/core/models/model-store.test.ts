import { execFileSync, spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resourcesFolder } from '../folders.ts';
import { freeBytes } from '../free-space.ts';
import { ModelStore } from './model-store.ts';
import { BUNDLED_MODEL, OFFICIAL_MODELS, VOICE_ACTIVITY_FILE } from './official-models.ts';
import { DICTATION_MODEL } from './testing/dictation-model.ts';
import { type MadeModel, writeMadeModel } from './testing/made-model.ts';

const BUNDLED_FILE = join(resourcesFolder(), 'models', BUNDLED_MODEL.file);

/** Whether the largest possible model would fit here. */
const HAS_ROOM = (await freeBytes(tmpdir())) > 200e9;

let home: string;
let folder: string;
let stick: string;
let store: ModelStore;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'model-store-'));
  folder = join(home, 'models');
  stick = join(home, 'stick');
  await mkdir(stick);
  store = new ModelStore(folder);
});
afterEach(() => rm(home, { recursive: true }));

/** A model of the user's own on the USB stick. */
async function ownModel(name: string, made: MadeModel = {}): Promise<string> {
  const file = join(stick, name);
  await writeMadeModel(file, made);
  return file;
}

describe('a machine without models', () => {
  it('uses the bundled one, and lists the other official models as available', async () => {
    const { installed, available, unusable } = await store.list();
    expect(installed).toMatchObject([
      { name: 'base-q8_0', isDefault: true, isBundled: true, verification: 'verified' },
    ]);
    expect(installed[0]?.facts).toMatchObject({ multilingual: true, canTranslate: true });
    expect(available).toEqual(OFFICIAL_MODELS.filter(({ name }) => name !== 'base-q8_0'));
    expect(unusable).toEqual([]);
    expect((await store.resolve(null)).choice).toEqual({
      name: 'base-q8_0',
      path: BUNDLED_FILE,
      sha256: BUNDLED_MODEL.sha256,
    });
  });

  it('gives the bundled one to a vault that asks for the one of an earlier release', async () => {
    expect((await store.resolve('sample')).choice.path).toBe(BUNDLED_FILE);
  });

  it('names the models there are when asked for another', async () => {
    await expect(store.resolve('large-v3')).rejects.toMatchObject({
      code: 'model.notFound',
      details: { model: 'large-v3', known: ['base-q8_0'] },
    });
  });

  it('keeps the bundled one', async () => {
    await expect(store.remove('base-q8_0')).rejects.toMatchObject({ code: 'model.bundled' });
  });
});

describe('importing', () => {
  it('recognises a known model under any file name', async () => {
    await copyFile(BUNDLED_FILE, join(stick, 'renamed.bin'));
    const progress: number[] = [];
    const model = await store.import(join(stick, 'renamed.bin'), {
      onProgress: (copied, total) => progress.push(copied / total),
    });
    expect(model).toMatchObject({ name: 'base-q8_0', verification: 'verified', isBundled: false });
    expect(progress.at(-1)).toBe(1);
    expect((await readFile(join(folder, BUNDLED_MODEL.file))).equals(await readFile(BUNDLED_FILE))).toBe(
      true,
    );
    await store.remove('base-q8_0');
    expect((await store.resolve(null)).choice.path).toBe(BUNDLED_FILE);
  });

  it('takes an unknown model under its own name, and says that the catalogue does not know it', async () => {
    const model = await store.import(await ownModel('court-es.bin'));
    expect(model).toMatchObject({ name: 'court-es', verification: 'notInCatalogue' });
    expect((await store.resolve('court-es')).choice.path).toBe(join(folder, 'court-es.bin'));
  });

  it('never replaces a model by another of the same name', async () => {
    const first = await store.import(await ownModel('court.bin', { mark: 1 }));
    const second = await store.import(await ownModel('court.bin', { mark: 2 }));
    expect([first.name, second.name]).toEqual(['court', 'court-2']);
    expect(first.sha256).not.toBe(second.sha256);
  });

  it('refuses a file that is named like an official model but is not, and keeps nothing of it', async () => {
    await expect(store.import(await ownModel('ggml-small.bin'))).rejects.toMatchObject({
      code: 'model.hashMismatch',
      details: { model: 'small' },
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['a text', 'notes.bin', 'model.notAModel'],
    ['weights that find speech', 'silero.bin', 'model.voiceActivity'],
    ['an official model that was not copied to its end', 'ggml-small.bin', 'model.cutShort'],
    ['a missing file', 'missing.bin', 'file.notFound'],
    ['a folder', '.', 'file.notRegular'],
    ['a pipe that nobody writes to', 'pipe', 'file.notRegular'],
  ])('refuses %s', async (_, name, code) => {
    await writeFile(join(stick, 'notes.bin'), 'These are not the weights you are looking for.'.repeat(9));
    await copyFile(join(resourcesFolder(), 'models', VOICE_ACTIVITY_FILE), join(stick, 'silero.bin'));
    await truncate(await ownModel('ggml-small.bin'), 1_000_000);
    execFileSync('mkfifo', [join(stick, 'pipe')]);
    await expect(store.import(join(stick, name))).rejects.toMatchObject({ code });
    expect(await readdir(home)).toEqual(['stick']);
  });

  it.skipIf(HAS_ROOM)('refuses a model that would fill the disk before it copies a byte', async () => {
    // A sparse file of 240 GB: as large as a model gets.
    const file = await ownModel('huge.bin', { encoderLayers: 128, width: 4096, weightType: 0 });
    await expect(store.import(file)).rejects.toMatchObject({ code: 'disk.full' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves nothing behind when it is stopped half-way', async () => {
    const abort = new AbortController();
    const importing = store.import(DICTATION_MODEL.path, {
      signal: abort.signal,
      onProgress: (copied, total) => copied > total / 2 && abort.abort(),
    });
    await expect(importing).rejects.toThrow('aborted');
    expect(await readdir(folder)).toEqual([]);
  });

  it('sweeps what a killed import left, but not what a living one is writing', async () => {
    await mkdir(folder);
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const living = `.importing-${process.pid}-now`;
    await writeFile(join(folder, `.importing-${dead}-then`), 'half a model');
    await writeFile(join(folder, living), 'half a model');
    await store.import(await ownModel('own.bin'));
    expect((await readdir(folder)).sort()).toEqual([living, 'models.json', 'own.bin']);
  });
});

describe('the default', () => {
  it('is what was chosen, also for the next process, until it is removed', async () => {
    await store.import(await ownModel('own.bin'));
    await store.setDefault('own');
    expect((await new ModelStore(folder).resolve(null)).choice.name).toBe('own');
    expect((await store.list()).installed.map((m) => [m.name, m.isDefault])).toEqual([
      ['base-q8_0', false],
      ['own', true],
    ]);
    await store.remove('own');
    expect((await store.resolve(null)).choice.name).toBe('base-q8_0');
  });

  it('cannot be a model that is not here', async () => {
    await expect(store.setDefault('small')).rejects.toMatchObject({ code: 'model.notFound' });
  });

  it('never turns into the bundled one unasked when its file vanishes', async () => {
    await store.import(await ownModel('own.bin'));
    await store.setDefault('own');
    await rm(join(folder, 'own.bin'));
    await expect(store.resolve(null)).rejects.toMatchObject({ code: 'model.notFound' });
  });
});

describe('a model given as a file', () => {
  it('is used where it lies', async () => {
    const file = await ownModel('own.bin');
    const { choice } = await store.resolve(file);
    expect(choice).toMatchObject({ name: 'own', path: file });
    await writeMadeModel(file, { mark: 7 });
    expect((await store.resolve(file)).choice.sha256).not.toBe(choice.sha256);
  });

  it('leaves no trace of its path on the disk', async () => {
    await store.resolve(await ownModel('client-name.bin'));
    await store.resolve('base-q8_0');
    expect(await readFile(join(folder, 'models.json'), 'utf8')).not.toContain('client-name');
  });

  it('is refused when it only pretends to be official, and named when it is missing', async () => {
    await expect(store.resolve(await ownModel('ggml-tiny.bin'))).rejects.toMatchObject({
      code: 'model.hashMismatch',
    });
    await expect(store.resolve(join(stick, 'none.bin'))).rejects.toMatchObject({ code: 'file.notFound' });
  });
});

describe('hashes', () => {
  it('are remembered across processes', async () => {
    await store.import(await ownModel('own.bin'));
    const indexFile = join(folder, 'models.json');
    const marked = (await readFile(indexFile, 'utf8')).replace(
      /"sha256": "\w+"/,
      `"sha256": "${'ab'.repeat(32)}"`,
    );
    await writeFile(indexFile, marked);
    expect((await new ModelStore(folder).resolve('own')).choice.sha256).toBe('ab'.repeat(32));
  });

  it('are made again when a file changes, even within its old size', async () => {
    const { path, sha256 } = await store.import(await ownModel('own.bin'));
    const handle = await open(path, 'r+');
    // Within the mel filters.
    await handle.write('W', 100);
    await handle.close();
    expect((await store.resolve('own')).choice.sha256).not.toBe(sha256);
  });

  it('unmask a file that was put into the folder under an official name', async () => {
    await mkdir(folder);
    await copyFile(await ownModel('ggml-base.bin'), join(folder, 'ggml-base.bin'));
    expect((await store.list()).installed[0]).toMatchObject({ name: 'base', verification: 'altered' });
    await expect(store.resolve('base')).rejects.toMatchObject({ code: 'model.hashMismatch' });
  });

  it('are not asked of what is no model, which is told with its reason', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'letter.bin'), 'Dear Sir or Madam');
    await truncate(await ownModel('half.bin'), 100_000);
    await copyFile(join(stick, 'half.bin'), join(folder, 'half.bin'));
    const { installed, unusable } = await store.list();
    expect(installed.map(({ name }) => name)).toEqual(['base-q8_0']);
    expect(unusable.map(({ path, error }) => [path, error.code]).sort()).toEqual([
      [join(folder, 'half.bin'), 'model.cutShort'],
      [join(folder, 'letter.bin'), 'model.notAModel'],
    ]);
  });

  it('survive a damaged index', async () => {
    const { sha256 } = await store.import(await ownModel('own.bin'));
    await writeFile(join(folder, 'models.json'), '{"format":1,');
    expect((await store.resolve('own')).choice.sha256).toBe(sha256);
  });
});
