import { createHash } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { beginCapture, feed } from '../../core/capture/testing/capture-feed.ts';
import { childrenOf } from '../../core/engine/testing/processes.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { samplesOf } from '../testing/samples-of.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { makeVault, openWorkspace, PLAIN_IMPORT, type Workspace } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';
import { restoreBackup } from '../vault/vault-keeping.ts';
import { recordingViews } from './recording-views.ts';
import type { Recording } from './recordings.ts';

/** The working copy as it is stored: of every channel, the gain and samples of each part. */
async function workingCopy({ vault, database }: Workspace, recordingId: string): Promise<string[]> {
  const { channels } = await database.recordings.get(recordingId);
  const stored: string[] = [];
  for (let channel = 0; channel < (channels ?? 0); channel += 1) {
    for (const part of await database.parts.list({ recordingId, channel })) {
      const reader = await vault.objects.openReader(part.object);
      const bytes = await reader.read(0, reader.sizeBytes);
      await reader.close();
      const { features, peaks } = await database.parts.analysis(part);
      const hash = createHash('sha256').update(bytes).update(features).update(peaks).digest('hex');
      stored.push(`${channel} ${part.startSample} ${part.sampleCount} ${part.gainDb} ${hash}`);
    }
  }
  return stored;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int16Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes samples into a WAV file. */
async function wavOf(samples: Int16Array, sampleRate: number, channels: number): Promise<string> {
  const folder = temporaryFolder();
  const raw = join(folder, 'same.raw');
  await writeFile(raw, bytesOf(samples));
  const how = ['-f', 's16le', '-ar', String(sampleRate), '-ac', String(channels), '-i', raw];
  return await make(join(folder, 'same.wav'), ...how);
}

const NEVER = new AbortController().signal;
const BY_CHANNEL = { matterId: null, track: null, speakers: 'channels' } as const;

async function opened(): Promise<Workspace> {
  const folder = join(temporaryFolder(), 'vault');
  await makeVault(folder);
  const workspace = await openWorkspace(folder);
  onTestFinished(() => workspace.close());
  return workspace;
}

/** Records all samples, imported meanwhile, to the end. */
async function captured(
  workspace: Workspace,
  samples: Int16Array,
  sound: { sampleRate: number; channels: number; name?: string },
): Promise<Recording> {
  const recorder = await beginCapture(workspace, sound);
  const imported = workspace.imports.follow(recorder.source);
  await feed(recorder, samples);
  const { sampleFrames } = await recorder.finish();
  expect(sampleFrames).toBe(samples.length / sound.channels);
  await imported.completion(NEVER);
  await end(workspace, recorder.recordingId);
  return await workspace.database.recordings.get(recorder.recordingId);
}

function end({ database }: Workspace, recordingId: string): Promise<void> {
  return database.captures.end({ recordingId, state: 'done', endedAtMs: Date.now(), metrics: null });
}

test.each([
  { source: RECORDINGS.interview, sampleRate: 44_100, channels: 1, layout: 'single' },
  { source: RECORDINGS.call, sampleRate: 48_000, channels: 2, layout: 'speakers' },
])('a capture of $channels at $sampleRate Hz becomes what its samples become as a file', async (one) => {
  const { source, sampleRate, channels, layout } = one;
  const workspace = await opened();
  const samples = await samplesOf(source, sampleRate, channels, 2);
  const recording = await captured(workspace, samples, { sampleRate, channels });
  const wav = await wavOf(samples, sampleRate, channels);
  const imported = await workspace.app.recordings.importFile(wav, BY_CHANNEL);
  expect(recording).toMatchObject({
    ...{ state: 'ready', layout, sourcePath: '', durationMs: imported.durationMs },
    ...{ sourceSizeBytes: samples.byteLength, sourceSha256: sha256(bytesOf(samples)) },
  });
  const copy = await workingCopy(workspace, recording.id);
  expect(copy.length).toBe(2 * channels);
  expect(copy).toEqual(await workingCopy(workspace, imported.id));
});

test('while it is recorded a recording is read by the minute, and is neither binned, joined nor erased', async () => {
  const workspace = await opened();
  const { app, imports, database } = workspace;
  const samples = await samplesOf(RECORDINGS.interview, 16_000, 1, 2);
  const recorder = await beginCapture(workspace, { sampleRate: 16_000 });
  const { recordingId } = recorder;
  const imported = imports.follow(recorder.source);
  await feed(recorder, samples);
  expect(await imported.hasPart(0, NEVER)).toBe(true);
  expect(imports.isReading).toBe(false);
  expect(await imported.layout(NEVER)).toEqual({ layout: 'single', channels: 1 });
  const busy = { code: 'recording.busy', details: { name: 'Dictation' } };
  await expect(app.recordings.bin([recordingId])).rejects.toMatchObject(busy);
  await expect(app.recordings.eraseConfirmed([recordingId], 1)).rejects.toMatchObject(busy);
  await expect(app.recordings.erase(recordingId)).rejects.toMatchObject(busy);
  await expect(
    app.recordings.join([recordingId, recordingId.replace(/^./, 'f')], 'all'),
  ).rejects.toMatchObject(busy);
  // Another source is read meanwhile.
  await app.recordings.importFile(RECORDINGS.memo, PLAIN_IMPORT);
  await recorder.finish();
  await imported.completion(NEVER);
  await end(workspace, recordingId);
  await app.recordings.erase(recordingId);
  expect(await database.objects.idsOfRecording(recordingId)).toEqual([]);
  await assertWhole(workspace);
});

test('a reading that is stopped or killed begins again from the sealed parts, and follows what goes on', async () => {
  const workspace = await opened();
  const { imports, database } = workspace;
  const samples = await samplesOf(RECORDINGS.interview, 16_000, 1, 2);
  const recorder = await beginCapture(workspace, { sampleRate: 16_000 });
  const { recordingId } = recorder;
  const first = imports.follow(recorder.source);
  const third = samples.length / 3;
  await feed(recorder, samples.subarray(0, third));
  await imports.stop(recordingId);
  await expect(first.completion(NEVER)).rejects.toMatchObject({ code: 'job.interrupted' });
  const second = await imports.feedOf(recordingId, 'auto');
  await feed(recorder, samples.subarray(third, 2 * third));
  // Without anybody who asks for it, it is read again at the end.
  const decoders = () => childrenOf(process.pid, /s16le/);
  await expect.poll(decoders).toHaveLength(1);
  for (const pid of decoders()) process.kill(pid, 'SIGKILL');
  await expect(second.completion(NEVER)).rejects.toMatchObject({ code: 'ffmpeg.crashed' });
  await feed(recorder, samples.subarray(2 * third));
  await recorder.finish();
  const state = async () => (await database.recordings.get(recordingId)).state;
  await expect.poll(state, { timeout: 45_000 }).toBe('ready');
  expect(await database.recordings.get(recordingId)).toMatchObject({
    state: 'ready',
    sourceSha256: sha256(bytesOf(samples)),
  });
  await assertWhole(workspace);
});

test('what a process recorded before it died is there at the next start, and is read to its end', async () => {
  const vault = join(temporaryFolder(), 'vault');
  await makeVault(vault);
  const samples = await samplesOf(RECORDINGS.interview, 16_000, 1, 2);
  const before = await openWorkspace(vault);
  const recorder = await beginCapture(before, { sampleRate: 16_000 });
  const { recordingId } = recorder;
  const lost = before.imports.follow(recorder.source);
  const isLost = expect(lost.completion(NEVER)).rejects.toThrow();
  // A second of the last part is not durable.
  await feed(recorder, samples.subarray(0, 64 * 16_000));
  await recorder.caughtUp();
  const empty = await beginCapture(before);
  await before.close();
  await isLost;
  const workspace = await openWorkspace(vault);
  onTestFinished(() => workspace.close());
  const { database, imports } = workspace;
  expect(await database.captures.list({ state: 'unfinished' })).toMatchObject([{ recordingId }]);
  expect(await database.captures.extent(recordingId)).toEqual({ parts: 21, sampleFrames: 63 * 16_000 });
  // Nothing of it was durable.
  await expect(database.recordings.get(empty.recordingId)).rejects.toMatchObject({
    code: 'recording.notFound',
  });
  const [feed1, feed2] = await Promise.all([
    imports.feedOf(recordingId, 'auto'),
    imports.feedOf(recordingId, 'auto'),
  ]);
  expect(feed1).toBe(feed2);
  await imports.settled(recordingId, 'auto');
  expect(await database.recordings.get(recordingId)).toMatchObject({
    ...{ state: 'ready', durationMs: 63_000 },
    sourceSha256: sha256(bytesOf(samples.subarray(0, 63 * 16_000))),
  });
  await assertWhole(workspace);
});

test('a backup that is made while recording holds what was durable', async () => {
  const folder = temporaryFolder();
  const vault = join(folder, 'vault');
  await makeVault(vault);
  const samples = await samplesOf(RECORDINGS.interview, 16_000, 1, 2);
  const before = await openWorkspace(vault);
  const recorder = await beginCapture(before, { sampleRate: 16_000 });
  await feed(recorder, samples.subarray(0, 10 * 16_000));
  await recorder.caughtUp();
  await before.app.vault.backUp(join(folder, 'backup'));
  await feed(recorder, samples.subarray(10 * 16_000, 20 * 16_000));
  expect(await recorder.finish()).toMatchObject({ sampleFrames: 20 * 16_000 });
  await before.close();
  await restoreBackup(join(folder, 'backup'), join(folder, 'restored'));
  await copyFile(`${vault}.key`, join(folder, 'restored.key'));
  const workspace = await openWorkspace(join(folder, 'restored'));
  onTestFinished(() => workspace.close());
  expect(await workspace.database.captures.extent(recorder.recordingId)).toEqual({
    ...{ parts: 3, sampleFrames: 9 * 16_000 },
  });
  await workspace.imports.settled(recorder.recordingId, 'auto');
  await assertWhole(workspace);
});

test('a joined recording holds the sound of a capture as a file', async () => {
  const workspace = await opened();
  const { app, database, vault } = workspace;
  const samples = (await samplesOf(RECORDINGS.call, 8000, 2)).subarray(0, 2 * 20 * 8000);
  const sound = { sampleRate: 8000, channels: 2 };
  const first = await captured(workspace, samples, { ...sound, name: 'Call' });
  const second = await app.recordings.importFile(RECORDINGS.memo, PLAIN_IMPORT);
  const { recordingId } = await app.recordings.join([first.id, second.id], 'Both');
  const [source] = await database.sources.ofRecording(recordingId);
  expect(source).toMatchObject({ name: 'Call', sourcePath: '', startMs: 0, durationMs: 20_000 });
  const object = await database.objects.get(source?.originalObjectId ?? '');
  if (object === null) throw new Error('the original is missing');
  const reader = await vault.objects.openReader(object);
  const bytes = await reader.read(0, reader.sizeBytes);
  await reader.close();
  expect({ sizeBytes: bytes.length, sha256: sha256(bytes) }).toEqual({
    ...{ sizeBytes: source?.sizeBytes, sha256: source?.sha256 },
  });
  const file = join(temporaryFolder(), 'original.wav');
  await writeFile(file, bytes);
  const again = await make(join(temporaryFolder(), 'again.raw'), '-i', file, '-f', 's16le');
  expect((await readFile(again)).equals(bytesOf(samples))).toBe(true);
  // Joined again, it is copied like any other.
  const third = await app.recordings.importFile(RECORDINGS.interview, PLAIN_IMPORT);
  const { recordingId: whole } = await app.recordings.join([recordingId, third.id], 'All');
  expect((await database.sources.ofRecording(whole))[0]).toMatchObject({ sha256: source?.sha256 });
  await assertWhole(workspace);
});

test('the original of a capture leaves the vault as a WAV file, that of an import as it was', async () => {
  const workspace = await opened();
  const { app, database } = workspace;
  const folder = temporaryFolder();
  const samples = (await samplesOf(RECORDINGS.memo, 16_000, 1)).subarray(0, 5 * 16_000);
  const { id } = await captured(workspace, samples, { sampleRate: 16_000, channels: 1, name: 'Dr. Roe 1/2' });
  const [wav = '', ...others] = await app.recordings.writeOriginals(id, { folder, overwrite: false });
  expect([basename(wav), others]).toEqual(['Dr. Roe 1-2.wav', []]);
  const again = await make(join(folder, 'again.raw'), '-i', wav, '-f', 's16le');
  expect((await readFile(again)).equals(bytesOf(samples))).toBe(true);
  const imported = await app.recordings.importFile(RECORDINGS.memo, PLAIN_IMPORT);
  const [copy = ''] = await app.recordings.writeOriginals(imported.id, { folder, overwrite: false });
  expect(basename(copy)).toBe(basename(RECORDINGS.memo));
  expect((await readFile(copy)).equals(await readFile(RECORDINGS.memo))).toBe(true);
  const told = await database.audit.about(['recording.exported']);
  expect(told.map(({ subjectId, detail }) => [subjectId, detail])).toMatchObject([
    [id, { fileHash: sha256(await readFile(wav)) }],
    [imported.id, { fileHash: imported.sourceSha256 }],
  ]);
  const recorder = await beginCapture(workspace);
  await expect(
    app.recordings.writeOriginals(recorder.recordingId, { folder, overwrite: false }),
  ).rejects.toMatchObject({ code: 'recording.busy' });
  await recorder.finish();
});

test('a recording without a file shows none', async () => {
  const workspace = await opened();
  const samples = (await samplesOf(RECORDINGS.memo, 16_000, 1)).subarray(0, 5 * 16_000);
  const { id } = await captured(workspace, samples, { sampleRate: 16_000, channels: 1 });
  const none = { progress: new Map(), hindrances: new Map(), importFailures: new Map() };
  const [view] = await recordingViews(workspace.database, none);
  expect(view).toMatchObject({
    id,
    sourcePath: '',
    sourceStillThere: false,
    assumed: null,
    isSafe: true,
    parts: [],
  });
  expect(await workspace.app.recordings.sourceOf(id)).toBe('');
});
