import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { filesHandedOver, handedFiles } from './handed-files.ts';

test('files and folders that are there are handed over, switches and the app itself are not', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a b.wav');
  const app = join(folder, 'app');
  writeFileSync(file, '');
  writeFileSync(join(folder, 'loader.js'), '');
  mkdirSync(app);
  const given = ['--lang=es', 'a b.wav', 'missing.wav', folder];
  expect(handedFiles(['/opt/voicesync', ...given], folder, null)).toEqual([file, folder]);
  const developed = ['electron', '-r', 'loader.js', '--inspect=0', app, ...given];
  expect(handedFiles(developed, folder, app)).toEqual([file, folder]);
  expect(handedFiles(['electron', ...given], folder, app)).toEqual([]);
});

test('a link that leads nowhere is handed over, an argument that can be no path is not', () => {
  const folder = temporaryFolder();
  symlinkSync('gone.wav', join(folder, 'broken.wav'));
  const given = ['broken.wav', 'x'.repeat(5000), 'missing.wav'];
  expect(handedFiles(['/opt/voicesync', ...given], folder, null)).toEqual([join(folder, 'broken.wav')]);
});

test('only a list of paths is taken from another start', () => {
  expect(filesHandedOver({ files: ['/a'] })).toEqual(['/a']);
  for (const data of [undefined, null, {}, { files: '/a' }, { files: [1] }])
    expect(filesHandedOver(data)).toEqual([]);
});
