import { RetranscribeDialog } from './pages/retranscribe-dialog.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { quietenedRecording } from './recordings.ts';
import { BILINGUAL, expect, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });
test.use({ vault: 'bilingual' });

test('a passage is transcribed again in its own language; corrections elsewhere and the earlier text stay', async ({
  app,
  gate,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const rerun = new RetranscribeDialog(app);
  const name = BILINGUAL;
  await library.open(name);
  await expect(transcript.text(name)).toContainText('revisar el document? No');
  await transcript.putCaretBehind('We waited twelve months');
  await app.page.keyboard.type(' and a day');
  await transcript.expectSaved();

  await test.step('all by keyboard', async () => {
    await transcript.putCaretBehind('Quiere Ana');
    await app.page.keyboard.press('ControlOrMeta+Shift+t');
    await expect(rerun.choice(/^This passage/)).toBeFocused();
    await app.page.keyboard.press('Tab');
    await expect(rerun.language).toBeFocused();
    await app.page.keyboard.type('Spanish');
    await app.page.keyboard.press('Shift+Tab');
    await app.page.keyboard.press('Enter');
    await rerun.expectDone();
  });
  await expect(transcript.text(name)).toContainText('revisar el documento?');
  await expect(transcript.text(name)).toContainText('We waited twelve months and a day');

  await test.step('the correction can still be undone', async () => {
    await transcript.text(name).focus();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text(name)).not.toContainText('and a day');
    await transcript.button('Redo').click();
    await expect(transcript.text(name)).toContainText('and a day');
  });

  await test.step('after a restart it is there, and so is the earlier text', async () => {
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await library.open(name);
    await expect(transcript.text(name)).toContainText('revisar el documento?');
    await expect(transcript.text(name)).toContainText('and a day');
    await app.page.keyboard.press('ControlOrMeta+Shift+h');
    const versions = app.page.getByRole('dialog', { name: 'Versions' });
    await expect(versions.getByRole('listitem')).toHaveCount(4);
    await versions.getByRole('button', { name: /^Version 2/ }).click();
    const earlier = app.page.getByRole('textbox', { name: /^Version 2 of / });
    await expect(earlier).toContainText('revisar el document? No');
    await expect(earlier).toContainText('and a day');
  });
});

test('not a letter is lost that is typed at the very moment at which the new text comes', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const rerun = new RetranscribeDialog(app);
  const name = BILINGUAL;
  await library.open(name);
  await transcript.expectOpen(name);
  const again = async (language: string) => {
    await transcript.putCaretBehind('Quiere Ana');
    await app.page.keyboard.press('ControlOrMeta+Shift+t');
    await expect(rerun.choice(/^This passage/)).toBeFocused();
    await rerun.language.selectOption(language);
    await rerun.begin();
    await expect(transcript.text()).toBeFocused();
  };
  /** Types on the event of the new text, before the page has fetched it: at the caret, or behind these words. */
  const typeWhenRenewed = (letters: string, behind = '') =>
    app.page.evaluate(
      ([typed, words]) => {
        const end = window.voicesync.subscribe(({ event }) => {
          if (event.type !== 'core' || event.event.type !== 'rangeRetranscribed') return;
          end();
          const type = () => document.execCommand('insertText', false, typed);
          if (words === '' || !('find' in window) || typeof window.find !== 'function') return type();
          getSelection()?.collapse(document.querySelector('.cm-line'), 0);
          window.find(words);
          getSelection()?.collapseToEnd();
          // The editor must update its selection first.
          setTimeout(type);
        });
      },
      [letters, behind] as const,
    );

  await test.step('in the passage: it is kept in the earlier text', async () => {
    await typeWhenRenewed(' Lucrecia');
    await again('Spanish');
    await rerun.expectDone();
    await expect(app.page.getByText('What you typed there is in version 3.')).toBeVisible();
    await expect(transcript.text()).toContainText('revisar el documento?');
    await expect(transcript.text()).not.toContainText('Lucrecia');
    await expect(app.page.getByText('has changed meanwhile')).toHaveCount(0);
    await app.page.keyboard.press('ControlOrMeta+Shift+h');
    await app.page
      .getByRole('dialog', { name: 'Versions' })
      .getByRole('button', { name: /^Version 3/ })
      .click();
    await expect(app.page.getByRole('textbox', { name: /^Version 3 of / })).toContainText(
      'Quiere Ana Lucrecia',
    );
    await app.page.keyboard.press('Alt+ArrowLeft');
    await transcript.expectOpen(name);
  });

  await test.step('elsewhere: it stays in the text', async () => {
    await typeWhenRenewed(' indeed', 'We waited twelve months');
    await again('English');
    await expect(transcript.text()).not.toContainText('revisar el documento?');
    await expect(transcript.text()).toContainText('We waited twelve months indeed');
    await transcript.expectSaved();
    await transcript.button('Back').click();
    await library.open(name);
    await expect(transcript.text()).toContainText('We waited twelve months indeed');
  });
});

test('the command palette offers it for the open transcript', async ({ app, library }) => {
  const name = BILINGUAL;
  await library.open(name);
  await new TranscriptPage(app).expectOpen(name);
  await app.page.keyboard.press('ControlOrMeta+k');
  await app.page.keyboard.type('Transcribe again');
  await app.page.keyboard.press('Enter');
  const rerun = new RetranscribeDialog(app);
  await expect(rerun.dialog).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(new TranscriptPage(app).text(name)).toBeFocused();

  await test.step('the keyboard stays in the dialog, also with the caret at the end of a wrapped line', async () => {
    await app.page.keyboard.press('End');
    await app.page.keyboard.press('ControlOrMeta+Shift+t');
    await expect(rerun.dialog.getByRole('radio').first()).toBeFocused();
    await app.page.keyboard.press('ArrowDown');
    await expect(rerun.dialog.getByRole('radio').nth(1)).toBeChecked();
  });
});

test('a stretch without speech is transcribed when asked for', async ({ app, library }, testInfo) => {
  const rerun = new RetranscribeDialog(app);
  const transcript = new TranscriptPage(app);
  const recording = quietenedRecording('memo-en.mp3', { fromS: 6, toS: 15 }, testInfo.outputPath('.'));
  const [name = ''] = await library.transcribe(recording);
  await library.open(name);
  const skipped = transcript.text(name).getByText('No speech found');
  await expect(skipped).toBeVisible();
  await app.page.getByRole('button', { name: 'Transcribe this stretch' }).click();
  await expect(rerun.choice(/^The stretch without speech/)).toBeChecked();
  await rerun.begin();
  await rerun.expectDone();
  await expect(skipped).toBeHidden();
});

test('the language chip transcribes again from where the user was', async ({ app, library }) => {
  const transcript = new TranscriptPage(app);
  const name = BILINGUAL;
  await library.open(name);
  await expect(transcript.text(name)).toContainText('revisar el document? No');
  await transcript.putCaretBehind('The code');
  await app.page.keyboard.type(' word');
  await transcript.playhead.fill('29000');
  await transcript.expectSaved();
  await transcript.button('Back').click();

  await library
    .row(name)
    .getByRole('button', { name: /^Language: / })
    .click();
  await app.page.getByRole('menuitemcheckbox', { name: /^From 0:29 on/ }).click();
  await app.page.getByRole('menuitemcheckbox', { name: 'Spanish', exact: true }).click();
  await new RetranscribeDialog(app).expectDone();
  await library.expectDone(name);
  await library.open(name);
  // The small model transcribes it differently in Spanish.
  await expect(transcript.text(name)).not.toContainText('revisar el document?');
  await expect(transcript.text(name)).toContainText('abrir la llave');
  await expect(transcript.text(name)).toContainText('The code word');
});
