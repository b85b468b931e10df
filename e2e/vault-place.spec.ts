import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { whileEngineWaits } from './engine-process.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { slowDisk } from './slow-disk.ts';
import { expect, PASSPHRASE, TRANSCRIBED, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 300_000 });
test.use({ vault: 'transcribed' });

test('the vault is measured, moved to another disk, missed without it, and found again', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const disk = testInfo.outputPath('disk');
  await mkdir(disk, { recursive: true });
  await writeFile(join(disk, 'letter.txt'), 'not of the vault');
  const moved = join(disk, 'VoiceSync vault');
  const dialog = () => app.page.getByRole('dialog');
  const settings = new SettingsPage(app);
  const expectTexts = async () => {
    await library.goTo('All recordings');
    for (const name of TRANSCRIBED) await library.expectDone(name);
  };

  await test.step('every place is listed with its size', async () => {
    await settings.open('Places and sizes');
    const places = app.page.getByRole('list', { name: 'Places', exact: true });
    await expect(places.getByText(app.vaultFolder, { exact: true })).toBeVisible();
    await expect(app.page.getByText('Measuring…')).toHaveCount(0, { timeout: 60_000 });
    await expect(
      app.page.getByRole('list', { name: 'What is in the vault' }).getByRole('listitem').first(),
    ).toContainText(/\d+ files, [\d.]+ (kB|MB)/);
    await places.getByText('What erasing means here').first().click();
    await expect(places.getByText(/Erasing a recording deletes/)).toBeVisible();
    await expectAccessible(app, 'places');
  });

  await test.step('it is not moved into itself, and moved where there is room', async () => {
    await settings.choose('Vault');
    await gate.button('Move…').click();
    await expectAccessible(app, 'move the vault');
    await chooseFolder(app, join(app.vaultFolder, 'objects'));
    await dialog().getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(dialog().getByRole('alert')).toContainText('is inside the vault');
    await chooseFolder(app, disk);
    await dialog().getByRole('alert').getByRole('button').click();
    await expect(dialog()).toContainText(moved);
    await expectAccessible(app, 'move planned');
    await dialog().getByRole('button', { name: 'Lock and move' }).click();
    await app.followWindow();
    await gate.expectLocked();
    await expect(app.page.getByText(`The vault now lies in ${moved}.`)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(app, 'moved');
    expect(existsSync(app.vaultFolder)).toBe(false);
    expect(await readdir(disk)).toHaveLength(2);
    await gate.unlock(PASSPHRASE);
    await expectTexts();
    // The note of the move is in the log now.
    expect(existsSync(join(moved, 'moved'))).toBe(false);
  });

  await test.step('without its disk it is missing, and no other is made', async () => {
    await app.quit();
    await rename(moved, `${moved}.unplugged`);
    await app.relaunch();
    await expect(gate.heading('The vault is not there')).toBeVisible({ timeout: 60_000 });
    await expect(app.page.getByText(`It was last in ${moved}.`)).toBeVisible();
    await expectAccessible(app, 'missing vault');
    await gate.button('Look again').click();
    await expect(app.page.getByText('It is still not there.')).toBeVisible();
    await chooseFolder(app, disk);
    await gate.button('Choose the vault’s folder…').click();
    await expect(gate.error).toContainText('is not a vault');
    expect(existsSync(app.vaultFolder)).toBe(false);
    await rename(`${moved}.unplugged`, moved);
    await gate.button('Look again').click();
    await gate.unlock(PASSPHRASE);
    await expectTexts();
  });
});

test('a backup is restored beside the open vault, used, and left again', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const stick = testInfo.outputPath('stick');
  await mkdir(stick, { recursive: true });
  const dialog = () => app.page.getByRole('dialog');
  await new SettingsPage(app).open('Vault');
  await gate.button('Back up…').click();
  await chooseFolder(app, stick);
  await dialog().getByRole('button', { name: 'Choose a place and back up' }).click();
  await expect(dialog().getByText('The backup is made and was read back.')).toBeVisible({ timeout: 60_000 });
  await dialog().getByRole('button', { name: 'Close' }).first().click();

  await gate.button('Restore…').click();
  await expectAccessible(app, 'restore');
  await chooseFolder(app, stick);
  await dialog().getByRole('button', { name: 'Choose a backup and restore' }).click();
  await expect(dialog().getByRole('alert')).toContainText('is not a vault');
  const [backup = ''] = await readdir(stick);
  await chooseFolder(app, join(stick, backup));
  await dialog().getByRole('button', { name: 'Choose a backup and restore' }).click();
  await expect(dialog().getByText('The backup is restored and was read back.')).toBeVisible({
    timeout: 60_000,
  });
  await expectAccessible(app, 'restored');
  await dialog().getByRole('button', { name: 'Lock, and open the restored one' }).click();
  await app.followWindow();
  await gate.unlock(PASSPHRASE);
  await library.goTo('All recordings');
  for (const name of TRANSCRIBED) await library.expectDone(name);
  const restored = (await readdir(app.home)).find((name) => name.startsWith('vault restored'));
  await new SettingsPage(app).open('Vault');
  await expect(app.page.getByText(join(app.home, restored ?? 'none'))).toBeVisible();
  expect(existsSync(join(app.vaultFolder, 'vault.json'))).toBe(true);

  await chooseFolder(app, app.vaultFolder);
  await gate.button('Use another vault…').click();
  await app.followWindow();
  await gate.unlock(PASSPHRASE);
  await new SettingsPage(app).open('Vault');
  await expect(app.page.getByText(app.vaultFolder, { exact: true })).toBeVisible();
});

test('a move is broken off by its button; a transcription pauses over moves, and goes on after them', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const disk = testInfo.outputPath('disk');
  const moved = join(disk, 'VoiceSync vault');
  await mkdir(disk, { recursive: true });
  await writeFile(join(disk, 'letter.txt'), 'not of the vault');
  const settings = new SettingsPage(app);
  const beginMove = async () => {
    await settings.open('Vault');
    await gate.button('Move…').click();
    await chooseFolder(app, disk);
    await app.page.getByRole('dialog').getByRole('button', { name: 'Choose a folder…' }).click();
    await app.page.getByRole('dialog').getByRole('button', { name: 'Lock and move' }).click();
    await app.followWindow();
  };
  const done = () => library.doneMark(name);
  const [name = ''] = await library.drop(cutRecording('hearing-12min.opus', 240, app.home));
  await expect(library.progress(name)).toBeVisible({ timeout: 120_000 });

  await slowDisk(app, 100);
  await whileEngineWaits(app, async () => {
    await beginMove();
    await expect(gate.heading('The vault is being moved')).toBeVisible({ timeout: 60_000 });
  });
  await expect(app.page.getByText(/[1-9][\d.]* (kB|MB) of/)).toBeVisible({ timeout: 60_000 });
  expect(existsSync(moved)).toBe(true);
  await expectAccessible(app, 'moving');
  await gate.button('Stop').click();
  await expect(app.page.getByText('The move was broken off.')).toContainText(app.vaultFolder);
  expect(await readdir(disk)).toEqual(['letter.txt']);

  await slowDisk(app, 0);
  await gate.unlock(PASSPHRASE);
  await library.goTo('All recordings');
  await expect(library.progress(name)).toBeVisible({ timeout: 120_000 });
  await expect(done()).toBeHidden();
  await beginMove();
  await expect(app.page.getByText(`The vault now lies in ${moved}.`)).toBeVisible({ timeout: 60_000 });
  await gate.unlock(PASSPHRASE);
  await library.goTo('All recordings');
  await library.expectDone(name);
});

test('a vault that is no longer used is told of, with what to do', async ({ app, gate }, testInfo) => {
  const other = testInfo.outputPath('other');
  await cp(app.vaultFolder, other, { recursive: true });
  const settings = new SettingsPage(app);
  await settings.open('Vault');
  await chooseFolder(app, other);
  await gate.button('Use another vault…').click();
  await app.followWindow();
  await gate.unlock(PASSPHRASE);
  await settings.open('Places and sizes');
  const former = app.page
    .getByRole('list', { name: 'Places', exact: true })
    .getByRole('listitem')
    .filter({ hasText: 'Another vault' });
  await expect(former).toContainText(app.vaultFolder);
  await expect(former).toContainText('“Use another vault…”');
  await expect(former).toContainText(/\d+ files, [\d.]+ (kB|MB)/, { timeout: 60_000 });
  await settings.choose('Privacy');
  const table = app.page.getByRole('table', { name: 'What lies where' });
  await expect(table).toContainText(app.vaultFolder);
  await expect(table).toContainText(other);
  for (const name of ['Secret for the system’s keychain', 'Temporary files'])
    await expect(table).toContainText(name);
});

async function chooseFolder(app: RunningApp, folder: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}
