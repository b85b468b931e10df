import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LibraryPage } from '../pages/library-page.ts';
import type { RunningApp } from '../running-app.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const MATTER = 'Ríos v. Soto';
const SECRET = 'four blue herons by the lake';
const PATIENT = { timeout: 300_000 };

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

async function answerDialogs(app: RunningApp, path: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, answer) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [answer] });
  }, path);
}

/** A matter is handed over, and received: an unlocked app. */
export async function photographHandOver(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const dialog = page.getByRole('dialog');
  const button = (name: string) => dialog.getByRole('button', { name, exact: true });
  const stick = join(app.home, 'stick');
  await mkdir(stick);
  await inUsualFrame(app);
  await page.keyboard.press('ControlOrMeta+n');
  await dialog.getByLabel('Name', { exact: true }).fill(MATTER);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: MATTER, level: 1 })).toBeVisible();
  await new LibraryPage(app).editMatter(MATTER);
  await button('Hand over…').click();
  await dialog.getByLabel('Passphrase for the file').fill(SECRET);
  await dialog.getByLabel('The same once more').fill('four blue herons');
  await button('Choose a folder…').click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await camera.take(app, 'hand-over');
  await inUsualFrame(app);
  await dialog.getByLabel('The same once more').fill(SECRET);
  await answerDialogs(app, stick);
  await button('Choose a folder…').click();
  await expect(dialog.getByText(/^Handed over/)).toBeVisible(PATIENT);
  await camera.take(app, 'handed-over');
  await inUsualFrame(app);
  await button('Close').last().click();
  await page.keyboard.press('ControlOrMeta+n');
  await button('Receive a matter…').click();
  await camera.take(app, 'receive');
  await inUsualFrame(app);
  await answerDialogs(app, join(stick, `${MATTER}.voicesync`));
  await button('Choose the file…').click();
  await dialog.getByLabel('Passphrase of the file').fill('four blue herons by the sea');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toBeVisible(PATIENT);
  await camera.take(app, 'receive-refused');
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}
