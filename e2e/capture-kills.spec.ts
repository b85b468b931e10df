import { setTimeout as delay } from 'node:timers/promises';
import { randomNumbers } from '../src/core/testing/soak.ts';
import { expect, test } from './capture-fixture.ts';
import { originalOf } from './listed-recordings.ts';
import { capturePages, framesSoFar, handedOver, handedOverFrames, watchFrames } from './microphone.ts';
import type { RunningApp } from './running-app.ts';

/** How often pages are killed: a few times, or as often as `VOICESYNC_PAGE_KILLS` says. */
const KILLS = Number(process.env.VOICESYNC_PAGE_KILLS ?? 4);

/** Between two kills at most, in milliseconds: some find the page that the last one has killed still on its way back. */
const LONGEST_WAIT_MS = 4000;

type PageName = 'capture' | 'window';

test.describe.configure({ timeout: 120_000 + KILLS * 20_000 });

test('a recording goes on whichever page is killed at whatever moment, and has all that was handed over', async ({
  app,
  record,
}) => {
  await watchFrames(app);
  await answerToLibrary(app);
  const { id, recordingId } = await record.begin();
  const seed = Number(process.env.VOICESYNC_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const random = randomNumbers(seed);
  const done: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const waitMs = random(LONGEST_WAIT_MS);
    await delay(waitMs);
    // The first two are one of each.
    const page = (kill < 2 ? kill === 0 : random(2) === 0) ? 'capture' : 'window';
    await expect.poll(() => killed(app, page), { timeout: 60_000 }).toBe(true);
    done.push(`${waitMs} ms: ${page}`);
  }
  const story = done.join(', ');
  console.info(`VOICESYNC_SEED=${seed}: killed after ${story}`);

  const before = await framesSoFar(app);
  await expect.poll(() => framesSoFar(app), { timeout: 60_000 }).toBeGreaterThan(before + 200);
  const bar = `document.querySelector('[data-capture]')?.dataset.capture`;
  const state = () => app.inPage(bar).catch(() => null);
  await expect.poll(state, { timeout: 60_000 }).toMatch(/listening|speaking/);
  const stop = `[...document.querySelectorAll('[data-capture] button')].find((one) => one.innerText === 'Stop').click()`;
  await app.inPage(stop);
  await expect.poll(() => app.inPage(bar), { timeout: 60_000 }).toBeUndefined();
  await expect.poll(() => capturePages(app)).toBe(0);

  const sessions = (await app.inPage(`window.voicesync['captures.list']()`)) as {
    value: { id: string; state: string; durationMs: number; metrics: { framesIn: number; gapMs: number } }[];
  };
  expect(sessions.value).toHaveLength(1);
  const session = sessions.value[0];
  expect(session).toMatchObject({ id, state: 'done' });
  const { frames, sampleRate } = await handedOver(app);
  const handed = await handedOverFrames(app);
  await app.quit();
  const file = await originalOf(app, recordingId);
  const sound = new Int16Array(
    file.buffer.slice(file.byteOffset + file.indexOf('data') + 8, file.byteOffset + file.length),
  );
  expect(sound.length / sampleRate).toBeCloseTo((session?.durationMs ?? 0) / 1000, 2);
  expect(session?.metrics.framesIn).toBe(frames);
  expect(isMadeOf(sound, handed), story).toBe(true);
  const heard = handed.reduce((sum, { length }) => sum + length, 0);
  const silentMs = ((sound.length - heard) / sampleRate) * 1000;
  expect(Math.abs(silentMs - (session?.metrics.gapMs ?? 0)), story).toBeLessThan(10 * KILLS);
});

/** Kills a page; false if there is none at the moment. */
async function killed(app: RunningApp, page: PageName): Promise<boolean> {
  return await app.electron.evaluate(({ webContents }, isCapture) => {
    const contents = webContents
      .getAllWebContents()
      .find(
        (one) => one.getURL() !== '' && one.getURL().includes('/capture/') === isCapture && !one.isCrashed(),
      );
    if (contents === undefined) return false;
    contents.forcefullyCrashRenderer();
    return true;
  }, page === 'capture');
}

/** Whoever is asked about a window that fails again and again wants the library. */
async function answerToLibrary(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ dialog }) => {
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { buttons = [] } = args.at(-1) as { buttons?: string[] };
      return { response: Math.max(0, buttons.indexOf('Open the library')), checkboxChecked: false };
    };
  });
}

/** Whether a sound is these frames in their order, unchanged, with nothing but zeros before, between and behind them. */
function isMadeOf(sound: Int16Array, frames: readonly Int16Array[]): boolean {
  let at = 0;
  const isAt = (frame: Int16Array) => frame.every((sample, index) => sound[at + index] === sample);
  for (const frame of frames) {
    for (; !isAt(frame); at += 1) if (sound[at] !== 0) return false;
    at += frame.length;
  }
  return sound.subarray(at).every((sample) => sample === 0);
}
