import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { ExportDialog } from './pages/export-dialog.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('a text is marked as checked, what was played counts, changes after that are listed, and exports say so', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(180_000);
  const { page } = app;
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  const transcript = new TranscriptPage(app);
  const chip = page.locator('[data-checked]');
  const dialog = page.getByRole('dialog', { name: 'Mark as checked' });
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  await expect(chip).toHaveText('0% listened to');

  await test.step('only what was really played counts, at any speed', async () => {
    await page.keyboard.press('Escape');
    await expect.poll(() => transcript.playheadMs(), { timeout: 30_000 }).toBeGreaterThan(2000);
    await page.keyboard.press('Escape');
    await expect(transcript.button('Play')).toBeVisible();
    const heard = await heardPercent(chip);
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThan(80);
    // Seeking plays nothing.
    await transcript.playhead.focus();
    await page.keyboard.press('End');
    expect(await heardPercent(chip)).toBe(heard);
  });

  await test.step('a key plays what was not heard yet, until nothing is left', async () => {
    await transcript.text().focus();
    for (let press = 0; press < 10; press += 1) await page.keyboard.press('F4');
    const before = await transcript.playheadMs();
    await page.keyboard.press('ControlOrMeta+Shift+u');
    await expect(transcript.button('Pause')).toBeVisible();
    expect(await transcript.playheadMs()).toBeLessThan(before);
    await expect(chip).toHaveText('100% listened to', { timeout: 90_000 });
    await expect(page.locator('[data-unheard]')).toHaveAttribute('data-unheard', '0');
  });

  await test.step('it is known after the text was closed', async () => {
    await page.keyboard.press('Alt+ArrowLeft');
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await expect(chip).toHaveText('100% listened to');
  });

  await test.step('a name marks it, and is remembered', async () => {
    await chip.click();
    await expect(dialog.getByText('Nothing is left.')).toBeVisible();
    await expectAccessible(app, 'mark as checked');
    await dialog.getByLabel('Your name').fill('Rosa Delgado');
    await page.keyboard.press('Enter');
    await expect(chip).toHaveText('Checked by Rosa Delgado, 100% listened to');
    await expect(chip).toHaveAttribute('data-checked', 'yes');
  });

  await test.step('a change after that is told, and can be visited', async () => {
    await transcript.putCaretBehind('My name is Laura');
    await page.keyboard.type(' Villanueva');
    await transcript.expectSaved();
    await expect(chip).toHaveText('Changed since it was checked: 1 passage', { timeout: 20_000 });
    await chip.click();
    const checked = page.getByRole('dialog', { name: 'Checked' });
    const change = checked.getByRole('list', { name: 'What has changed since' }).getByRole('button');
    await expect(change).toHaveCount(1);
    await expect(change).toContainText('Villanueva');
    await expectAccessible(app, 'changed since it was checked');
    await change.click();
    await expect(checked).toBeHidden();
    expect(await page.evaluate(() => getSelection()?.toString())).toContain('Laura Villanueva');
  });

  await test.step('exports say who, when, how much, and that it was changed', async () => {
    await page.keyboard.press('ControlOrMeta+e');
    const exporting = new ExportDialog(app);
    await exporting.choose('txt', 'json');
    await exporting.write(folder, 2);
    await exporting.done();
    const text = await readFile(join(folder, 'phone-8k.txt'), 'utf8');
    expect(text).toMatch(/^Checked by Rosa Delgado on .+, 100\s?% listened to; changed since$/m);
    const { checked } = JSON.parse(await readFile(join(folder, 'phone-8k.json'), 'utf8')) as {
      checked: unknown;
    };
    expect(checked).toMatchObject({ by: 'Rosa Delgado', listenedPercent: 100, changedSince: true });
  });

  await test.step('undoing the change makes it what was checked again; then it is taken back', async () => {
    await transcript.text().focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(chip).toHaveText('Checked by Rosa Delgado, 100% listened to', { timeout: 20_000 });
    await chip.click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(dialog.getByLabel('Your name')).toHaveValue('Rosa Delgado');
    await page.keyboard.press('Escape');
    await expect(chip).toHaveText('100% listened to');
  });
});

async function heardPercent(chip: Locator): Promise<number> {
  return Number.parseInt(await chip.innerText(), 10);
}
