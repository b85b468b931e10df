import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FaultPoint, installFault } from '../fault-points.ts';
import { type Target, writeAtomically } from './write-atomically.ts';
import { WrittenFiles } from './written-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'voicesync-export-'));
});
afterEach(() => {
  installFault(null);
  rmSync(folder, { recursive: true, force: true });
});

function target(changes: Partial<Target> = {}): Target {
  return { folder, baseName: 'name', extension: 'txt', overwrite: false, ...changes };
}

function content(text: string): Uint8Array[] {
  return [...text].map((character) => new TextEncoder().encode(character));
}

function fault(point: FaultPoint, code: string | null): void {
  installFault((reachedPoint) => {
    if (reachedPoint === point) throw Object.assign(new Error('planted'), code === null ? {} : { code });
  });
}

describe('a name that is taken', () => {
  test('is never replaced: the new file gets a number', async () => {
    writeFileSync(join(folder, 'name.txt'), 'the first');
    writeFileSync(join(folder, 'name (2).txt'), 'the second');
    expect(await writeAtomically(content('new'), target())).toBe(join(folder, 'name (3).txt'));
    expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('the first');
    expect(readFileSync(join(folder, 'name (2).txt'), 'utf8')).toBe('the second');
    expect(readFileSync(join(folder, 'name (3).txt'), 'utf8')).toBe('new');
  });

  test('is replaced when asked', async () => {
    writeFileSync(join(folder, 'name.txt'), 'old');
    expect(await writeAtomically(content('new'), target({ overwrite: true }))).toBe(join(folder, 'name.txt'));
    expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['name.txt']);
  });

  test('by a folder is left alone even when replacing', async () => {
    mkdirSync(join(folder, 'name.txt'));
    expect(await writeAtomically(content('new'), target({ overwrite: true }))).toBe(
      join(folder, 'name (2).txt'),
    );
  });

  test.each([false, true])('by a symbolic link is not followed (overwrite %s)', async (overwrite) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'voicesync-elsewhere-'));
    try {
      writeFileSync(join(elsewhere, 'victim.txt'), 'precious');
      symlinkSync(join(elsewhere, 'victim.txt'), join(folder, 'name.txt'));
      symlinkSync(join(elsewhere, 'nowhere.txt'), join(folder, 'name (2).txt'));
      const path = await writeAtomically(content('new'), target({ overwrite }));
      expect(path).toBe(join(folder, overwrite ? 'name.txt' : 'name (3).txt'));
      expect(lstatSync(path).isFile()).toBe(true);
      expect(readdirSync(elsewhere)).toEqual(['victim.txt']);
      expect(readFileSync(join(elsewhere, 'victim.txt'), 'utf8')).toBe('precious');
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('by twenty writers at once becomes twenty whole files', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const paths = await Promise.all(texts.map((text) => writeAtomically(content(text), target())));
    expect(new Set(paths).size).toBe(20);
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(texts);
    expect(readdirSync(folder)).toHaveLength(20);
  });
});

describe('a name that the file system refuses', () => {
  const long = `${'Vernehmung '.repeat(20)}(day1)`;

  // The error of eCryptfs, which accepts 143 bytes.
  test('for its length is cut, and keeps what tells it from others', async () => {
    let refusals = 0;
    installFault((point) => {
      if (point === 'export.rename' && refusals++ === 0)
        throw Object.assign(new Error(''), { code: 'ENAMETOOLONG' });
    });
    const path = await writeAtomically(content('new'), target({ baseName: long, extension: 'docx' }));
    expect(basename(path)).toMatch(/^Vernehmung Vernehmung .* \(day1\)\.docx$/);
    expect(Buffer.byteLength(`${basename(path)} (9999)`)).toBeLessThanOrEqual(143);
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual([basename(path)]);
  });

  test('again and again is given up in the end', async () => {
    fault('export.rename', 'ENAMETOOLONG');
    await expect(writeAtomically(content('new'), target({ baseName: long }))).rejects.toMatchObject({
      code: 'export.failed',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  // The error of FAT mounted with a code page.
  test.each([
    ['Declaración de Peña', 'Declaracion de Pena'],
    ['聞き取り (day1)', 'transcript (day1)'],
    ['聞き取り 2026', '- 2026'],
  ])('for its characters becomes a plain one: %s', async (baseName, plain) => {
    let refusals = 0;
    installFault((point) => {
      if (point === 'export.rename' && refusals++ === 0)
        throw Object.assign(new Error(''), { code: 'EINVAL' });
    });
    const path = await writeAtomically(content('new'), target({ baseName }));
    expect(basename(path)).toBe(`${plain}.txt`);
  });
});

describe('replacing', () => {
  test('never takes what the same run has written for another, under any name of it', async () => {
    const files = new WrittenFiles();
    const write = async (baseName: string, owner: string) => {
      const mustStay = (path: string) => files.isOthers(path, owner);
      const path = await writeAtomically(content(owner), target({ baseName, overwrite: true, mustStay }));
      await files.add(path, owner);
      return basename(path);
    };
    writeFileSync(join(folder, 'name.txt'), 'of an earlier run');
    expect(await write('name', 'one')).toBe('name.txt');
    expect(await write('name', 'two')).toBe('name (2).txt');
    expect(await write('name', 'one')).toBe('name.txt');
    expect(await write('NAME', 'three')).toBe('NAME (3).txt');
    linkSync(join(folder, 'name.txt'), join(folder, 'other.txt'));
    expect(await write('other', 'four')).toBe('other (2).txt');
    expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('one');
  });
});

describe('a file system without links', () => {
  // The injected error is that of FAT for a link; everything after it is real.
  beforeEach(() => fault('export.rename', 'EPERM'));

  test('still gets the file under its name', async () => {
    expect(await writeAtomically(content('new'), target())).toBe(join(folder, 'name.txt'));
    expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['name.txt']);
  });

  test('still never loses an existing file, nor one of twenty writers at once', async () => {
    writeFileSync(join(folder, 'name.txt'), 'old');
    const paths = await Promise.all(
      Array.from({ length: 20 }, (_, index) => writeAtomically(content(`text ${index}`), target())),
    );
    expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(paths.map((_, index) => `text ${index}`));
    expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toHaveLength(21);
  });
});

describe('a failure', () => {
  const POINTS: FaultPoint[] = ['export.write', 'export.sync', 'export.rename'];

  test.each(POINTS.flatMap((point) => [false, true].map((overwrite) => [point, overwrite] as const)))(
    'at %s leaves the folder as it was (overwrite %s)',
    async (point, overwrite) => {
      writeFileSync(join(folder, 'name.txt'), 'old');
      fault(point, 'ENOSPC');
      await expect(writeAtomically(content('new'), target({ overwrite }))).rejects.toMatchObject({
        code: 'disk.full',
      });
      fault(point, 'EIO');
      await expect(writeAtomically(content('new'), target({ overwrite }))).rejects.toMatchObject({
        code: 'disk.failed',
      });
      fault(point, null);
      await expect(writeAtomically(content('new'), target({ overwrite }))).rejects.toMatchObject({
        code: 'export.failed',
      });
      expect(readdirSync(folder)).toEqual(['name.txt']);
      expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('old');
    },
  );

  test('says which folder is missing or is none', async () => {
    const missing = join(folder, 'missing');
    await expect(writeAtomically([], target({ folder: missing }))).rejects.toMatchObject({
      code: 'folder.notWritable',
      details: { folder: missing },
    });
    writeFileSync(join(folder, 'file'), '');
    await expect(writeAtomically([], target({ folder: join(folder, 'file') }))).rejects.toMatchObject({
      code: 'folder.notWritable',
    });
  });

  // Root may write everywhere.
  test.skipIf(process.getuid?.() === 0)('says which folder may not be written', async () => {
    chmodSync(folder, 0o500);
    await expect(writeAtomically([], target())).rejects.toMatchObject({ code: 'folder.notWritable' });
    chmodSync(folder, 0o700);
  });
});

test('what a killed export left behind is removed, and nothing else', async () => {
  const left = '.voicesync-0123456789abcdef.part';
  const inUse = '.voicesync-fedcba9876543210.part';
  for (const name of [left, inUse, '.voicesync-mine.part']) writeFileSync(join(folder, name), 'text');
  const yesterday = new Date(Date.now() - 24 * 3600 * 1000);
  for (const name of [left, '.voicesync-mine.part']) utimesSync(join(folder, name), yesterday, yesterday);
  await writeAtomically(content('new'), target());
  expect(readdirSync(folder).sort()).toEqual([inUse, '.voicesync-mine.part', 'name.txt'].sort());
});

test('a finished file is readable by its owner only', async () => {
  const path = await writeAtomically(content('new'), target());
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
});

function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('a full disk is said to be full, and what was there stays', async (context) => {
  if (!mountSmallDisk()) return context.skip('mounting a small disk is not permitted here');
  try {
    writeFileSync(join(folder, 'name.txt'), 'old');
    const large = [new Uint8Array(300 * 1024)];
    for (const overwrite of [false, true]) {
      await expect(writeAtomically(large, target({ overwrite }))).rejects.toMatchObject({
        code: 'disk.full',
      });
    }
    expect(readdirSync(folder)).toEqual(['name.txt']);
    expect(readFileSync(join(folder, 'name.txt'), 'utf8')).toBe('old');
    expect(await writeAtomically(content('fits'), target())).toBe(join(folder, 'name (2).txt'));
  } finally {
    execFileSync('umount', [folder]);
  }
});
