import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as outside } from './app-fixture.ts';
import { whileEngineWaits } from './engine-process.ts';
import { MessageBoxes } from './message-boxes.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { test } from './vault-fixture.ts';

/** Occurs in names and folders, in a matter, in errors, and in typed text. */
const PLANTED = /villanueva|quiroz/i;

test.describe.configure({ timeout: 240_000 });

test('an engine that dies is told of by the row, the log and the report, and nothing planted is in them', async ({
  app,
  library,
}, testInfo) => {
  const folder = testInfo.outputPath('Villanueva contra Quiroz');
  await mkdir(folder);
  const recording = join(folder, 'Ana Villanueva.opus');
  await copyFile(cutRecording('hearing-12min.opus', 100, testInfo.outputPath('.')), recording);
  await app.page.keyboard.press('ControlOrMeta+n');
  await app.page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Quiroz');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('dialog')).toBeHidden();
  const [name = ''] = await library.drop(recording);
  await whileEngineWaits(
    app,
    async (engine) => {
      process.kill(engine, 'SIGSEGV');
      process.kill(engine, 'SIGCONT');
    },
    async () => (await storedSegments(app, name)).length > 0,
  );
  await whileEngineWaits(app, async () => {
    await expect(library.row(name)).toContainText('The speech engine stopped unexpectedly.');
  });
  await library.expectDone(name);
  await fail(app, 'Villanueva could not be read from /home/quiroz');

  await expect(app.page.getByText('Something unexpected went wrong inside VoiceSync.')).toBeVisible();
  const notices = app.page.getByRole('region', { name: 'Notices' });
  await notices.getByRole('button', { name: 'Dismiss' }).click();
  await new SettingsPage(app).open('If something goes wrong');
  await app.page.getByRole('button', { name: 'Show the report' }).click();
  const report = app.page.getByRole('region', { name: 'Report about a problem' });
  await expect(report).toContainText('What is not in it: no names');
  await expect(report).toContainText(/engineEnded .*signal=SIGSEGV wasKilled=false/);
  const file = testInfo.outputPath('report.txt');
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await app.page.getByRole('button', { name: 'Save as a file…' }).click();
  await expect(app.page.getByText('The report is saved.')).toBeVisible();
  const saved = await readFile(file, 'utf8');
  expect(saved.trim()).toBe((await report.innerText()).trim());
  for (const content of [saved, await logOf(app)]) {
    expect(content).toContain('jobHindered');
    expect(content).toContain('uncaught');
    expect(content).not.toMatch(PLANTED);
    expect(content).not.toContain(app.home);
  }
});

test.describe('in a vault with transcripts', () => {
  test.use({ vault: 'transcribed' });

  test('an error that nobody foresaw is told and logged; again and again it is asked whether to start anew', async ({
    app,
    library,
  }) => {
    const boxes = await MessageBoxes.of(app);
    await fail(app, 'Villanueva');
    await expect(app.page.getByText('Something unexpected went wrong inside VoiceSync.')).toBeVisible();
    await expect(library.row('phone-8k.wav')).toBeVisible();
    await app.electron.evaluate(() => void Promise.reject(new TypeError('Villanueva')));
    await fail(app, 'Villanueva');
    const { buttons } = await boxes.expectAsked(/failed several times in a row/);
    expect(buttons).toEqual(['Start again', 'Keep VoiceSync open']);
    await boxes.answer('Keep VoiceSync open');
    await expect(library.row('phone-8k.wav')).toBeVisible();
    const log = await logOf(app);
    expect(log).toMatch(/"uncaught","where":"main","kind":"exception"/);
    expect(log).toMatch(/"kind":"rejection","error":\{"class":"TypeError"/);
    expect(log).not.toMatch(PLANTED);
  });

  test('what fails in the page, and a page that crashes, are logged', async ({ app }) => {
    await app.page.evaluate(() => {
      setTimeout(() => {
        throw new RangeError('Villanueva');
      });
    });
    await expect.poll(() => logOf(app)).toMatch(/"kind":"exception","class":"RangeError"/);
    await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await expect.poll(() => logOf(app)).toMatch(/"event":"pageGone","reason":"(crashed|killed)"/);
    expect(await logOf(app)).not.toMatch(PLANTED);
  });
});

outside('the report can be had before there is a vault, and the log switched off', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: 'Report a problem' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report about a problem' });
  await expect(dialog).toContainText('started  program=window');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('The report is copied.')).toBeVisible();
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toContain('program=window');
  await dialog.getByRole('switch', { name: 'Keep a log' }).click();
  await expect(dialog).toContainText('The log is switched off.');
  expect(await readdir(join(app.home, 'logs'))).toEqual(['off']);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Report a problem' })).toBeFocused();
});

/** Raises an unexpected error in the main process. */
async function fail(app: RunningApp, message: string): Promise<void> {
  await app.electron.evaluate((_electron, text) => {
    setTimeout(() => {
      throw new Error(text);
    });
  }, message);
}

async function logOf(app: RunningApp): Promise<string> {
  return await readFile(join(app.home, 'logs', 'diagnostics.log'), 'utf8');
}
