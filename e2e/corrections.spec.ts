import { readFile, writeFile } from 'node:fs/promises';
import { expectAccessible } from './accessible.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, fixtureFile, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

/** The next file that is asked for, to be read or to be written, is this one. */
async function chooseFile(app: RunningApp, filePath: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
  }, filePath);
}

test('rules of the vault correct a new transcript, are shown, and taken back one by one and all at once', async ({
  app,
  library,
}, testInfo) => {
  const { page } = app;
  const settings = new SettingsPage(app);
  const transcript = new TranscriptPage(app);
  const list = page.getByRole('list', { name: 'Corrections' });

  await test.step('a list is imported, one is typed, and both are saved as a file', async () => {
    await settings.open('Automatic corrections');
    const file = testInfo.outputPath('names.txt');
    await writeFile(file, 'no such phrase\tnever written\n');
    await chooseFile(app, file);
    await page.getByRole('button', { name: 'Import a list…' }).click();
    await expect(page.getByText('1 correction added.')).toBeVisible();
    await page.getByLabel('Heard as').fill('Sarah');
    await page.getByLabel('Write instead').fill('Susanna');
    await page.keyboard.press('Enter');
    await expect(list.getByRole('listitem')).toHaveText([
      'no such phrase → never written',
      'Sarah → Susanna',
    ]);
    await expectAccessible(app, 'automatic corrections');
    const saved = testInfo.outputPath('saved.txt');
    await chooseFile(app, saved);
    await page.getByRole('button', { name: 'Save the list…' }).click();
    await expect(page.getByText('The list is saved.')).toBeVisible();
    expect(await readFile(saved, 'utf8')).toBe('no such phrase\tnever written\nSarah\tSusanna\n');
  });

  await library.goTo('All recordings');
  const [name = ''] = await library.transcribe(fixtureFile('phone-8k.wav'));
  await library.open(name);
  const text = transcript.text(name);
  const count = async (word: string) => (await text.innerText()).split(word).length - 1;
  await expect(text).toContainText('Susanna');
  await expect(text).not.toContainText('Sarah');
  const places = await count('Susanna');
  expect(places).toBeGreaterThan(1);
  const told = page.getByText(`${places} corrections applied by your rules`);

  await test.step('they are listed, and one is taken back', async () => {
    await expect(told).toBeVisible();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Corrected by your rules' });
    await expect(dialog.getByRole('listitem')).toHaveCount(places);
    await expectAccessible(app, 'corrected by rules');
    await dialog
      .getByRole('button', { name: /^Take back “Susanna” at/ })
      .first()
      .click();
    await expect(dialog.getByText('Taken back or changed since')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect.poll(() => count('Sarah')).toBe(1);
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await dialog.getByRole('button', { name: /^Take (all )?\d+ back$/ }).click();
    await expect(dialog.getByText('Taken back or changed since')).toHaveCount(places);
    await page.keyboard.press('Escape');
    await expect(text).not.toContainText('Susanna');
    await expect(told).toBeHidden();
  });

  await test.step('each was one edit: undo brings them again', async () => {
    await transcript.button('Undo').click();
    await expect.poll(() => count('Susanna')).toBe(places - 1);
    await transcript.button('Undo').click();
    await expect.poll(() => count('Susanna')).toBe(places);
    await transcript.button('Undo').click();
    await expect(text).not.toContainText('Susanna');
    await expect(transcript.button('Undo')).toBeDisabled();
  });
});

test.describe('with a transcript', () => {
  test.use({ vault: 'transcribed' });

  test('a replacement becomes a rule of the matter, which the matter lists', async ({ app, library }) => {
    const { page } = app;
    const transcript = new TranscriptPage(app);
    await page.keyboard.press('ControlOrMeta+n');
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Miller');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Miller', level: 1 })).toBeVisible();
    await library.goTo('All recordings');
    await page.evaluate(async () => {
      const [recordings, matters] = [
        await window.voicesync['library.list'](),
        await window.voicesync['matters.list'](),
      ];
      if (!recordings.ok || !matters.ok) throw new Error('The library cannot be read.');
      const ids = recordings.value.map(({ id }) => id);
      await window.voicesync['library.move']({ ids, matterId: matters.value[0]?.id ?? null });
    });
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await page.keyboard.press('ControlOrMeta+f');
    const bar = page.getByRole('search', { name: 'Find and replace' });
    await bar.getByLabel('Find', { exact: true }).fill('Sarah');
    await bar.getByLabel('Replace with').fill('Susanna');
    const offer = bar.getByRole('button', { name: 'Also in new transcripts…' });
    await expect(offer).toBeHidden();
    await bar.getByRole('button', { name: 'Replace all' }).click();
    await offer.click();
    const dialog = page.getByRole('dialog', { name: 'Correct this in new transcripts' });
    await expect(dialog.getByLabel('In which recordings')).toHaveValue(/.+/);
    await expectAccessible(app, 'a new rule');
    await dialog.getByRole('button', { name: 'Add' }).click();
    await expect(dialog).toBeHidden();
    await library.goTo('Miller 2');
    await page.getByRole('main').getByRole('button', { name: 'Edit Miller' }).click();
    const matter = page.getByRole('dialog', { name: 'Edit Miller' });
    await matter.getByText('Automatic corrections').click();
    await expect(matter.getByRole('list', { name: 'Corrections' })).toContainText('Sarah → Susanna');
    await expectAccessible(app, 'a matter’s rules');
  });
});
