import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fillVault } from '../full-vault.ts';
import { atRest } from '../layout-faults.ts';
import { hasRedis } from '../office-browser.ts';
import { GatePage } from '../pages/gate-page.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import type { RunningApp } from '../running-app.ts';
import { REPOSITORY } from '../runtime.ts';
import { fixtureFile, PASSPHRASE } from '../vault-fixture.ts';
import { setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';
import { photographOfficeForDocs } from './office-scenes.ts';

const CALL = 'call-two-channels.flac';

/** Remakes the pictures of README and docs, light and dark: an unlocked app on an empty vault. */
export async function photographForDocs(app: RunningApp): Promise<void> {
  const { page } = app;
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  const library = new LibraryPage(app);
  const transcript = new TranscriptPage(app);
  await library.drop(fixtureFile(CALL));
  await expect(library.doneMark(CALL)).toBeVisible({ timeout: 300_000 });
  await library.open(CALL);
  await transcript.expectOpen(CALL);
  await renameSpeaker(app, 'Speaker 1', 'Dr. Weber');
  await page.keyboard.press('ArrowDown');
  await renameSpeaker(app, 'Speaker 2', 'Ms. Alvarez');
  await transcript.playhead.fill('20000');
  await expect.poll(() => transcript.drawnPlayhead()).toBeGreaterThan(0.4);
  await picture(app, 'transcript');
  await spanish(app, 'transcript');
  await setFrame(app, { width: 960, height: 640, zoom: 1 });
  await page.getByRole('button', { name: 'Read aloud', exact: true }).click();
  await light(app, 'read-aloud-en');
  await page.keyboard.press('Escape');
  await setLanguage(app, 'es');
  await page.getByRole('button', { name: 'Leer en voz alta', exact: true }).click();
  await light(app, 'read-aloud-es');
  await page.keyboard.press('Escape');
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  await app.quit();

  await fillVault(app.vaultFolder, PASSPHRASE, 60, Date.now());
  await app.relaunch();
  await new GatePage(app).unlock(PASSPHRASE);
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  await library.list.getByRole('row').nth(1).waitFor();
  await picture(app, 'library');
  await spanish(app, 'library');
  await new SettingsPage(app).open('Privacy');
  await app.page.getByRole('button', { name: 'Run the self-test' }).click();
  await app.page.getByRole('table', { name: 'Self-test' }).waitFor({ timeout: 120_000 });
  await setFrame(app, { width: 960, height: 640, zoom: 1 });
  await light(app, 'privacy-en');
  await setLanguage(app, 'es');
  await app.page.getByRole('table', { name: 'Autocomprobación' }).waitFor();
  await light(app, 'privacy-es');
  await setLanguage(app, 'en');
  const folder = join(app.home, 'Dictations');
  await mkdir(folder);
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
  }, folder);
  await new SettingsPage(app).choose('Watched folders');
  await app.page.getByRole('button', { name: 'Watch a folder…' }).click();
  await app.page.getByRole('list', { name: 'Watched folders' }).waitFor();
  await app.page.getByRole('button', { name: 'Dismiss' }).first().click();
  await light(app, 'watched-en');
  await setLanguage(app, 'es');
  await light(app, 'watched-es');
  await setLanguage(app, 'en');
  if (hasRedis()) await photographOfficeForDocs(join(REPOSITORY, 'docs/pictures/office-page.png'));
}

/** The picture of a screen in Spanish, for the guide; the window is in English afterwards. */
async function spanish(app: RunningApp, screen: string): Promise<void> {
  await setLanguage(app, 'es');
  await light(app, `${screen}-es`);
  await setLanguage(app, 'en');
}

async function light(app: RunningApp, name: string): Promise<void> {
  await app.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await app.page.mouse.move(640, 0);
  await atRest(app.page);
  await app.page.screenshot({ path: join(REPOSITORY, 'docs/pictures', `${name}.png`) });
}

async function renameSpeaker(app: RunningApp, from: string, to: string): Promise<void> {
  await new TranscriptPage(app).text(CALL).focus();
  await app.page.keyboard.press('ControlOrMeta+Shift+s');
  const ask = app.page.getByRole('dialog', { name: 'Who speaks here?' });
  await ask.getByLabel('Another name').fill(to);
  await ask.getByRole('button', { name: `Rename ${from} everywhere` }).click();
  await expect(ask).toBeHidden();
}

async function picture(app: RunningApp, screen: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await app.page.mouse.move(640, 0);
    await atRest(app.page);
    await app.page.screenshot({ path: join(REPOSITORY, 'docs/pictures', `${screen}-${colorScheme}.png`) });
  }
}
