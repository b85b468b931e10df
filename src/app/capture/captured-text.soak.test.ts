import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { CaptureOptions } from '../../contract/capture.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { type EngineProcess, forkEngine } from '../../core/engine/engine-process.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { resourcesFolder } from '../../core/folders.ts';
import { DICTATION_MODEL } from '../../core/models/testing/dictation-model.ts';
import { isShortSoak, randomNumbers, soakSeed } from '../../core/testing/soak.ts';
import { FedDevices } from '../testing/fed-devices.ts';
import { samplesOf } from '../testing/samples-of.ts';
import { sealedSound } from '../testing/sealed-sound.ts';
import { RECORDINGS } from '../testing/short-recordings.ts';
import { openEphemeral, type Workspace } from '../testing/test-workspace.ts';

const RATE = 16_000;

const LIVE: CaptureOptions = {
  ...PLAIN_CAPTURE,
  choice: { ...PLAIN_CAPTURE.choice, model: DICTATION_MODEL.path },
  liveText: true,
};

/** An open vault with two microphones, and the engines that run for it. */
async function openStudio() {
  const devices = new FedDevices();
  devices.microphones = ['a', 'b'].map((deviceId) => ({ deviceId, label: deviceId, sampleRate: RATE }));
  const engines = new Set<EngineProcess>();
  const workspace = await openEphemeral(temporaryFolder(), {
    captureDevices: devices,
    launchEngine: () => {
      const engine = forkEngine();
      engines.add(engine);
      engine.onExit(() => engines.delete(engine));
      return engine;
    },
  });
  onTestFinished(() => workspace.close());
  return { workspace, devices, engines };
}

/** Starts a session with each of these sounds on a microphone of its own, and plays them in real time to their ends. */
async function playTogether(
  { workspace: { app }, devices }: Awaited<ReturnType<typeof openStudio>>,
  sounds: readonly Int16Array[],
): Promise<string[]> {
  const starting = sounds.map((_, at) => app.captures.start({ ...LIVE, deviceId: 'ab'[at] ?? null }));
  await expect.poll(() => devices.openInputs.length, { timeout: 30_000 }).toBe(sounds.length);
  const ids = sounds.map(
    (_, at) => devices.openInputs.find(({ deviceId }) => deviceId === 'ab'[at])?.captureId ?? '',
  );
  const step = RATE / 10;
  const beganAt = performance.now();
  for (let start = 0; start < Math.max(...sounds.map(({ length }) => length)); start += step) {
    for (const [at, sound] of sounds.entries()) {
      const samples = sound.subarray(start, start + step);
      const captureId = ids[at] ?? '';
      if (samples.length > 0) devices.deliver('microphone', samples, { captureId, advance: false });
    }
    devices.atMs += 100;
    await delay(Math.max(0, beganAt + ((start + step) / RATE) * 1000 - performance.now()));
  }
  const begun = await Promise.all(starting);
  await Promise.all(begun.map(({ id }) => app.captures.stop(id)));
  return begun.map(({ recordingId }) => recordingId);
}

/** The words of the live text from a time on. */
async function liveWords({ database }: Workspace, recordingId: string, fromMs = 0): Promise<string[]> {
  const capture = await database.captures.get(recordingId);
  const words: string[] = [];
  for await (const { segment } of eachSegment(database, capture?.liveVersionId ?? '')) {
    if (segment.startMs >= fromMs) words.push(...wordsOf(segment.text));
  }
  return words;
}

/** What is said in a recording of `e2e/fixtures`. */
function saidText(name: string): string {
  const file = join(resourcesFolder(), '..', 'e2e', 'fixtures', 'references.json');
  const { [name]: reference } = JSON.parse(readFileSync(file, 'utf8'));
  return reference.segments.map(({ text }: { text: string }) => text).join(' ');
}

/** The different words of it. */
function saidIn(name: string): Set<string> {
  return new Set(wordsOf(saidText(name)));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

function share(said: ReadonlySet<string>, heard: readonly string[]): number {
  return [...said].filter((word) => heard.includes(word)).length / said.size;
}

function crc32Of(samples: Int16Array): number {
  return crc32(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength));
}

test('an engine that is killed at any moment costs the recording nothing, and the text goes on', {
  timeout: 900_000,
}, async () => {
  const studio = await openStudio();
  const { workspace, engines } = studio;
  const random = randomNumbers(soakSeed());
  const beganAt = performance.now();
  const kills = isShortSoak() ? 3 : 30;
  const memo = await samplesOf(RECORDINGS.memo, RATE, 1);
  const times = Math.ceil((kills * 6 * RATE) / memo.length) + 2;
  const sound = new Int16Array(memo.length * times);
  for (let at = 0; at < times; at += 1) sound.set(memo, at * memo.length);
  const killing = (async () => {
    for (let killed = 0; killed < kills; killed += 1) {
      await delay(2500 + random(5000));
      // One that has been started already, however far it has come.
      await expect.poll(() => engines.size, { timeout: 60_000 }).toBeGreaterThan(0);
      for (const engine of engines) engine.kill();
    }
    return (performance.now() - beganAt) / 1000;
  })();
  const [recordingId = ''] = await playTogether(studio, [sound]);
  const lastKillS = await killing;
  expect(lastKillS).toBeLessThan(((times - 1) * memo.length) / RATE);
  const { durationMs, state } = workspace.app.captures.list().at(-1) ?? {};
  expect({ durationMs, state }).toEqual({
    durationMs: Math.round((sound.length / RATE) * 1000),
    state: 'done',
  });
  expect(await sealedSound(workspace, recordingId)).toEqual({ frames: sound.length, crc32: crc32Of(sound) });
  // The last time it is said nothing is killed any more.
  const lastMs = ((times - 1) * memo.length * 1000) / RATE;
  const heard = await liveWords(workspace, recordingId, lastMs - 500);
  expect(share(saidIn('memo-en.mp3'), heard), heard.join(' ')).toBeGreaterThan(0.6);
  const before = await liveWords(workspace, recordingId);
  console.info(
    `${kills} kills: ${before.length} words live of ${times * wordsOf(saidText('memo-en.mp3')).length}.`,
  );
  // Text that was confirmed between the kills is there too.
  expect(before.length - heard.length).toBeGreaterThan(heard.length);
});

test('two sessions at once have the sound and the words of their own microphones alone', {
  timeout: 300_000,
}, async () => {
  const studio = await openStudio();
  const { workspace } = studio;
  const sounds = [await samplesOf(RECORDINGS.memo, RATE, 1), await samplesOf(RECORDINGS.interview, RATE, 1)];
  const recordings = await playTogether(studio, sounds);
  const said = [saidIn('memo-en.mp3'), saidIn('interview-en.m4a')];
  for (const [at, recordingId] of recordings.entries()) {
    const sound = sounds[at] as Int16Array;
    expect(await sealedSound(workspace, recordingId)).toEqual({
      frames: sound.length,
      crc32: crc32Of(sound),
    });
    const heard = await liveWords(workspace, recordingId);
    const [own, other] = [said[at], said[1 - at]] as [Set<string>, Set<string>];
    expect(share(own, heard), heard.join(' ')).toBeGreaterThan(0.4);
    expect(heard.filter((word) => word.length > 4 && other.has(word) && !own.has(word))).toEqual([]);
  }
});
