import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { likeness } from './likeness.ts';
import { recordingSha256 } from './listed-recordings.ts';
import { fakeMicrophone, framesSoFar, handedOver, sampleFile, watchFrames } from './microphone.ts';
import { RecordPage } from './pages/record-page.ts';
import { shareOfWords } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { soundOf } from './recordings.ts';
import { expect, test as inVault } from './vault-fixture.ts';

/** Seconds of speech that the microphone hears, and what is said in them. */
const SECONDS = 12.5;
const SPOKEN = `Thank you for calling. This is Dave speaking. How can I help you? Hi Dave. I filled out an auto application
  last night, and at the last page it says to call and give more information.`;

/** Specs with a microphone that hears real people. */
const test = inVault.extend<{ speech: string; record: RecordPage; transcript: TranscriptPage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  speech: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'vs-mic-'));
    await use(soundOf(sampleFile('interview-en.m4a'), SECONDS, 48_000, join(folder, 'speech.wav')));
    await rm(folder, { recursive: true, force: true });
  },
  start: async ({ speech }, use) => use({ args: fakeMicrophone(speech) }),
  copiedVault: async ({ copiedVault }, use) => {
    // The bundled model is the one that knows real speech.
    await rm(join(copiedVault.home, 'models'), { recursive: true, force: true });
    await use(copiedVault);
  },
  record: async ({ app }, use) => use(new RecordPage(app)),
  transcript: async ({ app }, use) => use(new TranscriptPage(app)),
});

test.describe.configure({ timeout: 240_000 });

test('what is said is read live, and is in the vault, as it was said, when the recording ends', async ({
  app,
  library,
  record,
  transcript,
  speech,
}) => {
  await watchFrames(app);
  const { recordingId, name } = await record.begin();

  const marked =
    await test.step('its words are read while it goes on, and a marker set meanwhile', async () => {
      await expect.poll(() => framesSoFar(app), { timeout: 30_000 }).toBeGreaterThan(200);
      const framesBefore = await framesSoFar(app);
      await record.button('Set a marker').click();
      await expect.poll(() => record.markers(recordingId).then((all) => all.length)).toBe(1);
      const atMs = (await record.markers(recordingId))[0]?.atMs ?? 0;
      const shown = () => transcript.text().innerText();
      await expect
        .poll(async () => shareOfWords('Thank you for calling. This is Dave', await shown()), {
          timeout: 90_000,
        })
        .toBeGreaterThan(0.8);
      return { atMs, framesBefore, framesAfter: await framesSoFar(app) };
    });
  expect((await record.session()).state).toMatch(/listening|speaking/);
  expect(marked.atMs).toBeGreaterThanOrEqual(marked.framesBefore * 20 - 250);
  expect(marked.atMs).toBeLessThanOrEqual(marked.framesAfter * 20);

  await expect.poll(() => framesSoFar(app), { timeout: 60_000 }).toBeGreaterThan((SECONDS + 1) * 50);
  await record.stop();

  const handed = await handedOver(app);
  expect(handed.isContiguous).toBe(true);
  expect(handed.closed).toMatchObject({ frames: handed.frames, crc32: handed.crc32 });
  const { metrics, warnings } = await record.session();
  expect({ metrics, warnings }).toMatchObject({
    metrics: { framesLost: 0, framesIn: handed.frames },
    warnings: [],
  });

  await test.step('the playback is the source, from the first second to the last', async () => {
    const file = soundOf(speech, SECONDS, 16_000, `${speech}.16k.wav`);
    const source = new Int16Array(readFileSync(file).buffer.slice(44));
    await expect
      .poll(async () => (await record.playedSound(recordingId)).length / 16_000)
      .toBeGreaterThan(SECONDS);
    const played = await record.playedSound(recordingId);
    const first = likeness(source, played, { start: 0, length: 16_000, around: 0, reach: 1600 });
    expect(first?.correlation).toBeGreaterThan(0.95);
    for (let start = 0; start + 16_000 <= source.length; start += 16_000) {
      const found = likeness(source, played, { start, length: 16_000, around: first?.lag ?? 0, reach: 16 });
      if (found !== null) expect([start / 16_000, found.correlation > 0.95]).toEqual([start / 16_000, true]);
    }
  });

  await test.step('the final transcript has the words, and the marker is in it', async () => {
    await library.goTo('All recordings');
    await library.expectDone(name);
    await library.open(name);
    await expect
      .poll(async () => shareOfWords(SPOKEN, await transcript.text(name).innerText()), { timeout: 120_000 })
      .toBeGreaterThan(0.85);
    expect((await record.markers(recordingId)).map(({ atMs }) => atMs)).toEqual([marked.atMs]);
  });

  await test.step('the vault holds what the page cut, bit for bit', async () => {
    await app.quit();
    expect(await recordingSha256(app, recordingId)).toBe(handed.sha256);
  });
});
