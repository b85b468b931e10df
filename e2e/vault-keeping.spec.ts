import { mkdir, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { GatePage } from './pages/gate-page.ts';
import { LibraryPage } from './pages/library-page.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { RunningApp } from './running-app.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 300_000 });

test('the vault is backed up, checked, given a new recovery key, and restored on another computer', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const { page } = app;
  const dialog = page.getByRole('dialog');
  const button = (name: string) => dialog.getByRole('button', { name, exact: true });
  const [name = ''] = await library.drop(fixtureFile('phone-8k.wav'));
  await expect(library.doneMark(name)).toBeVisible({ timeout: 120_000 });
  const stick = testInfo.outputPath('stick');
  await mkdir(stick, { recursive: true });

  await test.step('a backup is refused inside the vault, and made on a stick', async () => {
    await new SettingsPage(app).open('Vault');
    await expect(page.getByText(/There is no backup yet/)).toBeVisible();
    await gate.button('Back up…').click();
    await expectAccessible(app, 'backup');
    await chooseFolder(app, app.vaultFolder);
    await button('Choose a place and back up').click();
    await expect(dialog.getByRole('alert')).toContainText('is inside the vault');
    await expect(dialog.getByRole('alert')).toContainText('Nothing was copied.');
    await chooseFolder(app, stick);
    await button('Choose another place').click();
    await expect(dialog.getByText('The backup is made and was read back.')).toBeVisible({ timeout: 60_000 });
    await expect(dialog).toContainText(stick);
    await expectAccessible(app, 'backup made');
    await button('Close').first().click();
    await expect(page.getByText(/^Last backup: .*\d/)).toBeVisible();
  });
  const [backup = ''] = await readdir(stick);
  expect(backup).toMatch(/^VoiceSync backup \d{4}-\d{2}-\d{2} \d{2}\.\d{2}$/);

  await test.step('the check says that all is well, and which recording is not', async () => {
    await gate.button('Check…').click();
    await button('Check the vault now').click();
    await expect(dialog.getByText('Everything is as it was stored.')).toBeVisible({ timeout: 60_000 });
    await expectAccessible(app, 'check');
    await button('Close').first().click();
    await damageOneObject(app);
    await gate.button('Check…').click();
    await button('Check the vault now').click();
    const found = dialog.getByRole('alert');
    await expect(found).toContainText(`The sound of “${name}” is damaged in 1 place.`, { timeout: 60_000 });
    await expect(found).toContainText('Delete nothing, and keep your earlier backups');
    await expectAccessible(app, 'faults');
    await button('Close').first().click();
  });

  await test.step('a new recovery key holds once two groups are typed back', async () => {
    await gate.button('New recovery key').click();
    await dialog.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
    await button('Make a new key').click();
    await expect(dialog.getByRole('alert')).toContainText('passphrase', {
      ignoreCase: true,
      timeout: 30_000,
    });
    await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await button('Make a new key').click();
    const given = await gate.recoveryKey();
    await page.keyboard.press('Escape');
    await expect(page.getByText(/the old recovery key still opens the vault/)).toBeVisible();
    await gate.button('New recovery key').click();
    await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await button('Make a new key').click();
    const groups = await gate.recoveryKey();
    expect(groups).not.toEqual(given);
    await expectAccessible(app, 'new recovery key');
    await button('I have it in a safe place').click();
    await gate.typeBack(groups, () => 'AAAAA');
    await button('Use the new key').click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await button('Show the key again').click();
    await expect(dialog.getByText(groups[4] ?? '')).toBeVisible();
    await button('I have it in a safe place').click();
    await gate.typeBack(groups);
    await expectAccessible(app, 'groups typed back');
    await button('Use the new key').click();
    await expect(page.getByText(/The new recovery key holds/)).toBeVisible({ timeout: 30_000 });
    await expect(dialog).toHaveCount(0);
  });

  await test.step('where a vault is, the page says how a backup takes its place', async () => {
    await app.relaunch();
    await gate.expectLocked();
    await app.page.getByText('Use a backup instead?').click();
    await expect(app.page.getByText(/A backup never replaces a vault/)).toContainText(app.vaultFolder);
  });

  await test.step('where none is, the backup is restored and opens with its passphrase', async () => {
    const other = await RunningApp.start();
    try {
      const there = new GatePage(other);
      await chooseFolder(other, stick);
      await there.button('Restore a backup…').click();
      await expect(there.error).toContainText('is not a vault');
      await expectAccessible(other, 'no backup');
      await chooseFolder(other, join(stick, backup));
      await there.button('Restore a backup…').click();
      await there.expectLocked();
      await there.unlock(PASSPHRASE);
      await expect(new LibraryPage(other).doneMark(name)).toBeVisible();
    } finally {
      await other.dispose();
    }
  });
});

/** Sets the folder that the system's dialog returns. */
async function chooseFolder(app: RunningApp, folder: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, folder);
}

async function damageOneObject(app: RunningApp): Promise<void> {
  const objects = join(app.vaultFolder, 'objects');
  const entries = await readdir(objects, { recursive: true, withFileTypes: true });
  const file = entries.find((entry) => entry.isFile());
  await truncate(join(file?.parentPath ?? '', file?.name ?? ''), 100);
}
