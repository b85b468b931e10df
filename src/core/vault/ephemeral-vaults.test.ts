import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, temporaryFolder } from '../files/testing/temporary-folder.ts';
import { killChild, startLockChild, startVaultChild } from './testing/child.ts';
import { sweepEphemeralVaults, Vault } from './vault.ts';

const SENTENCE = 'The witness said that the gate stood open at a quarter past nine.';

/** Files below a folder that hold the sentence in any usual encoding, or in their names. */
function filesWithSentence(folder: string): string[] {
  const needles = [Buffer.from(SENTENCE, 'utf8'), Buffer.from(SENTENCE, 'utf16le')];
  // Base64 of a repeated text depends on where in a group of three bytes it begins.
  for (let shift = 0; shift < 3; shift++) {
    const encoded = Buffer.from(SENTENCE.slice(shift)).toString('base64');
    needles.push(Buffer.from(encoded.slice(0, 40)));
  }
  return filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file);
    return file.includes(SENTENCE) || needles.some((needle) => bytes.includes(needle));
  });
}

function passingFolders(parent: string): string[] {
  return readdirSync(parent).filter((name) => name.startsWith('ephemeral-'));
}

test('an ephemeral vault works like any other and is gone when sealed', async () => {
  const parent = join(temporaryFolder(), 'ephemeral');
  const vault = await Vault.createEphemeral(parent);
  expect([vault.isEphemeral, statSync(vault.folder).mode & 0o777]).toEqual([true, 0o700]);
  expect(existsSync(join(vault.folder, 'vault.json'))).toBe(false);
  const writer = await vault.objects.createWriter({ recordingId: 'r', kind: 'original', version: 1 });
  await writer.write(Buffer.from(SENTENCE));
  const object = await writer.commit();
  await vault.objects.verify(object);
  writeFileSync(vault.databaseFile, 'as the database room would');
  await vault.seal();
  expect(passingFolders(parent)).toEqual([]);
});

test('a kill leaves nothing readable, and the sweep deletes it', async () => {
  const parent = temporaryFolder();
  const child = await startVaultChild('ephemeral', parent, SENTENCE);
  await killChild(child);
  // 325,000 bytes committed, and more being written, are searched.
  const sizes = filesBelow(parent).map((file) => statSync(file).size);
  expect(Math.max(...sizes)).toBeGreaterThan(325_000);
  expect(filesWithSentence(parent)).toEqual([]);

  for (const encoding of ['utf8', 'utf16le'] as const) {
    const control = join(parent, encoding);
    writeFileSync(control, Buffer.from(`x${SENTENCE}`, encoding));
    expect(filesWithSentence(parent)).toContain(control);
  }
  for (const lead of ['', 'x', 'xy']) {
    const control = join(parent, `base64${lead}`);
    writeFileSync(control, Buffer.from(lead + SENTENCE).toString('base64'));
    expect(filesWithSentence(parent)).toContain(control);
  }

  expect(await sweepEphemeralVaults(parent)).toBe(1);
  expect(passingFolders(parent)).toEqual([]);
  expect(await sweepEphemeralVaults(parent)).toBe(0);
});

test('the sweep leaves vaults in use alone, of other processes and its own', async () => {
  const parent = temporaryFolder();
  const own = await Vault.createEphemeral(parent);
  const living = await startVaultChild('ephemeral', parent, SENTENCE);
  const dead = await startVaultChild('ephemeral', parent, SENTENCE);
  await killChild(dead);
  expect(await sweepEphemeralVaults(parent)).toBe(1);
  expect(passingFolders(parent).map((name) => join(parent, name))).toEqual(
    [own.folder, living.answer?.folder].sort(),
  );
  // Its own lock was not lost by looking at it.
  expect((await startLockChild(own.folder)).answer).toMatchObject({ code: 'vault.inUse' });
  await own.seal();
});

test('vaults made while others sweep are never swept', async () => {
  const parent = temporaryFolder();
  const work = Array.from({ length: 40 }, async (_, i) => {
    if (i % 2 === 0) return await sweepEphemeralVaults(parent);
    const vault = await Vault.createEphemeral(parent);
    await sweepEphemeralVaults(parent);
    expect(existsSync(join(vault.folder, 'objects'))).toBe(true);
    await vault.seal();
    return 0;
  });
  expect(await Promise.all(work)).toEqual(work.map(() => 0));
});

test('sweeping where there has never been a vault makes nothing', async () => {
  const parent = join(temporaryFolder(), 'none');
  expect(await sweepEphemeralVaults(parent)).toBe(0);
  expect(existsSync(parent)).toBe(false);
});
