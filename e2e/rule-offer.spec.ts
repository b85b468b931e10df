import { expectAccessible } from './accessible.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

/** Types a word in the place of the one before the caret. */
async function replaceWord(app: RunningApp, old: string, word: string): Promise<void> {
  const transcript = new TranscriptPage(app);
  await transcript.putCaretBehind(old);
  for (const _ of old) await app.page.keyboard.press('Backspace');
  await app.page.keyboard.type(word);
}

test('a word that is corrected again may become a rule, which is undone, and an offer in a later text is declined', async ({
  app,
  library,
}) => {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const settings = new SettingsPage(app);
  const rules = page.getByRole('list', { name: 'Corrections' });

  await test.step('corrected once more in the same text, it is offered while the keyboard stays in the text', async () => {
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await replaceWord(app, 'Sarah', 'Susanna');
    await page.getByRole('button', { name: '1 more – review' }).click();
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    const offer = page.getByRole('status').filter({ hasText: '“Sarah” → “Susanna”, once more.' });
    await expect(offer).toBeVisible();
    await expect(transcript.text('phone-8k.wav')).toBeFocused();
    await page.keyboard.type('!');
    await expect(transcript.text('phone-8k.wav')).toContainText('!');
    await expect(offer).toBeVisible();
    await expectAccessible(app, 'offer of a rule');
  });

  await test.step('it becomes a rule, and is undone', async () => {
    await page.getByRole('button', { name: 'Always correct…' }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const made = page
      .getByRole('status')
      .filter({ hasText: '“Sarah” will be corrected in new transcripts.' });
    await expect(made).toBeVisible();
    await settings.open('Automatic corrections');
    await expect(rules.getByRole('listitem')).toHaveText(['Sarah → Susanna']);
    await library.goTo('All recordings');
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await expect(made, 'it belongs to the text as it was open').toBeHidden();
    await settings.open('Automatic corrections');
    await page.getByRole('button', { name: 'Remove “Sarah”' }).click();
    await expect(page.getByText('There are none yet.')).toBeVisible();
  });

  await test.step('corrected in one recording, it is offered in another that has it, and undone there', async () => {
    await library.goTo('All recordings');
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await replaceWord(app, 'Mike', 'Mikel');
    await transcript.expectSaved();
    await library.goTo('All recordings');
    await library.open('memo-en.mp3');
    await transcript.expectOpen('memo-en.mp3');
    await expect(page.getByText('“Mike” is in this text too.')).toBeVisible();
    await expectAccessible(app, 'offer of a rule in a later text');
    await page.getByRole('button', { name: 'Always correct…' }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(
      page.getByRole('button', { name: '1 more – review' }),
      'it can be corrected here',
    ).toBeVisible();
    await page.getByRole('button', { name: 'Leave the others' }).click();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await settings.open('Automatic corrections');
    await expect(page.getByText('There are none yet.')).toBeVisible();
  });

  await test.step('declined, it is not asked again', async () => {
    const open = async () => {
      await library.goTo('All recordings');
      await library.open('memo-en.mp3');
      await transcript.expectOpen('memo-en.mp3');
    };
    const offer = page.getByText('“Mike” is in this text too.');
    await open();
    await page.getByRole('button', { name: 'Do not ask again' }).click();
    await expect(offer).toBeHidden();
    await expect(transcript.text('memo-en.mp3')).toBeFocused();
    await open();
    await replaceWord(app, 'hospital', 'clinic');
    await transcript.expectSaved();
    await expect(offer).toBeHidden();
  });
});
