import { addOldRecordings, leaveUnused } from '../old-recordings.ts';
import { GatePage } from '../pages/gate-page.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import type { RunningApp } from '../running-app.ts';
import { PASSPHRASE } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const MATTER = 'Thorne v. Brightwater Housing Association';

/** What is due, the clock in doubt, erasing by hand and the certificates: an unlocked app. */
export async function photographRetention(app: RunningApp, camera: Camera): Promise<void> {
  const dialog = () => app.page.getByRole('dialog');
  const usual = async () => {
    await setLanguage(app, 'en');
    await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  };
  await usual();
  await app.page.keyboard.press('ControlOrMeta+n');
  await dialog().getByLabel('Name', { exact: true }).fill(MATTER);
  await app.page.keyboard.press('Enter');
  await new LibraryPage(app).editMatter(MATTER);
  await dialog().getByText('How long recordings are kept').click();
  await dialog().getByLabel('Days', { exact: true }).fill('90');
  await dialog().getByLabel('Days', { exact: true }).press('Enter');
  await expect(dialog().getByText('(90 days)')).toBeVisible();
  await app.quit();
  await addOldRecordings(app.vaultFolder, PASSPHRASE, MATTER, [
    { name: '2026-05-14 first call with Ms Thorne, before the inspection of the flat.m4a', daysAgo: 120 },
    { name: 'inspection.wav', daysAgo: 95 },
    { name: 'call to the surveyor.wav', daysAgo: 82 },
    { name: 'draft of the letter.wav', daysAgo: 3 },
  ]);
  await leaveUnused(app.vaultFolder, PASSPHRASE, 70);
  await app.relaunch();
  await new GatePage(app).unlock(PASSPHRASE);
  await expect(dialog()).toBeVisible();
  await camera.take(app, 'clock-question');
  await usual();
  await dialog().getByRole('button', { name: 'The date is right' }).click();
  await expect(dialog().getByText('inspection.wav', { exact: true })).toBeVisible();
  await camera.take(app, 'due');
  await usual();
  await dialog()
    .getByLabel(/^Type the number/)
    .fill('2');
  await dialog().getByLabel('Name the recordings in the certificate').check();
  await dialog().getByRole('button', { name: 'Erase for good' }).click();
  await expect(app.page.getByRole('dialog', { name: 'Erased' })).toBeVisible();
  // Toasts keep the language that they were said in.
  await expect(app.page.getByText('2 recordings were erased.', { exact: true })).toHaveCount(0, {
    timeout: 30_000,
  });
  await camera.take(app, 'certificates-made');
  await usual();
  await app.page.keyboard.press('Escape');
  const row = app.page.getByText('draft of the letter.wav', { exact: true }).first();
  await row.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Put into the bin' }).click();
  await expect(app.page.getByText('1 recording is in the bin for 30 days.')).toHaveCount(0, {
    timeout: 30_000,
  });
  await app.page.getByRole('navigation').getByRole('button', { name: 'Bin' }).click();
  await app.page.getByRole('button', { name: 'Empty the bin…' }).click();
  await dialog().getByLabel('Type the number of recordings: 1').fill('1');
  await camera.take(app, 'erase');
  await usual();
  await dialog().getByLabel('Write a certificate of the erasing').check();
  await camera.take(app, 'erase-certified');
  await usual();
  await dialog().getByRole('button', { name: 'Erase for good' }).click();
  await expect(app.page.getByRole('dialog', { name: 'Erased' })).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByText('1 recording was erased.', { exact: true })).toHaveCount(0, {
    timeout: 30_000,
  });
  await new SettingsPage(app).open('Certificates of erasing');
  await camera.take(app, 'certificates');
}
