import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { installFault } from '../fault-points.ts';
import { saveAs } from './save-as.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

afterEach(() => installFault(null));

test('a file that is saved over stays whole until the new one is, and is then the user’s alone', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'report.html');
  writeFileSync(file, 'the old report', { mode: 0o644 });
  installFault((point) => {
    if (point === 'export.sync') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  await expect(saveAs(file, 'the new report')).rejects.toMatchObject({ code: 'disk.full' });
  expect(readFileSync(file, 'utf8')).toBe('the old report');
  expect(readdirSync(folder)).toEqual(['report.html']);
  installFault(null);
  await saveAs(file, 'the new report');
  expect(readFileSync(file, 'utf8')).toBe('the new report');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('nothing is written over a folder, nor, where that is not wanted, over a file', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'taken'));
  await expect(saveAs(join(folder, 'taken'), 'x')).rejects.toMatchObject({ code: 'export.notReplaced' });
  writeFileSync(join(folder, 'key.txt'), 'old');
  await expect(saveAs(join(folder, 'key.txt'), 'new', { replace: false })).rejects.toMatchObject({
    code: 'export.notReplaced',
  });
  expect(readFileSync(join(folder, 'key.txt'), 'utf8')).toBe('old');
  await expect(saveAs(join(folder, 'gone', 'a.txt'), 'x')).rejects.toMatchObject({
    code: 'folder.notWritable',
  });
});
