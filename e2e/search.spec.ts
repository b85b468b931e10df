import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('the search finds words in every transcript, and opens them', async ({ app, library }) => {
  const transcript = new TranscriptPage(app);
  await app.page.keyboard.press('ControlOrMeta+f');
  await expect(library.search).toBeFocused();
  await app.page.keyboard.type('recording');
  await expect(library.hits.first()).toBeVisible();
  await expect(library.hits.filter({ hasText: 'phone-8k.wav' })).toHaveCount(1);
  await expect(library.hits.filter({ hasText: 'memo-en.mp3' })).toHaveCount(1);
  for (const hit of await library.hits.all()) await expect(hit.locator('mark')).toHaveText(/^recording$/i);

  await test.step('the machine’s text and corrections are searched alike', async () => {
    await library.search.fill('Villanueva');
    await expect(app.page.getByRole('heading', { name: 'Nothing found for “Villanueva”' })).toBeVisible();
    await library.search.fill('');
    await library.open('phone-8k.wav');
    await transcript.putCaretBehind('My name is Laura');
    await app.page.keyboard.type(' Villanueva');
    await transcript.expectSaved();
    await transcript.button('Back').click();
    await library.search.fill('villanueva');
    await expect(library.hits).toHaveCount(1);
    await expect(library.hits.locator('mark')).toHaveText('Villanueva');
  });

  await test.step('Enter opens the hit, selected', async () => {
    await library.search.press('Enter');
    await expect(library.hits.first()).toBeFocused();
    await app.page.keyboard.press('Enter');
    await expect(transcript.text('phone-8k.wav')).toBeVisible();
    await expect
      .poll(() => app.page.evaluate(() => getSelection()?.toString() ?? ''))
      .toContain('Laura Villanueva');
  });

  await test.step('the way back leads to the hit that was opened', async () => {
    await app.page.keyboard.press('Alt+ArrowLeft');
    await library.search.fill('recording');
    const opened = library.hits.filter({ hasText: 'memo-en.mp3' });
    await expect(opened).toHaveCount(1);
    await opened.click();
    await expect(transcript.text('memo-en.mp3')).toBeVisible();
    await app.page.keyboard.press('Alt+ArrowLeft');
    await expect(opened).toBeFocused();
  });
});
