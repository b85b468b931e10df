import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LONG_NAMES } from '../full-vault.ts';
import { ExportDialog } from '../pages/export-dialog.ts';
import { LibraryPage } from '../pages/library-page.ts';
import type { RunningApp } from '../running-app.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

/** Sets the window's usual size, in English: the scenes' setup. */
async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** A library of 500 recordings in every state, with the longest names: an unlocked app on a full vault. */
export async function photographLibrary(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const first = library.list.getByRole('row').nth(1);
  await first.waitFor();
  await camera.take(app, 'library-500');
  await camera.take(app, 'library-500-end', async () => {
    await first.focus();
    await page.keyboard.press('End');
  });
  await page.keyboard.press('Home');
  await camera.take(app, 'row-menu', async () => {
    await page.keyboard.press('Escape');
    await first.getByRole('button', { name: 'Actions' }).click();
  });
  await page.keyboard.press('Escape');
  await camera.take(app, 'rename', async () => {
    await page.keyboard.press('Escape');
    await first.focus();
    await page.keyboard.press('F2');
    await expect(page.getByRole('textbox', { name: 'New name' })).toBeVisible();
  });
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await page.getByRole('button', { name: /^Show: / }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Needs you' }).click();
  await camera.take(app, 'library-needs-you');
  await inUsualFrame(app);
  await page.getByRole('button', { name: /^Show: / }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Everything' }).click();
  await library.list.getByRole('checkbox', { name: 'Select all' }).click();
  await camera.take(app, 'selection');
  await inUsualFrame(app);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  for (const row of [3, 11]) await library.list.getByRole('row').nth(row).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Join as one recording…' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await camera.take(app, 'join-dialog');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await photographDialogs(app, camera);
  await photographSearch(app, camera);
  await photographRejections(app, camera);
}

async function photographDialogs(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  await page.keyboard.press('ControlOrMeta+k');
  await camera.take(app, 'palette');
  await page.getByRole('combobox').fill('hearing');
  await camera.take(app, 'palette-found');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await page.getByRole('navigation').getByText(LONG_NAMES.withBlanks).click();
  await camera.take(app, 'matter');
  await inUsualFrame(app);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Edit / })
    .click();
  await camera.take(app, 'matter-dialog');
  await page.keyboard.press('Escape');
  await library.list.getByRole('checkbox', { name: 'Select all' }).click();
  await page.getByRole('button', { name: /^Export \d+…/ }).click();
  await expect(new ExportDialog(app).preview).toContainText('camera');
  await camera.take(app, 'export-several');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await library.goTo('Bin');
  await camera.take(app, 'bin');
  await inUsualFrame(app);
  await page.getByRole('button', { name: 'Empty the bin…' }).click();
  await camera.take(app, 'erase-dialog');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await camera.take(app, 'add-menu', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add recordings', exact: true }).click();
  });
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
}

async function photographSearch(app: RunningApp, camera: Camera): Promise<void> {
  const library = new LibraryPage(app);
  await library.search.fill('camera');
  await library.hits.first().waitFor();
  await camera.take(app, 'search');
  await setLanguage(app, 'en');
  await library.search.fill('quetzalcoatl'.repeat(8));
  await app.page.getByRole('heading', { level: 1, name: 'Nothing found' }).waitFor();
  await camera.take(app, 'search-nothing');
  await inUsualFrame(app);
  await library.search.fill('');
}

/** Files that cannot be imported, and an error toast. */
async function photographRejections(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const files = [join(app.home, 'empty.mp3'), join(app.home, LONG_NAMES.inOnePiece)];
  for (const file of files) await writeFile(file, '');
  await app.dropFiles(files);
  await expect(page.getByRole('alert').filter({ hasText: 'empty.mp3' })).toBeVisible();
  await camera.take(app, 'rejected-files');
  await inUsualFrame(app);
  await app.electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({
      canceled: false,
      filePaths: ['/nowhere/ggml-large-v3-turbo.bin'],
    });
  });
  await page.getByRole('button', { name: 'Add recordings', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Add a speech model…' }).click();
  await expect(page.getByRole('region', { name: 'Notices' }).getByRole('button').first()).toBeVisible();
  await camera.take(app, 'error-notice');
}
