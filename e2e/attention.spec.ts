import { whileEngineWaits } from './engine-process.ts';
import { recordingWithoutSound } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, fixtureFile, test } from './vault-fixture.ts';

/** What the app did to the desktop. */
interface Noted {
  /** Whether the machine is kept awake. */
  awake: number;
  readonly progress: number[];
  readonly notifications: string[];
  readonly shown: string[];
}

test('work keeps the machine awake, shows on the taskbar, and its end is told without a name', async ({
  app,
  library,
}) => {
  test.setTimeout(120_000);
  await noteDesktop(app);
  const [name = ''] = await library.drop(fixtureFile('phone-8k.wav'));
  await whileEngineWaits(app, async () => {
    await library.row(name).getByRole('button', { name: 'Show in folder' }).click();
    await expect.poll(async () => (await noted(app)).shown).toEqual([fixtureFile('phone-8k.wav')]);
    await expect.poll(async () => (await noted(app)).awake).toBe(1);
    // A visible window needs no notification.
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  });
  await library.expectDone(name);
  await expect.poll(async () => (await noted(app)).notifications).toHaveLength(1);
  const { awake, progress, notifications } = await noted(app);
  expect(awake).toBe(0);
  expect(progress.some((share) => share > 0 && share <= 1)).toBe(true);
  expect(progress.at(-1)).toBe(-1);
  expect(notifications.join()).not.toContain('phone');
});

test('what fails is told without a name, too', async ({ app, library }, testInfo) => {
  test.setTimeout(120_000);
  const folder = testInfo.outputPath('.');
  await noteDesktop(app);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  await app.dropFiles([recordingWithoutSound('memo-en.mp3', folder, 'cut-off.m4a')]);
  await expect
    .poll(async () => (await noted(app)).notifications, { timeout: 60_000 })
    .toEqual(['VoiceSync A transcription could not be finished.']);
  expect((await noted(app)).awake).toBe(0);
  // The row offers its remedy.
  await expect(library.row('cut-off.m4a').getByRole('button', { name: 'Show the file' })).toBeVisible();
});

/** Makes the main process record what it does to the desktop. */
async function noteDesktop(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ BrowserWindow, Notification, powerSaveBlocker, shell }) => {
    const notes = {
      awake: 0,
      progress: [] as number[],
      notifications: [] as string[],
      shown: [] as string[],
    };
    Object.assign(globalThis, { desktopNotes: notes });
    powerSaveBlocker.start = () => {
      notes.awake += 1;
      return 1;
    };
    powerSaveBlocker.stop = () => {
      notes.awake -= 1;
      return true;
    };
    shell.showItemInFolder = (path) => void notes.shown.push(path);
    Notification.isSupported = () => true;
    Notification.prototype.show = function showNoted() {
      notes.notifications.push(`${this.title} ${this.body}`);
    };
    BrowserWindow.prototype.setProgressBar = (progress) => void notes.progress.push(progress);
  });
}

async function noted(app: RunningApp): Promise<Noted> {
  return await app.electron.evaluate(() => (globalThis as unknown as { desktopNotes: Noted }).desktopNotes);
}
