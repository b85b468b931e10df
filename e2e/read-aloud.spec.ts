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
