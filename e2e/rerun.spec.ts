import { RerunDialog } from './pages/rerun-dialog.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { quietenedRecording } from './recordings.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

test.describe.configure({ timeout: 240_000 });

test('a passage is transcribed again in its own language; corrections elsewhere and the earlier text stay', async ({
  app,
  gate,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const rerun = new RerunDialog(app);
  const [name = ''] = await library.transcribe(fixtureFile('bilingual.wav'));
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

test('the command palette offers it for the open transcript', async ({ app, library }) => {
  const [name = ''] = await library.transcribe(fixtureFile('phone-8k.wav'));
  await library.open(name);
  await new TranscriptPage(app).expectOpen(name);
  await app.page.keyboard.press('ControlOrMeta+k');
  await app.page.keyboard.type('Transcribe again');
  await app.page.keyboard.press('Enter');
  const rerun = new RerunDialog(app);
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
  const rerun = new RerunDialog(app);
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
  const [name = ''] = await library.transcribe(fixtureFile('bilingual.wav'));
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
  await new RerunDialog(app).expectDone();
  await library.expectDone(name);
  await library.open(name);
  await expect(transcript.text(name)).toContainText('revisar el documento?');
  await expect(transcript.text(name)).toContainText('The code word');
});
