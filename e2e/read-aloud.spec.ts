import { readFile } from 'node:fs/promises';
import { expectAccessible } from './accessible.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

/** The loudness of every sound that the page has begun to play, and how long each is. */
interface Played {
  readonly loudness: number;
  readonly seconds: number;
}

test('a paragraph is read aloud by the bundled voice, each word marked, and stopped by its key', async ({
  app,
  library,
}) => {
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  await app.page.evaluate(() => {
    const played: Played[] = [];
    Object.assign(window, { played });
    const { start } = AudioBufferSourceNode.prototype;
    AudioBufferSourceNode.prototype.start = function noted(...when: number[]) {
      const samples = this.buffer?.getChannelData(0) ?? new Float32Array();
      const sum = samples.reduce((total, sample) => total + sample * sample, 0);
      played.push({
        loudness: Math.sqrt(sum / Math.max(1, samples.length)),
        seconds: this.buffer?.duration ?? 0,
      });
      return start.apply(this, when as [number]);
    };
  });
  await transcript.putCaretBehind('My name is Laura');
  await app.page.keyboard.press('F8');
  await expect(app.page.getByRole('button', { name: 'Stop reading aloud' })).toBeVisible();
  const spoken = app.page.locator('.vs-spoken');
  await expect(spoken).toBeVisible({ timeout: 30_000 });
  const first = await spoken.innerText();
  await expect(spoken).not.toHaveText(first);
  const played = await app.page.evaluate(() => (window as unknown as { played: Played[] }).played);
  expect(played[0]?.loudness).toBeGreaterThan(0.01);
  expect(played[0]?.seconds).toBeGreaterThan(0.3);
  await app.page.keyboard.press('F8');
  await expect(app.page.getByRole('button', { name: 'Stop reading aloud' })).toHaveCount(0);
  await expect(spoken).toHaveCount(0);
});

test('a text is saved as WAV and as MP3, and what the engine hears in the file is the text', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(240_000);
  const { page } = app;
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const menu = page.getByRole('button', { name: 'Read aloud', exact: true });
  const save = async (format: 'WAV' | 'MP3') => {
    const path = testInfo.outputPath(`spoken.${format.toLowerCase()}`);
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await menu.click();
    if (format === 'WAV') await expectAccessible(app, 'menu of reading aloud');
    await page.getByRole('menuitem', { name: `Save as sound (${format})…` }).click();
    await expect(page.getByText(`Saved, not encrypted: ${path}`)).toBeVisible({ timeout: 60_000 });
    return path;
  };
  const wav = await save('WAV');
  const mp3 = await save('MP3');
  const bytes = await readFile(wav);
  expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
  // Some 45 words, and pauses.
  const seconds = bytes.length / 32_000;
  expect(seconds).toBeGreaterThan(12);
  expect(seconds).toBeLessThan(40);
  expect((await readFile(mp3)).length).toBeLessThan(bytes.length / 2);
  await library.goTo('All recordings');
  const [name = ''] = await library.transcribe(mp3);
  await library.open(name);
  const heard = (await transcript.text(name).innerText()).toLowerCase();
  const said = [
    'my name is laura',
    'end of the recording',
    'sarah',
    'old document',
    'hospital',
    'headache',
    'letter',
  ];
  expect(said.filter((words) => heard.includes(words)).length, heard).toBeGreaterThanOrEqual(4);
});
