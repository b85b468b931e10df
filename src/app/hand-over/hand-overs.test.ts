import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../contract/errors.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { partOf } from '../../core/database/testing/test-database.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { addTalk, testVoice } from '../testing/talk-of-two.ts';
import { testFolder } from '../testing/test-folder.ts';
import { makeVault, openEphemeral, openWorkspace, type Workspace } from '../testing/test-workspace.ts';
import { isSound } from '../vault/verify-vault.ts';
import { HandOvers } from './hand-overs.ts';

const PASSPHRASE = 'four blue herons by the lake';

/** More than one sealed chunk, and a last one that is not full. */
const SOUND = randomBytes(3_000_000);

/** A matter with a known voice and a recording, edited: an original, a part, two speakers, a marker. */
async function addMatter({ app, vault, database }: Workspace) {
  const matterId = newId();
  const matter = { name: 'Pérez v. Soto', caseNumber: '12/26', vocabulary: ['Soto'], speakers: ['Ana'] };
  await database.matters.add({ id: matterId, ...matter, defaultOptions: {}, createdAtMs: 1 });
  const recordingId = await addTalk(database, matterId);
  const seal = async (kind: 'original' | 'part', bytes: Uint8Array) => {
    const writer = await vault.objects.createWriter({ recordingId, kind, version: 1 });
    await writer.write(bytes);
    return await writer.commit();
  };
  await database.recordings.finishImport({
    ...{ recordingId, state: 'ready', sourceSha256: null, layout: 'single', channels: 1, durationMs: 40_000 },
    ...{ original: await seal('original', SOUND), atMs: 2 },
  });
  const object = await seal('part', SOUND.subarray(0, 70_000));
  await database.parts.commit({ part: partOf(recordingId, 0, 0), object, createdAtMs: 2 });
  const version = await database.versions.latest(recordingId);
  await database.versions.finish({ versionId: version?.id ?? '', completedAtMs: 3 });
  await database.jobs.setState({ jobId: version?.jobId ?? '', state: 'cancelled' });
  const marker = { id: newId(), atMs: 1_500, label: 'objection' };
  await database.markers.save({ recordingId, marker });
  await database.knownVoices.add({
    ...{ id: newId(), matterId, name: 'Ana', embedding: testVoice(0), speechMs: 20_000, recordingId },
    ...{ rememberedAtMs: 1, expiresAtMs: null },
  });
  await app.transcripts.editor.renameSpeaker(recordingId, 'Speaker 1', 'Ana');
  return { matterId, recordingId };
}

/** What the user sees of a matter's only recording. */
async function shown({ app, vault, database }: Workspace, matterId: string) {
  const [recording] = await database.recordings.list({ matterId });
  if (recording === undefined) throw new Error('no recording');
  const recordingId = recording.id;
  const version = await database.versions.latest(recordingId);
  const text: unknown[] = [];
  for await (const { segment } of eachSegment(database, version?.id ?? '')) text.push(segment);
  const original = await database.objects.get(recording.originalObjectId ?? '');
  if (original === null) throw new Error('no original');
  const reader = await vault.objects.openReader(original);
  const sound = await reader.read(0, reader.sizeBytes);
  await reader.close();
  const part = await database.parts.analysis({ recordingId, channel: 0, partIndex: 0 });
  const markers = (await database.markers.list(recordingId)).map(({ atMs, label }) => ({ atMs, label }));
  const { lanes } = await app.speakers.overview(recordingId);
  const voices = await database.knownVoices.list({ matterId, nowMs: 0 });
  return { recordingId, text, sound, part, markers, lanes, voices: voices.map(({ name }) => name) };
}

/** Everything of a vault's folder that a received file could leave. */
async function leftIn({ vault, database }: Workspace) {
  const files = (await readdir(vault.folder, { recursive: true })).filter((name) =>
    /[0-9a-f]{12}$/.test(name),
  );
  return { files: files.length, matters: (await database.matters.list()).length };
}

test('a matter is the same in another vault, with its text, its undoing, its sound and its speakers', async () => {
  const folder = await testFolder();
  await makeVault(join(folder, 'sender'));
  await makeVault(join(folder, 'receiver'));
  await using sender = await disposable(openWorkspace(join(folder, 'sender')));
  await using receiver = await disposable(openWorkspace(join(folder, 'receiver')));
  const { matterId, recordingId } = await addMatter(sender);
  const file = join(folder, 'case.voicesync');
  const sent = await new HandOvers(sender, {}, HASHING_FLOOR).handOver({
    ...{ matterId, file, passphrase: PASSPHRASE, withVoices: false },
  });
  expect(sent).toEqual({ matterId, name: 'Pérez v. Soto', recordings: 1 });
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
  const folder = await testFolder();
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
  const folder = await testFolder();
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
  const folder = await testFolder();
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
  const folder = await testFolder();
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

async function disposable(opening: Promise<Workspace>): Promise<Workspace & AsyncDisposable> {
  const workspace = await opening;
  return { ...workspace, [Symbol.asyncDispose]: () => workspace.close() };
}
