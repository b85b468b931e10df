import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { forgetSamples, frameLevels, heardSamples, peakOf, recordSamples } from './pages/heard-samples.ts';
import { KeysPage } from './pages/keys-page.ts';
import { notePlayedSound, playedRanges, playerNow } from './pages/played-sound.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutCall } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

const PHONE = 'phone-8k.wav';

test.describe.configure({ timeout: 240_000 });
test.use({ vault: 'transcribed' });

test('snippets are inserted by key, by name and from the palette, as one edit each, and are the vault’s', async ({
  app,
  gate,
  library,
}) => {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const settings = new SettingsPage(app);
  const open = async () => {
    await library.open(PHONE);
    await transcript.expectOpen(PHONE);
  };
  await open();
  const before = await storedSegments(app, PHONE);

  await test.step('Ctrl+1 inserts where it is heard, and one undo takes it back', async () => {
    await transcript.playhead.fill('7000');
    await transcript.putCaretBehind('My name is Laura');
    await page.keyboard.press('ControlOrMeta+1');
    await expect(transcript.text()).toContainText('My name is Laura [inaudible 00:00:07]');
    await page.keyboard.type(' so');
    await expect(transcript.text()).toContainText('[inaudible 00:00:07] so');
    await transcript.expectSaved();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text()).toContainText('My name is Laura [inaudible 00:00:07]');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text()).not.toContainText('inaudible');
    await transcript.expectSaved();
    expect(await storedSegments(app, PHONE)).toEqual(before);
  });

  await test.step('a semicolon, the name and Tab do the same; words keep their times', async () => {
    await transcript.putCaretBehind('My name is Laura');
    await page.keyboard.type(' ;Pause');
    await page.keyboard.press('Tab');
    await expect(transcript.text()).toContainText('My name is Laura [pause]');
    await expect(transcript.text()).toBeFocused();
    await transcript.expectSaved();
    const wordsOf = (segments: typeof before) => segments.flatMap(({ words }) => words);
    const laura = (segments: typeof before) => wordsOf(segments).find(({ text }) => text.startsWith('Laura'));
    expect(laura(await storedSegments(app, PHONE))?.startMs).toBe(laura(before)?.startMs);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text()).toContainText('My name is Laura ;Pause');
    await page.keyboard.press('ControlOrMeta+z');
  });

  await test.step('one of one’s own, with a key that another action had', async () => {
    await settings.open('Snippets');
    await expectAccessible(app, 'snippets');
    await page.getByRole('button', { name: 'Add a snippet' }).click();
    await page.getByRole('textbox', { name: 'Name of snippet 4, for typing' }).fill('pause');
    await expect(page.getByText('Another snippet has this name.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Text of snippet 4' }).fill('{speaker}({cursor}, aside)');
    await page.getByRole('textbox', { name: 'Name of snippet 4, for typing' }).fill('aside');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Change the keys of snippet 4' }).click();
    const dialog = new KeysPage(app).dialog('Insert snippet 4');
    await page.keyboard.press('F4');
    await expect(dialog.getByRole('status')).toContainText('F4 means “Faster” now');
    await dialog.getByRole('button', { name: 'Use F4 alone' }).click();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await open();
    await transcript.putCaretBehind('My name is Laura');
    await app.page.keyboard.press('F4');
    await app.page.keyboard.type('said low');
    await expect(transcript.text()).toContainText('(said low, aside)');
    await expect(transcript.button('Speed: 1 times')).toBeVisible();
  });

  await test.step('the palette has them', async () => {
    await app.page.keyboard.press('ControlOrMeta+k');
    await app.page.getByRole('combobox').fill('crosstalk');
    await app.page.keyboard.press('Enter');
    await expect(transcript.text()).toContainText('[crosstalk]');
    const held = await readFile(join(app.home, 'window', 'interface.json'), 'utf8');
    expect(held).toContain('snippet4');
    expect(held, 'their texts may name people').not.toContain('aside');
  });
});

test('keys work from any program while a text is open, and only then', async ({ app, library }) => {
  const { page } = app;
  const keys = new KeysPage(app);
  const transcript = new TranscriptPage(app);
  await keys.open();
  await app.electron.evaluate(({ globalShortcut }) => {
    (globalShortcut as unknown as { taken: Set<string> }).taken.add('F7');
  });
  await keys.give('Play or pause, from any program', 'F9');
  await keys.give('Back 5 seconds, from any program', 'F10');
  await keys.give('Set a marker in the text, from any program', 'F6');
  await expect(keys.row('Play or pause, from any program')).toContainText('F9');

  await test.step('one that another program has is told, here and in the text', async () => {
    await keys.give('Slower, from any program', 'Shift+F7');
    await expect(keys.row('Slower, from any program')).not.toContainText('Another program');
    await keys.give('Faster, from any program', 'F7');
    await expect(keys.row('Faster, from any program')).toContainText(
      'Another program or the system has this key',
    );
  });
  expect(await isRegistered(app, 'F9'), 'no text is open').toBe(false);

  await test.step('behind another window they play, go back and mark', async () => {
    await library.goTo('All recordings');
    await notePlayedSound(app);
    await library.open(PHONE);
    await transcript.expectOpen(PHONE);
    await expect(page.getByText(/has a key that should work from any program: Faster/)).toBeVisible();
    await expect.poll(() => isRegistered(app, 'F9')).toBe(true);
    await transcript.playhead.fill('8000');
    await page.evaluate(() => window.dispatchEvent(new FocusEvent('blur')));
    await press(app, 'F10');
    await expect.poll(() => transcript.playheadMs()).toBeLessThan(3100);
    await press(app, 'F6');
    await expect(page.getByRole('button', { name: '1 marker' })).toBeVisible();
    await press(app, 'F9');
    await expect(transcript.button('Pause')).toBeVisible();
    // Held down, the system presses it again and again.
    for (let repeat = 0; repeat < 4; repeat += 1) await press(app, 'F9');
    await expect(transcript.button('Pause')).toBeVisible();
  });

  await test.step('where the system hands the same press to the window as well, it counts once', async () => {
    await expect(async () => expect((await playerNow(app)).timeMs).toBeGreaterThan(3500)).toPass();
    await press(app, 'F9');
    await page.keyboard.press('F9');
    await expect(transcript.button('Play')).toBeVisible();
    expect(await playedRanges(app)).toHaveLength(1);
  });

  await test.step('in the library, and when the vault is locked, other programs have them back', async () => {
    await library.goTo('All recordings');
    await expect.poll(() => isRegistered(app, 'F9')).toBe(false);
    await library.open(PHONE);
    await expect.poll(() => isRegistered(app, 'F9')).toBe(true);
    await app.page.keyboard.press('ControlOrMeta+l');
    await expect.poll(() => isRegistered(app, 'F9')).toBe(false);
  });
});

test('a call is played louder without clipping, and one side alone, and stays so', async ({
  app,
  gate,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  const call = 'call.wav';
  await library.transcribe(cutCall(14, app.home, call));
  await recordSamples(app);
  await notePlayedSound(app);
  await library.open(call);
  await transcript.expectOpen(call);
  const play = async (fromMs: number, forMs: number) => {
    await transcript.playhead.fill(String(fromMs));
    await forgetSamples(app);
    await transcript.text().focus();
    await app.page.keyboard.press('Escape');
    await expect
      .poll(async () => (await playerNow(app)).timeMs, { timeout: 60_000 })
      .toBeGreaterThan(fromMs + forMs);
    await app.page.keyboard.press('Escape');
    await expect(transcript.button('Play')).toBeVisible();
    return await heardSamples(app);
  };

  await test.step('24 dB, by key: what would clip is held below the ceiling', async () => {
    for (let step = 0; step < 9; step += 1) await app.page.keyboard.press('Shift+F4');
    await expect(transcript.button('Volume and channels: +24 dB')).toBeVisible();
    await app.page.keyboard.press('F4');
    await expect(transcript.button('Speed: 1.125 times')).toBeVisible();
    const { player, speaker } = await play(0, 6000);
    expect(await playerNow(app)).toMatchObject({ rate: 1.125, keepsPitch: true });
    await app.page.keyboard.press('F3');
    const [before, after] = [player[0], speaker[0]];
    expect(peakOf(before) * 10 ** (24 / 20), 'without a limiter it would clip').toBeGreaterThan(1.5);
    expect(peakOf(after)).toBeLessThanOrEqual(10 ** (-1 / 20) + 1e-4);
    expect(peakOf(after)).toBeGreaterThan(0.7);
    const mean = (levels: readonly number[]) => levels.reduce((sum, level) => sum + level, 0) / levels.length;
    expect(mean(frameLevels(after)) / mean(frameLevels(before))).toBeGreaterThan(2);
  });

  await test.step('one side alone is on both ears, and nothing of the other', async () => {
    for (let step = 0; step < 9; step += 1) await app.page.keyboard.press('Shift+F3');
    await expect(transcript.button('Volume and channels: 0 dB')).toBeVisible();
    await transcript.sound.getByRole('button', { name: 'Channel 2 alone' }).click();
    await expect(transcript.sound.getByRole('button', { name: 'Channel 2 alone' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    const { player, speaker } = await play(0, 12_000);
    const sides = speaker.map((side) => side.slice(8192)) as [number[], number[]];
    const apart = sides[0].map((sample, index) => sample - (sides[1][index] ?? 0));
    expect(peakOf(apart)).toBeLessThan(1e-3);
    const levels = [player[0], player[1], speaker[0]].map(frameLevels) as [number[], number[], number[]];
    const [one, two, heard] = levels;
    const frames = heard.map((_, frame) => frame).slice(2, -2);
    const onlyOne = frames.filter((frame) =>
      [-1, 0, 1].every((by) => (two[frame + by] ?? 1) < 0.003 && (one[frame + by] ?? 0) > 0.02),
    );
    const speaksTwo = frames.filter((frame) => (two[frame] ?? 0) > 0.05);
    expect(onlyOne.length).toBeGreaterThan(2);
    expect(speaksTwo.length).toBeGreaterThan(2);
    for (const frame of onlyOne) expect(heard[frame]).toBeLessThan(0.004);
    // On a busy machine a frame now and then is heard a moment later than it was played.
    const asLoud = speaksTwo.filter((frame) => (heard[frame] ?? 0) / (two[frame] ?? 1) > 0.6);
    expect(asLoud.length / speaksTwo.length).toBeGreaterThan(0.8);
  });

  await test.step('it is kept with the recording', async () => {
    await transcript.button('Volume and channels: 0 dB').click();
    const volume = app.page.getByRole('slider', { name: 'Louder than recorded' });
    await volume.fill('12');
    await expectAccessible(app, 'volume and channels');
    await app.page.keyboard.press('Escape');
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await library.open(PHONE);
    await transcript.expectOpen(PHONE);
    await expect(transcript.button('Volume and channels: 0 dB')).toBeVisible();
    await transcript.button('Back').first().click();
    await library.open(call);
    await transcript.expectOpen(call);
    await transcript.button('Volume and channels: +12 dB').click();
    await expect(app.page.getByRole('radio', { name: 'Channel 2 alone' })).toBeChecked();
  });
});

test('misspelled words are marked in view, corrected by keyboard and by menu, and learnt by the vault', async ({
  app,
  gate,
  library,
}) => {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const settings = new SettingsPage(app);
  const marked = () => app.page.locator('.vs-misspelled').allTextContents();
  const list = () => app.page.getByRole('dialog', { name: /^Suggestions for/ });
  await library.open(PHONE);
  await transcript.expectOpen(PHONE);
  await transcript.putCaretBehind('My name is Laura');
  await page.keyboard.type(' Brightwter and I recieved it');
  await page.keyboard.press('F7');
  await expect(page.getByText('Spelling is switched off. Switch it on in the settings.')).toBeVisible();
  expect(await marked()).toEqual([]);
  await transcript.expectSaved();

  await test.step('it is switched on in the settings, with words of the vault', async () => {
    await settings.open('Spelling');
    await page.getByRole('switch', { name: 'Mark words that may be misspelled' }).click();
    await page.getByRole('textbox', { name: 'New word' }).fill('Brightwater');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Remove Brightwater' })).toBeVisible();
    await expectAccessible(app, 'spelling');
  });

  await test.step('F7 goes from one to the next; the vault’s own word is the first suggestion', async () => {
    await library.goTo('All recordings');
    await library.open(PHONE);
    await transcript.expectOpen(PHONE);
    await expect.poll(marked).toEqual(expect.arrayContaining(['Brightwter', 'recieved']));
    await transcript.putCaretBehind('My name is Laura');
    await page.keyboard.press('F7');
    await expect(list()).toHaveAccessibleName('Suggestions for “Brightwter”');
    await expect(list().getByRole('button', { name: 'Brightwater' })).toBeFocused();
    await expectAccessible(app, 'suggestions');
    await page.keyboard.press('Enter');
    await expect(transcript.text()).toContainText('Laura Brightwater and I recieved it');
    await page.keyboard.press('F7');
    await expect(list()).toHaveAccessibleName('Suggestions for “recieved”');
    await page.keyboard.press('Escape');
    await expect(list()).toBeHidden();
    await expect(transcript.button('Play')).toBeVisible();
  });

  await test.step('a right click corrects as one edit; one undo brings the word back', async () => {
    await page.locator('.vs-misspelled', { hasText: 'recieved' }).click({ button: 'right' });
    await list().getByRole('button', { name: 'received', exact: true }).click();
    await expect(transcript.text()).toContainText('Brightwater and I received it');
    await transcript.expectSaved();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text()).toContainText('Brightwater and I recieved it');
  });

  await test.step('added to the vault it is right everywhere, after a restart too', async () => {
    await page.locator('.vs-misspelled', { hasText: 'recieved' }).click({ button: 'right' });
    await list().getByRole('button', { name: 'Add to the vault’s words' }).click();
    await expect.poll(marked).not.toContain('recieved');
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await library.open(PHONE);
    await transcript.expectOpen(PHONE);
    await transcript.putCaretBehind('Laura Brightwater');
    await app.page.keyboard.type(' wonderring ');
    await expect.poll(marked).toContain('wonderring');
    expect(await marked()).not.toContain('recieved');
  });

  await test.step('typing waits for nothing', async () => {
    const longest = await longestTypedFrame(
      app,
      'and then she wrod everything that hapened to the polise officer ',
    );
    expect(longest).toBeLessThan(250);
    await expect.poll(marked).toEqual(expect.arrayContaining(['hapened', 'polise']));
  });
});

async function isRegistered(app: RunningApp, accelerator: string): Promise<boolean> {
  return await app.electron.evaluate(
    ({ globalShortcut }, key) => globalShortcut.isRegistered(key),
    accelerator,
  );
}

async function press(app: RunningApp, accelerator: string): Promise<void> {
  await app.electron.evaluate(({ globalShortcut }, key) => {
    (globalShortcut as unknown as { press(accelerator: string): void }).press(key);
  }, accelerator);
}

/** Types a text, and returns the longest time from a key to the next frame, in milliseconds. */
async function longestTypedFrame(app: RunningApp, text: string): Promise<number> {
  await app.page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { typedFrames: times });
    window.addEventListener('keydown', ({ timeStamp }) => {
      requestAnimationFrame(() => times.push(performance.now() - timeStamp));
    });
  });
  await app.page.keyboard.type(text, { delay: 30 });
  const times = await app.page.evaluate(() => (window as unknown as { typedFrames: number[] }).typedFrames);
  return Math.max(...times);
}
