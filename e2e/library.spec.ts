import type { Locator } from '@playwright/test';
import { whileEngineWaits } from './engine-process.ts';
import type { LibraryPage } from './pages/library-page.ts';
import { cutRecording } from './recordings.ts';
import { expect, test } from './vault-fixture.ts';

test.describe('with recordings', () => {
  test.use({ vault: 'transcribed' });

  test('recordings are sorted, filtered, renamed and moved', async ({ app, library }, testInfo) => {
    const { page } = app;
    await library.drop(cutRecording('phone-8k.wav', 4, testInfo.outputPath('.'), 'short.ogg'));
    await library.expectDone('short.ogg');
    const names = () => namesOf(library);
    const head = (name: string) => library.list.getByRole('columnheader', { name });
    await expect.poll(names).toEqual(['short.ogg', 'phone-8k.wav', 'memo-en.mp3']);
    await head('Name').getByRole('button').click();
    await expect(head('Name')).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(names).toEqual(['memo-en.mp3', 'phone-8k.wav', 'short.ogg']);
    await head('Name').getByRole('button').click();
    await expect.poll(names).toEqual(['short.ogg', 'phone-8k.wav', 'memo-en.mp3']);
    await head('Length').getByRole('button').click();
    await expect(head('Length')).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(names).toEqual(['phone-8k.wav', 'memo-en.mp3', 'short.ogg']);

    await test.step('only what is done', async () => {
      await page.getByRole('button', { name: 'Show: Everything' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Done' }).click();
      await expect.poll(names).toEqual(['phone-8k.wav', 'memo-en.mp3', 'short.ogg']);
      await page.getByRole('button', { name: 'Show: Done' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Everything' }).click();
      await expect.poll(names).toHaveLength(3);
    });

    await test.step('a list is found again as it was left', async () => {
      await head('Name').getByRole('button').click();
      await page.getByRole('button', { name: 'Show: Everything' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Done' }).click();
      await library.open('phone-8k.wav');
      await expect(page.getByRole('textbox', { name: 'phone-8k.wav' })).toBeVisible();
      await page.keyboard.press('Alt+ArrowLeft');
      await expect.poll(names).toEqual(['memo-en.mp3', 'phone-8k.wav', 'short.ogg']);
      await expect(library.row('phone-8k.wav')).toBeFocused();
    });

    await test.step('a drop is seen whatever was shown before', async () => {
      await app.dropFiles([cutRecording('phone-8k.wav', 3, testInfo.outputPath('.'), 'shorter.ogg')]);
      await expect(library.row('shorter.ogg')).toBeVisible();
      await library.choose('shorter.ogg', 'Put into the bin');
      await expect.poll(names).toHaveLength(3);
    });

    await test.step('where a column has no room, the menu sorts by it', async () => {
      await app.setSize(500, 700);
      await expect(head('Length')).toBeHidden();
      await expect(library.row('short.ogg')).toContainText('0:04 · ');
      await page.getByRole('button', { name: 'Show: Everything' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Length' }).click();
      await expect.poll(names).toEqual(['phone-8k.wav', 'memo-en.mp3', 'short.ogg']);
      await app.setSize(1280, 800);
    });

    const long = `${'Hearing of the witnesses before the regional court, second day, '.repeat(2)}.ogg`.slice(
      -120,
    );
    await test.step('a name of 120 characters is cut on the row and whole in its tooltip', async () => {
      await library.choose('short.ogg', 'Rename');
      const field = page.getByRole('textbox', { name: 'New name' });
      await field.fill(long);
      await field.press('Enter');
      await expect(library.row(long)).toBeFocused();
      const name = library.row(long).getByText(long);
      expect(await name.evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true);
      await name.hover();
      await name.hover({ position: { x: 30, y: 8 } });
      await expect(page.getByText(long).nth(1)).toBeVisible();
      await page.mouse.move(0, 0);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });

    await test.step('a matter is made, and rows go there by menu and by drag', async () => {
      await page.keyboard.press('ControlOrMeta+n');
      await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Miller');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { name: 'Miller', level: 1 })).toBeVisible();
      await library.goTo('All recordings');
      await library.choose('phone-8k.wav', 'Miller');
      await expect(library.row('phone-8k.wav')).toContainText('Miller');
      const matter = page.getByRole('navigation').getByRole('button', { name: /^Miller/ });
      await library.row('memo-en.mp3').getByRole('gridcell').nth(4).dragTo(matter);
      await expect(library.row('memo-en.mp3')).toContainText('Miller');
      await matter.click();
      await expect.poll(async () => (await names()).sort()).toEqual(['memo-en.mp3', 'phone-8k.wav']);
    });
  });

  test('rows are selected by mouse and by keyboard, binned, restored and erased by number', async ({
    app,
    library,
  }) => {
    const { page } = app;
    const [phone, memo] = [library.row('phone-8k.wav'), library.row('memo-en.mp3')];
    const fact = (row: Locator) => row.getByRole('gridcell').nth(3);
    const selected = library.list.locator('[role=row][aria-selected=true]');

    await fact(phone).click();
    await expect(selected).toHaveCount(1);
    await fact(memo).click({ modifiers: ['Shift'] });
    await expect(selected).toHaveCount(2);
    await fact(memo).click({ modifiers: ['ControlOrMeta'] });
    await expect(selected).toHaveCount(1);
    await fact(phone).click();
    await phone.focus();
    await page.keyboard.press('Shift+ArrowDown');
    await expect(memo).toBeFocused();
    await expect(selected).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(selected).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByRole('toolbar', { name: '2 selected' })).toBeVisible();

    await test.step('into the bin and back', async () => {
      await memo.focus();
      await page.keyboard.press('Delete');
      await expect(page.getByText('2 recordings are in the bin for 30 days.')).toBeVisible();
      await library.goTo('Bin');
      await expect(phone).toContainText('Erased for good on');
      await library.choose('phone-8k.wav', 'Restore');
      await expect(phone).toHaveCount(0);
      await library.goTo('All recordings');
      await library.expectDone('phone-8k.wav');
    });

    await test.step('only the right number erases', async () => {
      await library.goTo('Bin');
      await library.choose('memo-en.mp3', 'Erase for good');
      const dialog = page.getByRole('dialog', { name: 'Erase 1 recording?' });
      const erase = dialog.getByRole('button', { name: 'Erase for good' });
      const field = dialog.getByRole('textbox');
      await expect(field).toBeFocused();
      await expect(erase).toBeDisabled();
      await field.fill('2');
      await page.keyboard.press('Enter');
      await expect(erase).toBeDisabled();
      await expect(dialog).toBeVisible();
      await field.fill('1');
      await page.keyboard.press('Enter');
      await expect(page.getByText('1 recording was erased.')).toBeVisible();
      await expect(page.getByRole('heading', { name: 'The bin is empty' })).toBeVisible();
    });
    await library.search.fill('Laura');
    await expect(library.hits.first()).toBeVisible();
    await library.search.fill('folder');
    await expect(page.getByRole('heading', { name: /^Nothing found/ })).toBeVisible();
  });
});

test('a drop in a matter starts with the matter’s options, which are changed on the row', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('Clinic');
  await dialog.getByLabel('Language').selectOption({ label: 'Spanish' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Clinic', level: 1 })).toBeVisible();
  const folder = testInfo.outputPath('.');
  const [, name = ''] = await library.drop(
    cutRecording('hearing-12min.opus', 60, folder, 'running.wav'),
    cutRecording('phone-8k.wav', 4, folder),
  );
  // While it is queued.
  await whileEngineWaits(app, async () => {
    await expect(library.row(name).getByText('Safe in the vault.')).toBeVisible({ timeout: 30_000 });
    await library.button(name, 'Language: Spanish').click();
    await page.getByRole('menuitemcheckbox', { name: 'English', exact: true }).click();
    await expect(library.button(name, 'Language: English')).toBeVisible();
    await library.button(name, 'Language: English').click();
    await page.getByRole('menuitemcheckbox', { name: 'Spanish', exact: true }).click();
    await expect(library.button(name, 'Language: Spanish')).toBeVisible();
    await library.button(name, 'Speakers: automatic').click();
    await page.getByRole('menuitemcheckbox', { name: 'Not told apart' }).click();
    await expect(library.button(name, 'Speakers: Not told apart')).toBeVisible();
  });
  await library.expectDone(name);
  // Given, not detected: there is no Spanish in it.
  await expect(library.button(name, 'Language: Spanish')).toBeVisible();
});

test('the queue is put in another order by drag and by keyboard', async ({ app, library }, testInfo) => {
  test.setTimeout(180_000);
  const { page } = app;
  const folder = testInfo.outputPath('.');
  const waiting = ['first.wav', 'second.wav', 'third.wav'];
  const names = ['running.wav', ...waiting];
  await library.drop(
    cutRecording('hearing-12min.opus', 60, folder, 'running.wav'),
    ...waiting.map((name) => cutRecording('phone-8k.wav', 4, folder, name)),
  );
  await whileEngineWaits(app, async () => {
    // Once all are imported, everything is shown.
    await expect(library.row('third.wav').getByText('Safe in the vault.')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Show: Everything' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'In work' }).click();
    const order = () => namesOf(library);
    await expect.poll(order).toEqual(names);
    await expect(library.row('third.wav')).toContainText('Number 3 in the queue');

    const handle = (name: string) => library.row(name).getByRole('gridcell').nth(3);
    await handle('third.wav').dragTo(handle('first.wav'));
    await expect.poll(order).toEqual(['running.wav', 'third.wav', 'first.wav', 'second.wav']);
    await expect(library.row('third.wav')).toContainText('Number 1 in the queue');

    const row = library.row('third.wav');
    await row.focus();
    for (const expected of [
      ['running.wav', 'first.wav', 'third.wav', 'second.wav'],
      ['running.wav', 'first.wav', 'second.wav', 'third.wav'],
    ]) {
      await page.keyboard.press('Alt+ArrowDown');
      await expect.poll(order).toEqual(expected);
      await expect(row).toBeFocused();
    }
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(order).toEqual(['running.wav', 'first.wav', 'third.wav', 'second.wav']);
    await expect(row).toBeFocused();
    await library.choose('second.wav', 'Transcribe first');
  });
  await library.expectDone('second.wav');
});

/** The names of the rows from top to bottom. */
async function namesOf(library: LibraryPage): Promise<string[]> {
  const rows = library.list.locator('[data-recording-id]');
  const tops = await rows.evaluateAll((all) =>
    all.map((row) => ({
      top: row.getBoundingClientRect().top,
      name:
        row
          .querySelector('[role=checkbox]')
          ?.getAttribute('aria-label')
          ?.replace(/^Select /, '') ?? '',
    })),
  );
  return tops.sort((a, b) => a.top - b.top).map(({ name }) => name);
}
