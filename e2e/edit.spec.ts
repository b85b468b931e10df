import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('a correction is there after a restart, and can still be undone', async ({ app, gate, library }) => {
  const transcript = new TranscriptPage(app);
  const open = async () => {
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
  };
  await open();
  const before = await transcript.text().innerText();
  expect(before).toContain('My name is Laura');

  await transcript.putCaretBehind('My name is Laura');
  await app.page.keyboard.type(' Villanueva');
  await expect(transcript.text()).toContainText('My name is Laura Villanueva');
  await transcript.expectSaved();

  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await open();
  await expect(transcript.text()).toContainText('My name is Laura Villanueva');

  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(transcript.text()).not.toContainText('Villanueva');
  expect(await transcript.text().innerText()).toBe(before);
  await transcript.button('Redo').click();
  await expect(transcript.text()).toContainText('My name is Laura Villanueva');
});

test('a kill in the middle of a word loses no letter, and neither caret, scroll nor playhead', async ({
  app,
  gate,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const transcript = new TranscriptPage(app);
  const recording = cutRecording('hearing-12min.opus', 60, testInfo.outputPath('.'));
  const [name = ''] = await library.transcribe(recording);
  await app.setSize(900, 600);
  await library.open(name);
  await transcript.expectOpen(name);
  await app.page.keyboard.press('Escape');
  await expect(transcript.button('Pause')).toBeVisible();
  await expect.poll(async () => (await transcript.place()).playheadMs).toBeGreaterThan(1000);
  await app.page.keyboard.press('Escape');
  await expect(transcript.button('Play')).toBeVisible();
  await app.page.keyboard.press('ControlOrMeta+End');
  await app.page.keyboard.type(' Villa');
  await transcript.expectSaved();

  // The page's clock is stopped: saving must not wait for a timer.
  await app.page.clock.install();
  await app.page.clock.pauseAt(Date.now() + 60_000);
  await app.page.keyboard.type('nuev');
  await expect.poll(() => storedText(app, name)).toContain(' Villanuev');
  const before = await transcript.place();
  expect(before.scrollTop).toBeGreaterThan(0);
  expect(before.playheadMs).toBeGreaterThan(0);
  await app.kill();

  await app.relaunch();
  await app.setSize(900, 600);
  await gate.unlock(PASSPHRASE);
  await library.open(name);
  await transcript.expectOpen(name);
  await expect(transcript.text()).toContainText('Villanuev');
  const scrolledBy = async () => Math.abs((await transcript.place()).scrollTop - before.scrollTop);
  await expect.poll(scrolledBy).toBeLessThanOrEqual(2);
  const after = await transcript.place();
  expect(after.beforeCaret).toBe(before.beforeCaret);
  expect(after.beforeCaret).toMatch(/Villanuev$/);
  expect(Math.abs(after.playheadMs - before.playheadMs)).toBeLessThanOrEqual(100);
  await expect.poll(() => transcript.drawnPlayhead()).toBeCloseTo(before.playheadMs / 60_000, 2);

  // Text typed without a pause before the kill is one undo group after it, however many edits were stored.
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(transcript.text()).not.toContainText('Villan');
});

test('a key pressed while a transcript is still being opened is not lost', async ({ app, library }) => {
  const name = 'phone-8k.wav';
  await library.openAndPress(name, { key: 'f', code: 'KeyF', ctrlKey: true });
  await expect(app.page.getByRole('search', { name: 'Find and replace' })).toBeVisible();
});

/** The text of a recording as stored by the main process. */
async function storedText(app: RunningApp, name: string): Promise<string> {
  return await app.page.evaluate(async (wanted) => {
    const list = await window.voicesync['library.list']();
    const recording = list.ok ? list.value.find((one) => one.name === wanted) : undefined;
    if (recording === undefined) return '';
    const transcript = await window.voicesync['transcripts.open']({ recordingId: recording.id });
    return transcript.ok ? transcript.value.packedSegments : '';
  }, name);
}

test('where all text is gone it can be written anew, and nothing of that is lost', async ({
  app,
  gate,
  library,
}) => {
  const name = 'phone-8k.wav';
  const transcript = new TranscriptPage(app);
  await library.open(name);
  await transcript.expectOpen(name);
  const before = await transcript.text().innerText();
  await app.page.keyboard.press('ControlOrMeta+a');
  await app.page.keyboard.press('Delete');
  await transcript.button('Back').click();
  await library.open(name);
  await transcript.expectOpen(name);
  await expect(app.page.getByText('You have removed the whole text.')).toBeVisible();

  await app.page.keyboard.type('Heard 👩‍👩‍👧 by me: אמת, ñ');
  await expect
    .poll(async () => (await storedSegments(app, name)).map(({ text }) => text))
    .toEqual(['Heard 👩‍👩‍👧 by me: אמת, ñ']);
  await expect(app.page.getByText('You have removed the whole text.')).toBeHidden();
  await app.kill();
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await library.open(name);
  await expect(transcript.text(name)).toContainText('Heard 👩‍👩‍👧 by me: אמת, ñ');

  await test.step('what begins in Hebrew or Arabic runs from right to left', async () => {
    await transcript.expectOpen(name);
    const direction = () =>
      transcript
        .text(name)
        .locator('.cm-line')
        .first()
        .evaluate((line) => getComputedStyle(line).direction);
    expect(await direction()).toBe('ltr');
    await app.page.keyboard.press('ControlOrMeta+Home');
    await app.page.keyboard.type('«אמת» ');
    await expect.poll(direction).toBe('rtl');
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(direction).toBe('ltr');
  });

  await test.step('two undos bring everything back', async () => {
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(app.page.getByText('You have removed the whole text.')).toBeVisible();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => transcript.text().innerText()).toBe(before);
  });
});
