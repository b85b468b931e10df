import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatePage } from '../pages/gate-page.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { cutRecording, mutedSound } from '../recordings.ts';
import { RunningApp } from '../running-app.ts';
import { PASSPHRASE } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

/** The machine may be busy. */
const PATIENT = { timeout: 300_000 };

/** Chromium's switches for a microphone that hears a WAV file over and over. */
function hearing(wavFile: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${wavFile}`,
  ];
}

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** Recording, from the first press to the final transcript; one that is interrupted; and one in which no sound arrives. */
export async function photographRecordings(camera: Camera): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vs-mic-'));
  const dictation = cutRecording('hearing-12min.opus', 300, folder);
  const app = await RunningApp.start({ args: hearing(dictation) });
  try {
    await new GatePage(app).makeVault(PASSPHRASE);
    await photographDictation(app, camera);
    await photographInterruption(app, camera);
    await app.relaunch({ args: hearing(mutedSound('memo-en.mp3', folder)) });
    await new GatePage(app).unlock(PASSPHRASE);
    await photographSilence(app, camera);
  } finally {
    await app.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function begin(app: RunningApp): Promise<void> {
  await app.page.getByRole('button', { name: 'Record', exact: true }).first().click();
  await expect(app.page.locator('[data-capture]')).toHaveAttribute(
    'data-capture',
    /listening|speaking/,
    PATIENT,
  );
}

async function photographDictation(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const bar = page.locator('[data-capture]');
  await page.getByRole('button', { name: 'Recording options…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await camera.take(app, 'record-dialog');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await begin(app);
  await camera.take(app, 'record-begun');
  await inUsualFrame(app);
  await bar.getByRole('button', { name: 'Set a marker' }).click();
  await expect(page.locator('.cm-line').first()).toContainText(/\w/, PATIENT);
  await expect(page.locator('.vs-live-interim')).toContainText(/\w/, PATIENT);
  await camera.take(app, 'record-live');
  await inUsualFrame(app);
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await camera.take(app, 'record-row');
  await inUsualFrame(app);
  await bar.getByRole('button', { name: 'Pause' }).click();
  await expect(bar).toHaveAttribute('data-capture', 'paused', PATIENT);
  await camera.take(app, 'record-paused');
  await inUsualFrame(app);
  await bar.getByRole('button', { name: /^Show / }).click();
  await bar.getByRole('button', { name: 'Stop' }).click();
  await expect(bar).toHaveCount(0, PATIENT);
  await camera.take(app, 'record-stopped');
  await inUsualFrame(app);
  await expect(page.getByRole('button', { name: 'Compare' })).toBeVisible(PATIENT);
  await camera.take(app, 'record-final');
  await inUsualFrame(app);
  await page.getByRole('button', { name: '1 marker' }).click();
  await expect(page.getByRole('dialog', { name: 'Markers' })).toBeVisible();
  await camera.take(app, 'markers');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await library.goTo('All recordings');
}

/** Locked while recording, and then ended as by a power cut. */
async function photographInterruption(app: RunningApp, camera: Camera): Promise<void> {
  const gate = new GatePage(app);
  await begin(app);
  await expect(app.page.getByRole('timer')).toHaveText(/0:0[89]|0:[1-9]/, PATIENT);
  await app.page.keyboard.press('ControlOrMeta+l');
  await app.followWindow();
  await gate.expectLocked();
  await camera.take(app, 'record-curtain');
  await app.kill();
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await new LibraryPage(app).goTo('All recordings');
  await expect(app.page.getByRole('list', { name: 'Interrupted recordings' })).toBeVisible(PATIENT);
  await camera.take(app, 'record-unfinished');
  await inUsualFrame(app);
}

async function photographSilence(app: RunningApp, camera: Camera): Promise<void> {
  await new LibraryPage(app).goTo('All recordings');
  await begin(app);
  await expect(app.page.locator('[data-warning=silence]')).toBeVisible(PATIENT);
  await camera.take(app, 'record-silence');
  await inUsualFrame(app);
  await app.page.locator('[data-capture]').getByRole('button', { name: 'Stop' }).click();
}
