import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultPoint, installFault } from '../fault-points.ts';
import type { CaptureRecorder } from './capture-recorder.ts';
import { CaptureSource, type CaptureStore } from './capture-source.ts';
import { beginCapture, feed, numbered, usedBytes } from './testing/capture-feed.ts';
import { makeCaptureVault, openCaptureVault, removeCaptureVault } from './testing/capture-vault.ts';
import { recordUntilKilled } from './testing/killed-capture-run.ts';

const RATE = 8000;
const PART = 3 * RATE;

let folder: string;
let recoveryKey: string;

beforeEach(async () => {
  ({ folder, recoveryKey } = await makeCaptureVault());
});
afterEach(async () => {
  installFault(null);
  await removeCaptureVault(folder);
});

function opened() {
  return openCaptureVault(folder, recoveryKey);
}

/** All samples that are stored of a capture. */
async function stored(store: CaptureStore, recordingId: string): Promise<Int16Array> {
  const source = await CaptureSource.ofEnded(store, recordingId);
  const bytes = Buffer.alloc(source?.sizeBytes ?? 0);
  expect(await source?.read(bytes, 0)).toBe(bytes.length);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

/** Lets the disk refuse what reaches this point, until `isOver`; returns how often it refused. */
function refuse(point: FaultPoint, code: string, isOver: (refusals: number) => boolean): () => number {
  let refusals = 0;
  installFault((here) => {
    if (here !== point || isOver(refusals)) return;
    refusals += 1;
    throw Object.assign(new Error('refused'), { code });
  });
  return () => refusals;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int16Array): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
}

test('what was accepted is stored, sample by sample', async () => {
  await using store = await opened();
  const recorder = await beginCapture(store, { sampleRate: RATE, channels: 2 });
  const told: number[] = [];
  recorder.onDurable((sampleFrames) => told.push(sampleFrames));
  const samples = numbered(0, 2 * (2 * PART + 123));
  // Frames of any length.
  for (let start = 0; start < samples.length; start += 998)
    recorder.write(samples.subarray(start, start + 998));
  expect(recorder.queueDepth).toBe(samples.length / 2);
  const end = { sampleFrames: samples.length / 2, lostFrames: 0 };
  expect(await recorder.finish()).toEqual(end);
  expect(told).toEqual([PART, 2 * PART, end.sampleFrames]);
  expect(recorder.queueDepth).toBe(0);
  expect(bytesOf(await stored(store, recorder.recordingId)).equals(bytesOf(samples))).toBe(true);
  // It takes nothing any more.
  recorder.write(samples);
  expect(await recorder.finish()).toEqual(end);
});

test('a silence is stored as its length, and read as zeros', async () => {
  await using store = await opened();
  const recorder = await beginCapture(store, { sampleRate: RATE, channels: 2 });
  const [before, after] = [numbered(0, 2 * 500), numbered(7, 2 * (PART + 200))];
  const zeros = new Int16Array(2 * 2 * PART);
  for (const sound of [before, zeros, after]) recorder.write(sound);
  recorder.writeSilence(4 * 3600 * RATE);
  recorder.write(after);
  await recorder.finish();
  const whole = 500 + 2 * PART + 2 * (PART + 200) + 4 * 3600 * RATE;
  expect(recorder.framesRecorded).toBe(whole);
  const { recordingId } = recorder;
  const parts = await store.database.captures.parts(recordingId);
  const sealedBytes = parts.reduce((sum, { object }) => sum + object.sizeBytes, 0);
  expect(sealedBytes).toBeLessThan(3 * bytesOf(after).length);
  const source = await CaptureSource.ofEnded(store, recordingId);
  if (source === null) throw new Error('It was captured.');
  expect(source.sizeBytes).toBe(4 * whole);
  const read = async (frame: number, frames: number) => {
    const bytes = Buffer.alloc(4 * frames, 255);
    await source.read(bytes, 4 * frame);
    return new Int16Array(bytes.buffer, bytes.byteOffset, 2 * frames);
  };
  const spoken = 500 + 2 * PART + PART + 200;
  const first = Buffer.concat([before, zeros, after].map(bytesOf));
  expect(bytesOf(await read(0, spoken)).equals(first)).toBe(true);
  const border = whole - PART - 200;
  expect(bytesOf(await read(border, PART + 200)).equals(bytesOf(after))).toBe(true);
  for (const frame of [spoken, spoken + 12_345_678, border - RATE]) {
    expect((await read(frame, RATE)).every((sample) => sample === 0)).toBe(true);
  }
});

test('a part that does not fill is durable after some seconds', async () => {
  await using store = await opened();
  const recorder = await beginCapture(store, { sampleRate: RATE, limits: { unfilledMs: 300 } });
  const durable = Promise.withResolvers<number>();
  recorder.onDurable(durable.resolve);
  recorder.write(numbered(0, 160));
  expect(await durable.promise).toBe(160);
  recorder.write(numbered(160, 160));
  await recorder.finish();
  expect(await stored(store, recorder.recordingId)).toEqual(numbered(0, 320));
});

test.each(['object.sync', 'object.rename', 'capture.partSealed'] as const)(
  'a disk that is full for a while at %s costs nothing',
  async (point) => {
    await using store = await opened();
    const recorder = await beginCapture(store, { sampleRate: RATE, limits: { retryMs: 100 } });
    const refusals = refuse(point, 'ENOSPC', (times) => times === 2);
    const samples = numbered(0, 4 * PART + 10);
    recorder.write(samples);
    expect(await recorder.finish()).toMatchObject({ sampleFrames: samples.length, lostFrames: 0 });
    expect(refusals()).toBe(2);
    expect(await stored(store, recorder.recordingId)).toEqual(samples);
    // Nothing of the refused parts is left.
    const known = new Set(await store.database.objects.allIds());
    const files = await readdir(join(store.vault.folder, 'objects'), {
      recursive: true,
      withFileTypes: true,
    });
    const names = files.filter((file) => file.isFile()).map(({ name }) => name);
    expect(new Set(names)).toEqual(known);
    expect(await readdir(join(store.vault.folder, 'incoming'))).toEqual([]);
  },
);

test('a disk that stays full ends the recording, is told, and keeps what was durable', async () => {
  await using store = await opened();
  // At this rate what may wait is 16 s.
  const sampleRate = 1_000_000;
  const recorder = await beginCapture(store, { sampleRate, limits: { retryMs: 100 } });
  const second = numbered(0, sampleRate);
  for (let i = 0; i < 6; i += 1) recorder.write(second);
  await recorder.caughtUp();
  expect(recorder.framesRecorded).toBe(6 * sampleRate);
  const refusals = refuse('object.sync', 'ENOSPC', () => false);
  // The refusal is known before so much waits that it has to end.
  for (let i = 0; i < 3; i += 1) recorder.write(second);
  await expect.poll(refusals, { timeout: 30_000 }).toBeGreaterThan(1);
  for (let i = 0; i < 20; i += 1) recorder.write(second);
  await expect(recorder.failed).resolves.toMatchObject({ code: 'disk.full' });
  const { sampleFrames, lostFrames } = await recorder.finish();
  expect(sampleFrames).toBe(6 * sampleRate);
  expect(lostFrames).toBeGreaterThan(0);
  expect((await stored(store, recorder.recordingId)).length).toBe(6 * sampleRate);
});

test('a recording ends before it is too long to be read, and keeps what it has', async () => {
  await using store = await opened();
  const recorder = await beginCapture(store, { sampleRate: RATE, limits: { longestMs: 36_000 } });
  await feed(recorder, numbered(0, 40 * RATE));
  await expect(recorder.failed).resolves.toMatchObject({
    code: 'media.tooLong',
    details: { file: 'Dictation', limitHours: 0.01 },
  });
  expect(await recorder.finish()).toMatchObject({ sampleFrames: 35 * RATE, lostFrames: 0 });
  expect(await stored(store, recorder.recordingId)).toEqual(numbered(0, 35 * RATE));
});

test('a sleep that makes a recording too long ends it', async () => {
  await using store = await opened();
  const recorder = await beginCapture(store, { sampleRate: RATE, limits: { longestMs: 36_000 } });
  recorder.write(numbered(0, RATE));
  recorder.writeSilence(40 * RATE);
  await expect(recorder.failed).resolves.toMatchObject({ code: 'media.tooLong' });
  expect(await recorder.finish()).toEqual({ sampleFrames: 35 * RATE, lostFrames: 0 });
});

test('a vault that is sealed meanwhile is told, and the durable parts stay', async () => {
  let recorder: CaptureRecorder;
  {
    await using store = await opened();
    recorder = await beginCapture(store, { sampleRate: RATE });
    await feed(recorder, numbered(0, PART));
    await recorder.caughtUp();
  }
  recorder.write(numbered(PART, PART));
  await expect(recorder.failed).resolves.toMatchObject({ code: 'vault.sealed' });
  expect(await recorder.finish()).toMatchObject({ sampleFrames: PART, lostFrames: PART });
  await using store = await opened();
  expect(await stored(store, recorder.recordingId)).toEqual(numbered(0, PART));
});

const KILLS: { point: FaultPoint; count: number; durableParts: number }[] = [
  { point: 'capture.begun', count: 1, durableParts: 0 },
  { point: 'object.rename', count: 3, durableParts: 2 },
  { point: 'capture.partSealed', count: 4, durableParts: 3 },
];

test.each(KILLS)(
  'a process killed at $point leaves every part before it',
  async ({ point, count, durableParts }) => {
    await recordUntilKilled({ folder, recoveryKey, sampleRate: RATE, killAt: { point, count } });
    await using store = await opened();
    const { captures, objects } = store.database;
    await captures.recoverInterrupted();
    await store.vault.objects.sweepOrphans(new Set(await objects.allIds()));
    expect(await readdir(join(store.vault.folder, 'incoming'))).toEqual([]);
    const [unfinished] = await captures.list({ state: 'unfinished' });
    const recordingId = unfinished?.recordingId ?? '';
    expect(await captures.extent(recordingId)).toEqual({
      parts: durableParts,
      sampleFrames: durableParts * PART,
    });
    expect(await stored(store, recordingId)).toEqual(numbered(0, durableParts * PART));
  },
);

test('the minutes that a small disk holds are told, and the reserve is kept', async (context) => {
  const small = join(folder, '..', 'small');
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=116m', 'tmpfs', small], { stdio: 'ignore' });
  } catch {
    return context.skip('mounting a small disk is not permitted here');
  }
  try {
    execFileSync('cp', ['-r', folder, small]);
    await using store = await openCaptureVault(join(small, 'vault'), recoveryKey);
    const recorder = await beginCapture(store, { sampleRate: 48_000 });
    const before = (await recorder.minutesLeft()) ?? Number.POSITIVE_INFINITY;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(3);
    const second = numbered(0, 48_000);
    let isOver = false;
    void recorder.failed.then(() => {
      isOver = true;
    });
    for (let seconds = 0; !isOver && seconds < 600; seconds += 1) {
      recorder.write(second);
      await recorder.caughtUp();
    }
    await expect(recorder.failed).resolves.toMatchObject({ code: 'disk.full' });
    expect(await recorder.minutesLeft()).toBe(0);
    // Everything that was accepted is kept: there was room for it.
    const { sampleFrames, lostFrames } = await recorder.finish();
    expect(lostFrames).toBe(0);
    expect((await stored(store, recorder.recordingId)).length).toBe(sampleFrames);
  } finally {
    execFileSync('umount', [small]);
  }
});

test('ten minutes take no more memory than one', async () => {
  await using store = await opened();
  const recorder = await beginCapture(store);
  const minute = numbered(0, 60 * recorder.sampleRate);
  await feed(recorder, minute);
  const before = usedBytes();
  for (let minutes = 1; minutes < 10; minutes += 1) await feed(recorder, minute);
  // Nine minutes are 52 MB.
  expect(usedBytes() - before).toBeLessThan(20_000_000);
  expect(await recorder.finish()).toMatchObject({ sampleFrames: 10 * minute.length, lostFrames: 0 });
});
