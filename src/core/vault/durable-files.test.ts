import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { readAuthenticatedFile, replaceFile, writeAuthenticatedFile } from './durable-files.ts';

const key = randomBytes(32);
const content = Buffer.from('entry 42');

test('an authenticated file is read back with its key and purpose only', async () => {
  const file = join(temporaryFolder(), 'head');
  expect(await readAuthenticatedFile(file, key, 'head')).toBeNull();
  await writeAuthenticatedFile(file, key, 'head', content);
  expect(await readAuthenticatedFile(file, key, 'head')).toEqual(content);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const damaged = { code: 'vault.damaged' };
  await expect(readAuthenticatedFile(file, randomBytes(32), 'head')).rejects.toMatchObject(damaged);
  await expect(readAuthenticatedFile(file, key, 'other')).rejects.toMatchObject(damaged);
});

test('an authenticated file is refused with any byte changed, cut or added', async () => {
  const file = join(temporaryFolder(), 'head');
  await writeAuthenticatedFile(file, key, 'head', content);
  const whole = readFileSync(file);
  const altered = [Buffer.concat([whole, Buffer.alloc(1)])];
  for (let at = 0; at < whole.length; at++) {
    altered.push(whole.subarray(0, at), Buffer.from(whole.map((byte, i) => (i === at ? byte ^ 1 : byte))));
  }
  for (const bytes of altered) {
    writeFileSync(file, bytes);
    await expect(readAuthenticatedFile(file, key, 'head')).rejects.toMatchObject({ code: 'vault.damaged' });
  }
  writeFileSync(file, whole);
  expect(await readAuthenticatedFile(file, key, 'head')).toEqual(content);
});

test('a file is replaced as a whole, over what a crash left, and nothing stays beside it', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'vault.json');
  writeFileSync(`${file}.new`, 'half a sent');
  await replaceFile(file, Buffer.from('first'));
  await replaceFile(file, Buffer.from('second'));
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['second', ['vault.json']]);
});

test('a replacement that fails keeps the old content and cleans up', async () => {
  const folder = temporaryFolder();
  const target = join(folder, 'taken');
  mkdirSync(join(target, 'by a folder'), { recursive: true });
  await expect(replaceFile(target, content)).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});
