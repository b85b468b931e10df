import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import type { Camera } from './camera.ts';
import { expect } from './expect.ts';

/** Photographs the sections of the settings that change what is taken in and how, and what rules have corrected. */
export async function photographSettings(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const settings = new SettingsPage(app);
  await settings.open('Automatic corrections');
  for (const [find, replacement] of [
    ['Sarah', 'Susanna'],
    ['Mr Thorn', 'Mr Thorne'],
  ] as const) {
    await page.getByLabel('Heard as').fill(find);
    await page.getByLabel('Write instead').fill(replacement);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`${find} → ${replacement}`)).toBeVisible();
  }
  await camera.take(app, 'corrections');
  await settings.choose('Watched folders');
  const folder = join(await mkdtemp(join(tmpdir(), 'vs-watched-')), 'dictations');
  await mkdir(folder);
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  await page.getByRole('button', { name: 'Watch a folder…' }).click();
  await expect(page.getByRole('list', { name: 'Watched folders' })).toContainText('dictations');
  await camera.take(app, 'watched-folders');
  await library.goTo('All recordings');
  const [name = ''] = await library.transcribe(fixtureFile('phone-8k.wav'));
  await library.open(name);
  await expect(page.getByText(/corrections applied by your rules/)).toBeVisible();
  await camera.take(app, 'corrected-transcript');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await camera.take(app, 'corrected-by-rules');
  await page.keyboard.press('Escape');
}
