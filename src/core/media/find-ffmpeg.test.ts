import { chmod, mkdir, symlink } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { findFfmpeg, findInstallerFfmpeg } from './find-ffmpeg.ts';
import { temporaryFolder, written } from './testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
afterEach(() => vi.unstubAllEnvs());

/** A folder name that was not used yet, so that nothing is cached for it. */
function freshFolder(name: string): string {
  return join(folder.path, name);
}

describe.skipIf(process.platform === 'win32')('findFfmpeg', () => {
  test('the packaged one comes first', async () => {
    const packaged = freshFolder('packaged');
    await mkdir(packaged);
    await symlink((await findInstallerFfmpeg()).path, join(packaged, 'ffmpeg'));
    expect(await findFfmpeg({ packagedFolder: packaged })).toMatchObject({
      origin: 'packaged',
      path: join(packaged, 'ffmpeg'),
      version: expect.stringMatching(/\S/),
    });
  });

  test('without any on PATH, the installed package serves', async () => {
    vi.stubEnv('PATH', freshFolder('nothing-on-path'));
    const ffmpeg = await findFfmpeg({ packagedFolder: freshFolder('no-package-1') });
    expect(['ffmpeg-static', 'ffmpeg-installer']).toContain(ffmpeg.origin);
    expect(isAbsolute(ffmpeg.path)).toBe(true);
  });

  test('what does not run, or is no ffmpeg, is passed over', async () => {
    const broken = freshFolder('broken');
    await mkdir(broken);
    await chmod(await written(broken, 'ffmpeg', 'no program'), 0o755);
    const other = freshFolder('other');
    await mkdir(other);
    await chmod(await written(other, 'ffmpeg', '#!/bin/sh\necho hello\n'), 0o755);
    vi.stubEnv('PATH', `${broken}:${other}`);
    const ffmpeg = await findFfmpeg({ packagedFolder: broken });
    expect(['ffmpeg-static', 'ffmpeg-installer']).toContain(ffmpeg.origin);
  });

  test('a relative entry of PATH is never searched', async () => {
    const installer = await findInstallerFfmpeg();
    await symlink(installer.path, join(folder.path, 'ffmpeg'));
    vi.stubEnv('PATH', join('..', '..', '..', '..', folder.path));
    const ffmpeg = await findFfmpeg({ packagedFolder: freshFolder('no-package-2') });
    expect(ffmpeg.origin).not.toBe('path');
  });

  test('is asked once', async () => {
    expect(findFfmpeg()).toBe(findFfmpeg());
  });
});
