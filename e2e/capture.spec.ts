import { readFileSync } from 'node:fs';
import { DELIVERED_RECORDING_CHOICE } from '../src/contract/recording-choice.ts';
import { expectAccessible } from './accessible.ts';
import { expect, SECONDS, SPOKEN, test } from './capture-fixture.ts';
import { likeness, loudestStart } from './likeness.ts';
import { recordingSha256 } from './listed-recordings.ts';
import { capturePages, fakeMicrophone, framesSoFar, handedOver, watchFrames } from './microphone.ts';
import { shareOfWords } from './pages/spoken-words.ts';
import { soundOf } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { PASSPHRASE } from './vault-fixture.ts';

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

test('a microphone that the system refuses is told, and none stays open', async ({ app, record }) => {
  await watchFrames(app);
  await app.electron.evaluate(({ session }) => {
    session
      .fromPartition('voicesync')
      .setPermissionRequestHandler((_contents, _what, answer) => answer(false));
  });
  await record.start.click();
  const told = record.alert('does not let VoiceSync use the microphone');
  await expect(told).toBeVisible({ timeout: 30_000 });
  await expect(record.bar.and(app.page.locator(':not([data-capture=broken])'))).toHaveCount(0);
  await expect.poll(() => capturePages(app)).toBe(0);
  const { told: messages, frames, closed } = await handedOver(app);
  expect(messages).toContain('lost denied');
  expect({ frames, closed }).toMatchObject({ frames: 0, closed: { frames: 0 } });
});

test('no page but the capture page gets a microphone, not even while it records', async ({ app, record }) => {
  await watchFrames(app);
  await record.begin();
  const outcome = await app.page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      ({ name }: Error) => name,
    ),
  );
  expect(outcome).toBe('NotAllowedError');
  await record.stop();
  await expect.poll(() => capturePages(app)).toBe(0);
});

test('recording goes on when its page crashes, with the gap as time', async ({ app, record }) => {
  await watchFrames(app);
  const { recordingId } = await record.begin();
  await expect.poll(() => framesSoFar(app), { timeout: 30_000 }).toBeGreaterThan(100);
  await app.electron.evaluate(({ webContents }) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().includes('/capture/'));
    page?.forcefullyCrashRenderer();
  });
  const before = await framesSoFar(app);
  await expect.poll(() => framesSoFar(app), { timeout: 30_000 }).toBeGreaterThan(before + 100);
  await record.stop();
  const { state, durationMs, metrics } = await record.session();
  expect(state).toBe('done');
  expect(metrics.gapMs).toBeGreaterThan(0);
  // Every frame and the gap are in it, and nothing twice.
  const { frames } = await handedOver(app);
  expect(Math.abs(durationMs - frames * 20 - metrics.gapMs)).toBeLessThanOrEqual(60);
  await expect
    .poll(async () => (await record.playedSound(recordingId)).length / 16)
    .toBeGreaterThan(durationMs - 1000);
  await expect.poll(() => capturePages(app)).toBe(0);
});

test('recording goes on behind the curtain, and the key of the system ends it there', async ({
  app,
  gate,
  record,
}) => {
  await watchFrames(app);
  await record.begin();
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await app.followWindow();
  await gate.expectLocked();
  const before = await framesSoFar(app);
  await expect.poll(() => framesSoFar(app), { timeout: 30_000 }).toBeGreaterThan(before + 100);
  expect(await trayIcons(app)).toEqual(['VoiceSync is recording']);
  await pressRecordKey(app);
  await expect.poll(() => capturePages(app), { timeout: 30_000 }).toBe(0);
  expect(await trayIcons(app)).toEqual([]);
  await gate.unlock(PASSPHRASE);
  const { closed, frames, isContiguous } = await handedOver(app);
  expect({ isContiguous, closed }).toMatchObject({ isContiguous: true, closed: { frames } });
  expect(await record.session()).toMatchObject({
    state: 'done',
    metrics: { framesLost: 0, framesIn: frames },
  });
});

test('a key of the system starts and stops a recording, once however long it is held down', async ({
  app,
  record,
}) => {
  for (let repeat = 0; repeat < 4; repeat += 1) await pressRecordKey(app);
  expect((await record.expectRecording()).warnings).not.toContain('shortcutUnavailable');
  // Sooner it would be one more repeat of the key that is held down.
  await app.page.waitForTimeout(1000);
  await pressRecordKey(app);
  await expect(record.bar).toHaveCount(0, { timeout: 60_000 });
  expect((await record.session()).state).toBe('done');
});

test('a key of the system that another program has is told while it records', async ({ app, record }) => {
  await app.electron.evaluate(({ globalShortcut }) => {
    globalShortcut.register = () => false;
  });
  await app.page.evaluate(
    async (shortcuts) => {
      await window.voicesync['app.change']({ shortcuts });
    },
    { recordAnywhere: ['Mod+Shift+F8'] },
  );
  await record.begin();
  expect((await record.session()).warnings).toContain('shortcutUnavailable');
  await expect(record.bar.getByText('are taken by one of them')).toBeVisible();
  await record.stop();
});

test('without a way to the computer’s sound the microphone is recorded alone, and that is told', async ({
  app,
  record,
}) => {
  await withSystemAudio(app);
  await record.begin();
  const { system, warnings } = await record.session();
  expect(system).toBeNull();
  expect(warnings).toContain('systemAudioAbsent');
  await record.stop();
});

test.describe('where the system offers its own sound', () => {
  test.use({
    start: async ({ speech }, use) =>
      use({ args: fakeMicrophone(speech), env: { VOICESYNC_STAND_IN_LOOPBACK: '1' } }),
  });
  test.skip(({ app }) => app.runtime !== 'stand-in', 'What the system offers cannot be chosen there.');

  test('it is the second channel', async ({ app, record }) => {
    await withSystemAudio(app);
    const { recordingId } = await record.begin();
    expect((await record.session()).system).not.toBeNull();
    await expect
      .poll(async () => (await record.session()).durationMs, { timeout: 60_000 })
      .toBeGreaterThan(7000);
    await record.stop();
    const played = await record.playedSound(recordingId);
    const [mine, theirs] = [0, 1].map((channel) => played.filter((_, index) => index % 2 === channel));
    if (mine === undefined || theirs === undefined) throw new Error('There is no sound.');
    // Both hear the same file, each from when it was opened. The second lies between the samples of the first, and is
    // stretched a little to keep step, more where the machine is busy; another part of the speech is less than half like it.
    // Between two sentences there would be nothing to be alike.
    const start = loudestStart(mine, { length: 4000, from: 16_000, to: mine.length - 16_000 });
    const found = likeness(mine, theirs, { start, length: 4000, around: 0, reach: 16_000 });
    expect(found?.correlation).toBeGreaterThan(0.6);
  });
});

/** Presses the key that records from any program, as the system would tell it. */
async function pressRecordKey(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ globalShortcut }) => {
    (globalShortcut as unknown as { press(accelerator: string): void }).press('CommandOrControl+Shift+F9');
  });
}

/** The texts of the app's icons in the tray. */
async function trayIcons(app: RunningApp): Promise<string[]> {
  return await app.electron.evaluate(({ Tray }) =>
    [...(Tray as unknown as { shown: Set<{ toolTip: string }> }).shown].map(({ toolTip }) => toolTip),
  );
}

/** Sets the choice with which a recording starts: the computer's sound too. */
async function withSystemAudio(app: RunningApp): Promise<void> {
  await app.page.evaluate(
    async (recording) => {
      await window.voicesync['app.change']({ recording });
    },
    { ...DELIVERED_RECORDING_CHOICE, systemAudio: true },
  );
}

test('axe finds nothing wrong while something is recorded, and before', async ({
  app,
  library,
  record,
  transcript,
}) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Recording options…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(app, 'the start dialog');
  await page.keyboard.press('Escape');
  const { recordingId } = await record.begin();
  await expect(transcript.text().getByText('Thank').first()).toBeVisible({ timeout: 90_000 });
  await record.button('Set a marker').click();
  await expect.poll(() => record.markers(recordingId).then((all) => all.length)).toBe(1);
  const toast = page.getByText(/^Marker set at /);
  await expect(toast).toBeVisible();
  const [above, below] = [await toast.boundingBox(), await record.button('Stop').boundingBox()];
  // What tells of a marker must not cover the button that stops.
  expect((above?.y ?? 0) + (above?.height ?? 0)).toBeLessThan(below?.y ?? 0);
  await expectAccessible(app, 'a recording with live text');
  await record.button('Pause').click();
  await expect(record.bar).toHaveAttribute('data-capture', 'paused', { timeout: 60_000 });
  await expectAccessible(app, 'a recording that is paused');
  await page.getByRole('button', { name: '1 marker' }).click();
  await expect(page.getByRole('dialog', { name: 'Markers' })).toBeVisible();
  await expectAccessible(app, 'the markers of a recording');
  await page.keyboard.press('Escape');
  await library.goTo('All recordings');
  await expectAccessible(app, 'the row of what is recorded');
  await record.stop();
  await expectAccessible(app, 'the library after a recording');
});
