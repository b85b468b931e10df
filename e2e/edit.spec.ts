import { TranscriptPage } from './pages/transcript-page.ts';
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

test('what was typed last is there after a kill, and so is the place', async ({ app, gate, library }) => {
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  await transcript.playhead.fill('7000');
  await transcript.putCaretBehind('My name is Laura');
  await app.page.keyboard.type(' Villanuev');
  await transcript.expectSaved();
  await app.page.keyboard.type('a');
  await transcript.expectSaved();
  await expect.poll(() => keptOffset(app)).toBe('My name is Laura Villanueva'.length);
  await app.kill();

  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await library.open('phone-8k.wav');
  await expect(transcript.text()).toContainText('My name is Laura Villanueva');
  await expect(transcript.clock('00:07.0')).toBeVisible();
  // The caret is where it was: typing goes on there.
  await transcript.expectOpen('phone-8k.wav');
  await app.page.keyboard.type('-Ortiz');
  await expect(transcript.text()).toContainText('My name is Laura Villanueva-Ortiz');
});

/** Where the caret of the first transcript is kept to be, in characters from its segment's beginning. */
async function keptOffset(app: RunningApp): Promise<number | null> {
  return await app.page.evaluate(async () => {
    const list = await window.voicesync['library.list']();
    const recording = list.ok ? list.value.find(({ name }) => name === 'phone-8k.wav') : undefined;
    if (recording === undefined) return null;
    const transcript = await window.voicesync['transcripts.open']({ recordingId: recording.id });
    return transcript.ok ? transcript.value.place.offset : null;
  });
}
