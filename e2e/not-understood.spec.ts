import { whileEngineWaits } from './engine-process.ts';
import { GatePage } from './pages/gate-page.ts';
import { notePlayedSound, playedRanges } from './pages/played-sound.ts';
import { RetranscribeDialog } from './pages/retranscribe-dialog.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { addUnclearText } from './unclear-text.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

const NAME = 'memo-en.mp3';

const TEXT = {
  sentences: [
    { startMs: 500, endMs: 3000, text: 'The witness came in at nine.' },
    { startMs: 7000, endMs: 9500, text: 'She sat down beside the window.' },
    { startMs: 11_200, endMs: 13_000, text: 'Nobody else was in the room.' },
    { startMs: 13_500, endMs: 18_500, text: 'And then she began to speak.' },
  ],
  // The second one is within a paragraph.
  notUnderstood: [
    { startMs: 3200, endMs: 6400 },
    { startMs: 9600, endMs: 11_100 },
  ],
  other: { startMs: 13_500, endMs: 18_500, language: 'es', probability: 0.92 },
};

test.use({ vault: 'transcribed' });

test.beforeEach(async ({ app }) => {
  test.setTimeout(240_000);
  await app.quit();
  await addUnclearText(app.vaultFolder, PASSPHRASE, NAME, TEXT);
  await app.relaunch();
  await new GatePage(app).unlock(PASSPHRASE);
});

test('speech without words stands in its place, is gone to and played, and can be typed or transcribed', async ({
  app,
  library,
}) => {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const rerun = new RetranscribeDialog(app);
  await notePlayedSound(app);
  await library.open(NAME);
  await transcript.expectOpen(NAME);
  const text = transcript.text(NAME);
  await expect(text.getByText('[00:03–00:06 not understood]')).toBeVisible();
  await expect(text.getByText('[00:09–00:11 not understood]')).toBeVisible();
  await expect(transcript.button('2 stretches not understood: listen to the next place')).toBeEnabled();

  await test.step('Ctrl+. goes to each and plays it', async () => {
    await page.keyboard.press('ControlOrMeta+.');
    await expect.poll(async () => (await playedRanges(app)).length, { timeout: 30_000 }).toBe(1);
    const [first] = await playedRanges(app);
    expect(Math.abs((first?.fromMs ?? 0) - 2700)).toBeLessThan(60);
    expect((await transcript.place()).beforeCaret).toContain('came in at nine.');
    await page.keyboard.press('ControlOrMeta+.');
    await expect.poll(async () => (await playedRanges(app)).length, { timeout: 30_000 }).toBe(2);
    expect(Math.abs(((await playedRanges(app))[1]?.fromMs ?? 0) - 9100)).toBeLessThan(60);
    expect((await transcript.place()).beforeCaret).toContain('beside the window.');
    await page.keyboard.press('ControlOrMeta+Shift+.');
    await expect.poll(async () => (await transcript.place()).beforeCaret).toContain('came in at nine.');
  });

  await test.step('what is said there can be typed', async () => {
    await page.keyboard.type(' Sit down, please.');
    await transcript.expectSaved();
    await expect(text).toContainText('at nine. Sit down, please.');
  });

  await test.step('it is the first that is offered to be transcribed again', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+t');
    await expect(rerun.choice('The stretch that was not understood, 00:03–00:06')).toBeChecked();
    await page.keyboard.press('Escape');
    await expect(rerun.dialog).toBeHidden();
    await text.getByRole('button', { name: 'Listen' }).last().click();
    await page.keyboard.press('ControlOrMeta+Shift+t');
    await expect(rerun.choice('The stretch that was not understood, 00:09–00:11')).toBeChecked();
    await page.keyboard.press('Escape');
    await expect(rerun.dialog).toBeHidden();
    await text.getByRole('button', { name: 'Transcribe again' }).click();
    await expect(rerun.choice('The stretch that was not understood, 00:03–00:06')).toBeChecked();
    await page.keyboard.press('Escape');
  });
});

test('another language is told of, and one click transcribes from there in it', async ({ app, library }) => {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  await library.open(NAME);
  await transcript.expectOpen(NAME);
  const notice = page.getByRole('region', { name: 'Other languages' });
  await expect(notice.getByText('From 00:13 on probably Spanish (92%).')).toBeVisible();
  await notice.getByRole('button', { name: /^From 00:13 on/ }).click();
  await expect.poll(() => transcript.playheadMs()).toBeGreaterThanOrEqual(13_500);
  expect((await transcript.place()).beforeCaret).toContain('And then she began to speak.');

  await notice.getByRole('button', { name: 'Transcribe from there in Spanish' }).click();
  await whileEngineWaits(app, async () => {
    await expect(page.getByText('Transcribing again from 00:13 on')).toBeVisible();
    await expect(notice).toBeHidden();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
  });
  await expect(notice).toBeVisible();

  await test.step('put away, it stays away', async () => {
    await notice.getByRole('button', { name: 'Leave the languages as they are' }).click();
    await expect(notice).toBeHidden();
    await transcript.button('Back').click();
    await library.open(NAME);
    await transcript.expectOpen(NAME);
    await expect(notice).toBeHidden();
  });
});
