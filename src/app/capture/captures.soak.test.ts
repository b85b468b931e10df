import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../contract/audio.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { WAV_HEADER_BYTES } from '../../core/media/sound/wav-header.ts';
import { isShortSoak, randomNumbers, soakSeed } from '../../core/testing/soak.ts';
import { FedDevices } from '../testing/fed-devices.ts';
import { sealedSound } from '../testing/sealed-sound.ts';
import { makeVault, openEphemeral, openWorkspace, type Workspace } from '../testing/test-workspace.ts';
import { ToldSound } from '../testing/told-sound.ts';
import { openSound, StreamDevices } from './stream-devices.ts';

/** Telephone sound: what is tested does not depend on the rate, and the disk has to hold it all. */
const RATE = 8000;

/** Of the working copy. */
const SECOND_BYTES = SAMPLE_RATE * BYTES_PER_SAMPLE;

/** One second of a recording as the player reads it. */
async function played({ app }: Workspace, recordingId: string, second: number): Promise<Int16Array> {
  const audio = await app.recordings.audio(recordingId);
  if (audio === null) throw new Error('There is nothing to play yet.');
  try {
    const start = WAV_HEADER_BYTES + second * SECOND_BYTES;
    const bytes = await audio.read(start, start + SECOND_BYTES);
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  } finally {
    await audio.close();
  }
}

/** How much of a recording can be played. */
async function playableSeconds({ app }: Workspace, recordingId: string): Promise<number> {
  const audio = await app.recordings.audio(recordingId);
  await audio?.close();
  return ((audio?.sizeBytes ?? WAV_HEADER_BYTES) - WAV_HEADER_BYTES) / SECOND_BYTES;
}

test('hours of recording take no more memory than minutes, lose no frame, and play at every point meanwhile', {
  timeout: 3 * 3_600_000,
}, async () => {
  const seconds = isShortSoak() ? 15 * 60 : 8 * 3600;
  const random = randomNumbers(soakSeed());
  const sound = new ToldSound(RATE);
  const memory: number[] = [];
  let workspace: Workspace | null = null;
  let recordingId = '';

  /** Waits until nearly all so far can be played, and plays some of it. */
  const playSome = async (upTo: number) => {
    const open = workspace as Workspace;
    const playable = () => playableSeconds(open, recordingId);
    await expect.poll(playable, { timeout: 300_000, interval: 200 }).toBeGreaterThan(upTo - 130);
    for (const second of [0, upTo - 140, ...Array.from({ length: 5 }, () => random(upTo - 140))]) {
      expect(sound.isSecond(second, await played(open, recordingId, second), SAMPLE_RATE)).toBe(true);
    }
  };
  async function* hours() {
    for (let second = 0; second < seconds; second += 1) {
      yield new Uint8Array(sound.second(second).buffer);
      if (second % (seconds / 10) !== seconds / 10 - 1 || second < 200) continue;
      await playSome(second);
      memory.push(process.memoryUsage().rss / 1024 ** 2);
    }
  }
  const raw = { encoding: 's16le', sampleRate: RATE, channels: 1 } as const;
  const devices = new StreamDevices(await openSound(hours(), 'hours', raw), async (id) =>
    workspace?.app.captures.caughtUp(id),
  );
  workspace = await openEphemeral(temporaryFolder(), { captureDevices: devices });
  const { app, database } = workspace;
  const { id, ...begun } = await app.captures.start(PLAIN_CAPTURE);
  recordingId = begun.recordingId;
  await devices.ended;
  const { state, metrics, durationMs, failure } = await app.captures.stop(id);
  await app.recordings.imports.settled(recordingId, 'channels');

  expect({ state, failure, durationMs }).toEqual({
    state: 'done',
    failure: null,
    durationMs: seconds * 1000,
  });
  expect(metrics).toMatchObject({
    framesIn: seconds * 50,
    framesRecorded: seconds * 50,
    framesLost: 0,
    gapMs: 0,
  });
  expect(await sealedSound(workspace, recordingId)).toEqual({ frames: seconds * RATE, crc32: sound.crc32 });
  expect(await database.recordings.get(recordingId)).toMatchObject({
    state: 'ready',
    durationMs: seconds * 1000,
  });
  for (const second of [seconds - 1, ...Array.from({ length: 50 }, () => random(seconds))]) {
    expect(sound.isSecond(second, await played(workspace, recordingId, second), SAMPLE_RATE)).toBe(true);
  }
  console.info(`Megabytes of memory, from the first tenth to the last: ${memory.map(Math.round).join(', ')}`);
  const [, warm = 0, ...later] = memory;
  expect(Math.max(...later) - warm).toBeLessThan(100);
  await workspace.close();
});

test('ten sessions one after the other, two at a time, hold nothing of one another and leave nothing open', {
  timeout: 600_000,
}, async () => {
  const folder = join(temporaryFolder(), 'vault');
  await mkdir(folder, { recursive: true });
  await makeVault(folder);
  const devices = new FedDevices();
  devices.microphones = ['a', 'b'].map((deviceId) => ({ deviceId, label: deviceId, sampleRate: RATE }));
  const told: string[] = [];
  const workspace = await openWorkspace(folder, { captureDevices: devices });
  const { app, database } = workspace;
  app.captures.listen((event) => {
    if (event.type === 'captureChanged') told.push(event.capture.id);
  });
  const random = randomNumbers(soakSeed());
  const length = isShortSoak() ? 8 : 40;
  const handles = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  let before = 0;
  for (let round = 0; round < 5; round += 1) {
    const sounds = [new ToldSound(RATE, 2 * round), new ToldSound(RATE, 2 * round + 1)];
    const ends = sounds.map(() => length + random(length));
    const starting = sounds.map((_, at) =>
      app.captures.start({ ...PLAIN_CAPTURE, name: `session ${2 * round + at}`, deviceId: 'ab'[at] ?? null }),
    );
    // The session begins with the first frame of its microphone.
    await expect.poll(() => devices.openInputs.length).toBe(2);
    const ids = devices.openInputs.map(({ captureId, deviceId }) => ({
      captureId,
      at: 'ab'.indexOf(deviceId),
    }));
    for (let second = 0; second < Math.max(...ends); second += 1) {
      for (const { captureId, at } of ids) {
        if (second >= (ends[at] ?? 0)) continue;
        const samples = (sounds[at] as ToldSound).second(second);
        devices.deliver('microphone', samples, { captureId, advance: false });
        if (second === 0) await starting[at];
        if (second === (ends[at] ?? 0) - 1) await app.captures.stop(captureId);
      }
      devices.atMs += 1000;
      await Promise.all(ids.map(({ captureId }) => app.captures.caughtUp(captureId)));
    }
    for (const [at, begun] of (await Promise.all(starting)).entries()) {
      const { state, durationMs, warnings, metrics } =
        app.captures.list().find(({ id }) => id === begun.id) ?? begun;
      const seconds = ends[at] ?? 0;
      expect({ state, durationMs, warnings }).toEqual({
        state: 'done',
        durationMs: seconds * 1000,
        warnings: [],
      });
      expect(metrics).toMatchObject({ framesIn: seconds * 50, framesRecorded: seconds * 50, framesLost: 0 });
      expect(await sealedSound(workspace, begun.recordingId)).toEqual({
        frames: seconds * RATE,
        crc32: sounds[at]?.crc32,
      });
      await app.recordings.imports.settled(begun.recordingId, 'channels');
      expect(await database.recordings.get(begun.recordingId)).toMatchObject({ state: 'ready' });
    }
    expect(devices.openInputs).toEqual([]);
    expect([devices.holders, devices.listeners]).toEqual([0, 0]);
    if (round === 0) before = handles();
    else expect(handles()).toBeLessThanOrEqual(before);
  }
  expect(app.captures.isCapturing).toBe(false);
  expect(app.captures.list()).toHaveLength(10);
  expect(new Set(told).size).toBe(10);
  await workspace.close();
});
