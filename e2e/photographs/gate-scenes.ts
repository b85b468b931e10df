import { GatePage } from '../pages/gate-page.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import type { RunningApp } from '../running-app.ts';
import { PASSPHRASE } from '../vault-fixture.ts';
import type { Camera } from './camera.ts';
import { expect } from './expect.ts';

/** Deriving a key is slow on a busy machine. */
const PATIENT = { timeout: 60_000 };

/** First run, the recovery key, the empty vault, locking: an app on an empty folder ends in its locked vault. */
export async function photographGate(app: RunningApp, camera: Camera): Promise<void> {
  const gate = new GatePage(app);
  await camera.take(app, 'first-run');
  await gate.newPassphrase.fill('Tr0ub4dor&3xx');
  await expect(app.page.getByText(/^Weak:/)).toBeVisible(PATIENT);
  await camera.take(app, 'first-run-weak');
  await gate.newPassphrase.fill('correct horse');
  await gate.repeated.fill('something else');
  await gate.button('Continue').click();
  await expect(gate.error).toBeVisible(PATIENT);
  await camera.take(app, 'first-run-error');
  await gate.beginVault(PASSPHRASE);
  const groups = await gate.recoveryKey();
  await camera.take(app, 'recovery-key');
  await gate.button('I have it in a safe place').click();
  await camera.take(app, 'recovery-key-typed-back');
  await gate.typeBack(groups, () => 'ABCDE');
  await gate.button('Make the vault').click();
  await expect(gate.error).toBeVisible(PATIENT);
  await camera.take(app, 'recovery-key-mistyped');
  await gate.typeBack(groups);
  await gate.button('Make the vault').click();
  await gate.expectOpen();
  await photographEmptyVault(app, camera);
  await app.relaunch();
  await gate.expectLocked();
  await camera.take(app, 'unlock');
  await gate.passphrase.fill('not the passphrase');
  await gate.button('Unlock').click();
  await expect(gate.error).toBeVisible(PATIENT);
  await camera.take(app, 'unlock-error');
  await gate.button('Use the recovery key').click();
  await camera.take(app, 'recover');
}

async function photographEmptyVault(app: RunningApp, camera: Camera): Promise<void> {
  const library = new LibraryPage(app);
  await camera.take(app, 'library-empty');
  await library.goTo('Bin');
  await camera.take(app, 'bin-empty');
  await library.goTo('Speech models');
  await camera.take(app, 'models');
  await app.page.getByText('Official models').click();
  await camera.take(app, 'models-known');
  const settings = new SettingsPage(app);
  await settings.open();
  await camera.take(app, 'settings');
  await settings.choose('Vault');
  await camera.take(app, 'settings-vault');
  await app.page.getByRole('button', { name: 'Change the passphrase' }).click();
  await expect(app.page.getByRole('dialog')).toBeVisible();
  await app.page.getByLabel('New passphrase', { exact: true }).fill('unfold squash gravel tattoo mosaic');
  await expect(app.page.getByText(/^Strong:/)).toBeVisible(PATIENT);
  await camera.take(app, 'passphrase-dialog');
  await app.page.keyboard.press('Escape');
  await photographKeeping(app, camera);
  await app.page.keyboard.press('ControlOrMeta+n');
  await camera.take(app, 'matter-dialog-new');
  await app.page.keyboard.press('Escape');
  await library.goTo('All recordings');
}

/** The dialogs behind the settings of a vault: backup, check, and a new recovery key before and after its passphrase. */
async function photographKeeping(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const open = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
  };
  await open('Back up…');
  await camera.take(app, 'backup-dialog');
  await page.keyboard.press('Escape');
  await open('Check…');
  await page.getByRole('button', { name: 'Check the vault now' }).click();
  await expect(page.getByText('Everything is as it was stored.')).toBeVisible(PATIENT);
  await camera.take(app, 'vault-checked');
  await page.keyboard.press('Escape');
  await open('New recovery key');
  await camera.take(app, 'new-recovery-key');
  await page.keyboard.press('Escape');
}
