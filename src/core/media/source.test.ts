import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSource } from './source.ts';
import { temporaryFolder, written } from './testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

describe('openSource', () => {
  test('reads any range, and less only at the end', async () => {
    const source = await openSource(await written(folder.path, 'ten', '0123456789'));
    const buffer = Buffer.alloc(4);
    expect(await source.read(buffer, 3)).toBe(4);
    expect(buffer.toString()).toBe('3456');
    expect(await source.read(buffer, 8)).toBe(2);
    expect(await source.read(buffer, 10)).toBe(0);
    expect(source).toMatchObject({ name: 'ten', sizeBytes: 10 });
    await source.close();
  });

  test('follows a link that the user gives', async () => {
    const target = await written(folder.path, 'target', 'x');
    const link = join(folder.path, 'link');
    await symlink(target, link);
    const source = await openSource(link);
    expect(source.name).toBe('target');
    await source.close();
  });

  test('notices that the file grew, and that it was rewritten in place', async () => {
    const path = await written(folder.path, 'changing', 'abc');
    const source = await openSource(path);
    expect(await source.unchanged()).toBe(true);
    await utimes(path, 1, 1);
    expect(await source.unchanged()).toBe(false);
    await source.close();
    const again = await openSource(path);
    await appendFile(path, 'd');
    expect(await again.unchanged()).toBe(false);
    await again.close();
  });

  test('nothing there', async () => {
    await expect(openSource(join(folder.path, 'missing'))).rejects.toMatchObject({ code: 'file.notFound' });
    const file = await written(folder.path, 'file', 'x');
    await expect(openSource(join(file, 'below'))).rejects.toMatchObject({ code: 'file.notFound' });
  });

  test('a folder', async () => {
    const path = join(folder.path, 'folder');
    await mkdir(path);
    await expect(openSource(path)).rejects.toMatchObject({ code: 'file.notRegular' });
  });

  test('an empty file', async () => {
    const path = await written(folder.path, 'empty', '');
    await expect(openSource(path)).rejects.toMatchObject({ code: 'media.empty' });
  });

  test.skipIf(process.platform === 'win32')('a pipe and a device, without waiting for anyone', async () => {
    const pipe = join(folder.path, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(openSource(pipe)).rejects.toMatchObject({ code: 'file.pipe' });
    await expect(openSource('/dev/zero')).rejects.toMatchObject({ code: 'file.notRegular' });
  });

  test.skipIf(process.platform === 'win32')('a file without permission', async () => {
    const path = await written(folder.path, 'secret', 'x');
    await chmod(path, 0);
    const opened = openAsOrdinaryUser(path);
    await expect(opened).rejects.toMatchObject({ code: 'file.noPermission', details: { file: path } });
  });
});

/** Root may read everything, so it drops its privileges for this call. */
async function openAsOrdinaryUser(path: string): Promise<unknown> {
  if (process.geteuid?.() !== 0) return await openSource(path);
  process.seteuid?.(NOBODY);
  try {
    return await openSource(path);
  } finally {
    process.seteuid?.(0);
  }
}

const NOBODY = 65_534;
