import { existsSync } from 'node:fs';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { addMatter, disposable, leftIn, PASSPHRASE, shown } from '../testing/matter-to-hand-over.ts';
import { addTalk } from '../testing/talk-of-two.ts';
import { makeVault, openEphemeral, openWorkspace, type Workspace } from '../testing/test-workspace.ts';
import { isSound } from '../vault/verify-vault.ts';
import { HandOvers } from './hand-overs.ts';

test('a matter is the same in another vault, with its text, its undoing, its sound and its speakers', async () => {
  const folder = temporaryFolder();
  await makeVault(join(folder, 'sender'));
  await makeVault(join(folder, 'receiver'));
  await using sender = await disposable(openWorkspace(join(folder, 'sender')));
  await using receiver = await disposable(openWorkspace(join(folder, 'receiver')));
  const { matterId, recordingId } = await addMatter(sender);
  const file = join(folder, 'case.voicesync');
  const [left, inUse] = ['.voicesync-0123456789abcdef.part', '.voicesync-fedcba9876543210.part'];
  for (const name of [left, inUse]) await writeFile(join(folder, name), 'half');
  await utimes(join(folder, left), 1, 1);
  const sent = await new HandOvers(sender, {}, HASHING_FLOOR).handOver({
    ...{ matterId, file, passphrase: PASSPHRASE, withVoices: false },
  });
  expect(sent).toEqual({ matterId, name: 'Pérez v. Soto', recordings: 1 });
  const beside = (await readdir(folder)).filter((name) => name.endsWith('.part'));
  expect(beside, 'what a kill left is swept, not what may still be written').toEqual([inUse]);
  for (const secret of ['Pérez', 'word7', 'objection', 'hearing.wav']) {
    expect((await readFile(file)).includes(secret)).toBe(false);
  }
  expect(await receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE })).toEqual(sent);
  const before = await shown(sender, matterId);
  expect(await shown(receiver, matterId)).toEqual({ ...before, voices: [] });
  expect(before.voices).toEqual(['Ana']);
  expect((await receiver.database.search.find({ text: 'word7', limit: 5 })).length).toBe(1);
  // The log of edits came along.
  await receiver.app.transcripts.editor.undo(recordingId);
  const { lanes } = await receiver.app.speakers.overview(recordingId);
  expect(lanes.map(({ speaker }) => speaker)).toEqual(['Speaker 1', 'Speaker 2']);
  expect(await receiver.database.recordings.get(recordingId)).toMatchObject({ sourcePath: 'hearing.wav' });
  const logged = async ({ database }: Workspace, action: 'matter.handedOver' | 'matter.received') =>
    (await database.audit.about([action])).map(({ subjectId }) => subjectId);
  expect(await logged(sender, 'matter.handedOver')).toEqual([matterId]);
  expect(await logged(receiver, 'matter.received')).toEqual([matterId]);
  expect(isSound(await receiver.app.vault.verify())).toBe(true);
  const again = receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE });
  await expect(again).rejects.toMatchObject({
    ...{ code: 'handOver.alreadyReceived', details: { matter: 'Pérez v. Soto' } },
  });
});

test('where its ids are taken, all get new ones, and the matter a number', async () => {
  const folder = temporaryFolder();
  await makeVault(join(folder, 'vault'));
  await using vault = await disposable(openWorkspace(join(folder, 'vault')));
  const { matterId, recordingId } = await addMatter(vault);
  const file = join(folder, 'case.voicesync');
  const order = { matterId, file, passphrase: PASSPHRASE, withVoices: true };
  await new HandOvers(vault, {}, HASHING_FLOOR).handOver(order);
  const copy = await vault.app.handOvers.receive({ file, passphrase: PASSPHRASE });
  expect(copy.name).toBe('Pérez v. Soto (2)');
  const { recordingId: copyId, ...of } = await shown(vault, copy.matterId);
  const { recordingId: _, ...before } = await shown(vault, matterId);
  expect(copyId).not.toBe(recordingId);
  expect(of).toEqual(before);
  expect(isSound(await vault.app.vault.verify())).toBe(true);
});

test('a file that is cut, changed or of another passphrase leaves nothing behind', async () => {
  const folder = temporaryFolder();
  await using sender = await disposable(openEphemeral(folder));
  await using receiver = await disposable(openEphemeral(folder));
  const { matterId } = await addMatter(sender);
  const file = join(folder, 'case.voicesync');
  await new HandOvers(sender, {}, HASHING_FLOOR).handOver({
    ...{ matterId, file, passphrase: PASSPHRASE, withVoices: false },
  });
  const whole = await readFile(file);
  const before = await leftIn(receiver);
  const changedAt = (at: number) => {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    return bytes;
  };
  const chunk = 65_536 + 16;
  const cases: [Uint8Array, string][] = [
    [whole.subarray(0, 40), 'handOver.notOne'],
    [whole.subarray(0, whole.length - 1), 'handOver.damaged'],
    // At the end of a chunk, so that what is left is a whole number of them.
    [whole.subarray(0, 64 + 96 + 10 * chunk), 'handOver.damaged'],
    [changedAt(0), 'handOver.notOne'],
    [changedAt(11), 'handOver.newer'],
    [changedAt(30), 'handOver.notOpened'],
    [changedAt(64 + 96 + 12 * chunk + 5), 'handOver.damaged'],
  ];
  for (const [bytes, code] of cases) {
    await writeFile(file, bytes);
    const receiving = receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE });
    await expect(receiving, code).rejects.toMatchObject({ code });
  }
  await writeFile(file, whole);
  const mistyped = receiver.app.handOvers.receive({ file, passphrase: 'four blue herons by the sea' });
  await expect(mistyped).rejects.toMatchObject({ code: 'handOver.notOpened' });
  // Stopped when all of it was checked and some of it written.
  const stop = new AbortController();
  const watch = { onProgress: () => stop.abort(), signal: stop.signal };
  await expect(receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE }, watch)).rejects.toThrow();
  expect(await leftIn(receiver)).toEqual(before);
  await receiver.app.handOvers.receive({ file, passphrase: PASSPHRASE });
});

test('nothing is written over another file, nor of a matter that is not finished', async () => {
  const folder = temporaryFolder();
  await using sender = await disposable(openEphemeral(folder));
  const { matterId } = await addMatter(sender);
  const file = join(folder, 'case.voicesync');
  await writeFile(file, 'mine');
  const order = { matterId, file, passphrase: PASSPHRASE, withVoices: false };
  await expect(sender.app.handOvers.handOver(order)).rejects.toMatchObject({ code: 'handOver.exists' });
  expect(await readFile(file, 'utf8')).toBe('mine');
  await addTalk(sender.database, matterId);
  const other = join(folder, 'other.voicesync');
  await expect(sender.app.handOvers.handOver({ ...order, file: other })).rejects.toMatchObject({
    code: 'handOver.unfinished',
  });
  expect(existsSync(other)).toBe(false);
});

test('a matter whose hand-over cannot be logged is not handed over', async () => {
  const folder = temporaryFolder();
  await using sender = await disposable(openEphemeral(folder));
  const { matterId } = await addMatter(sender);
  const file = join(folder, 'case.voicesync');
  vi.spyOn(sender.log, 'write').mockRejectedValueOnce(new AppError('disk.failed', {}));
  const order = { matterId, file, passphrase: PASSPHRASE, withVoices: false };
  await expect(new HandOvers(sender, {}, HASHING_FLOOR).handOver(order)).rejects.toMatchObject({
    code: 'disk.failed',
  });
  expect(await readdir(folder)).not.toContain('case.voicesync');
});
