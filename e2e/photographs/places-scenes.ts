import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMadeModel } from '../../src/core/models/testing/made-model.ts';
import { GatePage } from '../pages/gate-page.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import type { RunningApp } from '../running-app.ts';
import { slowDisk } from '../slow-disk.ts';
import { PASSPHRASE } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';

/** What is stored where, usual languages, moving the vault, and a vault that is missing: an unlocked app. */
export async function photographPlaces(app: RunningApp, camera: Camera): Promise<void> {
  const settings = new SettingsPage(app);
  const usual = async () => {
    await setLanguage(app, 'en');
    await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  };
  await usual();
  await settings.open('Places and sizes');
  await app.page.getByText('Measuring…').first().waitFor({ state: 'detached' });
  await camera.take(app, 'places');

  await usual();
  await settings.choose('Usual languages');
  for (const code of ['es', 'en']) await app.page.getByLabel('Add a language').selectOption(code);
  await camera.take(app, 'usual-languages');

  await usual();
  await new LibraryPage(app).goTo('Speech models');
  const english = join(app.home, 'dictation-english.bin');
  await writeMadeModel(english, { vocabulary: 51_864 });
  await app.dropFiles([english]);
  await app.page.getByText('does not know').first().waitFor({ timeout: 60_000 });
  await camera.take(app, 'models-usual-languages', () =>
    app.page.getByText('does not know').first().scrollIntoViewIfNeeded(),
  );

  await usual();
  await settings.open('Vault');
  await camera.take(app, 'vault-settings');
  await usual();
  const disk = join(app.home, 'disk');
  await mkdir(disk);
  await writeFile(join(disk, 'other'), '');
  await chooseFolder(app, disk);
  await app.page.getByRole('button', { name: 'Move…' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Choose a folder…' }).click();
  await app.page.getByRole('dialog').getByText('Free there').waitFor();
  await camera.take(app, 'move-vault');
  await usual();
  await slowDisk(app, 8000);
  await app.page.getByRole('dialog').getByRole('button', { name: 'Lock and move' }).click();
  await app.followWindow();
  await app.page.getByText(/[1-9][\d.]* (kB|MB) of/).waitFor({ timeout: 60_000 });
  await camera.take(app, 'moving-vault');
  await usual();
  await slowDisk(app, 0);
  await app.page.getByText(/The vault now lies in/).waitFor();
  await camera.take(app, 'moved-vault');
  await usual();

  await app.quit();
  await rename(join(disk, 'VoiceSync vault'), join(disk, 'unplugged'));
  await app.relaunch();
  await app.page.getByRole('heading', { name: 'The vault is not there' }).waitFor();
  await camera.take(app, 'missing-vault');
  await usual();
  await rename(join(disk, 'unplugged'), join(disk, 'VoiceSync vault'));
  await app.page.getByRole('button', { name: 'Look again' }).click();
  await new GatePage(app).unlock(PASSPHRASE);
  await rm(join(disk, 'other'));
  await photographRestoring(app, camera, usual);
}

/** A backup restored beside the open vault, and the vault before it among the places. */
async function photographRestoring(
  app: RunningApp,
  camera: Camera,
  usual: () => Promise<void>,
): Promise<void> {
  const settings = new SettingsPage(app);
  const dialog = app.page.getByRole('dialog');
  const stick = join(app.home, 'stick');
  await mkdir(stick);
  await settings.open('Vault');
  await app.page.getByRole('button', { name: 'Back up…' }).click();
  await chooseFolder(app, stick);
  await dialog.getByRole('button', { name: 'Choose a place and back up' }).click();
  await dialog.getByText('The backup is made and was read back.').waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await app.page.getByRole('button', { name: 'Restore…' }).click();
  await camera.take(app, 'restore');
  await usual();
  const [backup = ''] = await readdir(stick);
  await chooseFolder(app, join(stick, backup));
  await dialog.getByRole('button', { name: 'Choose a backup and restore' }).click();
  await dialog.getByText('The backup is restored and was read back.').waitFor({ timeout: 60_000 });
  await camera.take(app, 'restored');
  await usual();
  await dialog.getByRole('button', { name: 'Lock, and open the restored one' }).click();
  await app.followWindow();
  await new GatePage(app).unlock(PASSPHRASE);
  await settings.open('Places and sizes');
  await app.page.getByText('Measuring…').first().waitFor({ state: 'detached' });
  await camera.take(app, 'places-former', () =>
    app.page.getByText('Another vault').first().scrollIntoViewIfNeeded(),
  );
  await usual();
}

async function chooseFolder(app: RunningApp, folder: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}
