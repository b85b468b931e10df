import { TranscriptPage } from './pages/transcript-page.ts';
import { VersionPage } from './pages/version-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('the machine’s draft is read beside the corrected text, made current, and undone, all by keyboard', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const version = new VersionPage(app);
  const { keyboard } = app.page;
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const draft = await transcript.text().innerText();
  await transcript.putCaretBehind('My name is Laura');
  await keyboard.type(' Villanueva');
  await transcript.expectSaved();
  const corrected = await transcript.text().innerText();

  await keyboard.press('ControlOrMeta+Shift+h');
  await expect(version.rows).toHaveCount(2);
  await expect(version.rows.first()).toContainText('Corrected text');
  await expect(version.rows.first()).toContainText('1 passage changed');
  await expect(version.rows.first()).toContainText('Current text');
  await expect(version.rows.first()).toBeFocused();
  await keyboard.press('Tab');
  await expect(version.rows.last()).toContainText('Machine draft');
  await keyboard.press('Enter');

  await expect(version.banner).toContainText('You are looking at version 1');
  await expect(version.banner).toContainText('Machine draft');
  await expect(version.text).toBeFocused();
  expect(await version.text.innerText()).toBe(draft);
  await expect(version.places).toHaveText('1 place differs from the current text');
  await expect(version.marks).toHaveCount(1);
  await expect(version.marks).toHaveAttribute('title', /“Villanueva”/);

  await test.step('typing changes nothing', async () => {
    await keyboard.type('Should not be there');
    await keyboard.press('Backspace');
    expect(await version.text.innerText()).toBe(draft);
  });

  await test.step('it is played and compared with the keys of the transcript', async () => {
    await keyboard.press('ControlOrMeta+.');
    await expect(version.places).toHaveText('1 of 1');
    const before = await transcript.playheadMs();
    await keyboard.press('Escape');
    await expect(transcript.button('Pause')).toBeVisible();
    await expect.poll(() => transcript.playheadMs()).toBeGreaterThan(before);
    await keyboard.press('Escape');
    await expect(transcript.button('Play')).toBeVisible();
  });

  await test.step('its words can be copied', async () => {
    await version.text.focus();
    await keyboard.press('ControlOrMeta+a');
    expect(await app.page.evaluate(() => getSelection()?.toString())).toContain('My name is Laura');
  });

  await test.step('it is searched, and nothing in it can be replaced', async () => {
    await keyboard.press('ControlOrMeta+f');
    const find = app.page.getByRole('search', { name: 'Find', exact: true });
    await keyboard.type('name is');
    await expect(find.getByText('1 of 1', { exact: true })).toBeVisible();
    await keyboard.press('Enter');
    await expect(version.text.locator('.vs-found-current')).toHaveText('name is');
    await expect(find.getByRole('textbox')).toHaveCount(1);
    await expect(find.getByRole('button', { name: /Replace/ })).toHaveCount(0);
    await keyboard.press('Escape');
    await expect(find).toHaveCount(0);
    await expect(version.text).toBeFocused();
    await expect(transcript.button('Play')).toBeVisible();
  });

  await test.step('it is exported as it is', async () => {
    await keyboard.press('ControlOrMeta+e');
    const dialog = app.page.getByRole('dialog', { name: /^Export/ });
    await expect(dialog).toContainText('Version 1 of');
    await expect(dialog).toContainText('My name is Laura');
    await expect(dialog).not.toContainText('Villanueva');
    await keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(version.text).toBeFocused();
  });

  await version.button('Make this the current text').focus();
  await keyboard.press('Enter');
  await expect(app.page.getByText('Version 1 is the current text now.')).toBeVisible();
  await transcript.expectOpen('phone-8k.wav');
  expect(await transcript.text().innerText()).toBe(draft);
  await keyboard.press('ControlOrMeta+z');
  await expect(transcript.text()).toContainText('Villanueva');
  expect(await transcript.text().innerText()).toBe(corrected);
});

test('the command palette lists the versions of the open transcript, and a version leads back', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const version = new VersionPage(app);
  await library.open('memo-en.mp3');
  await transcript.expectOpen('memo-en.mp3');
  await app.page.keyboard.press('ControlOrMeta+k');
  await app.page.keyboard.type('versions');
  await app.page.keyboard.press('Enter');
  await expect(version.rows).toHaveCount(1);
  await expect(version.rows).toContainText('Current text');
  await app.page.keyboard.press('Enter');
  await transcript.expectOpen('memo-en.mp3');
});
