import { unpackWords } from '../src/contract/packed-segments.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { hurriedRecording } from './recordings.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('a word is replaced everywhere, and one undo takes it back', async ({ app, library }) => {
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  const text = transcript.text('phone-8k.wav');
  await expect(text).toContainText('Sarah');
  const before = await text.innerText();
  const count = before.split('Sarah').length - 1;

  await app.page.keyboard.press('ControlOrMeta+f');
  const bar = app.page.getByRole('search', { name: 'Find and replace' });
  await bar.getByLabel('Find', { exact: true }).fill('Sarah');
  await expect(bar.getByText(`of ${count}`)).toBeVisible();
  await bar.getByLabel('Replace with').fill('Susanna');
  await bar.getByRole('button', { name: 'Replace all' }).click();
  await expect(app.page.getByText(`Replaced in ${count} places.`)).toBeVisible();
  await expect(text).not.toContainText('Sarah');
  expect((await text.innerText()).split('Susanna').length - 1).toBe(count);
  await bar.getByRole('button', { name: 'Close find and replace' }).click();

  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(text).not.toContainText('Susanna');
  expect(await text.innerText()).toBe(before);
});

test('who speaks is said, renamed, and known after a restart', async ({ app, gate, library }) => {
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  // The page is another one after the restart.
  const text = () => transcript.text('phone-8k.wav');
  const ask = app.page.getByRole('dialog', { name: 'Who speaks here?' });
  await transcript.expectOpen('phone-8k.wav');
  await app.page.keyboard.press('ControlOrMeta+Shift+s');
  await ask.getByLabel('Another name').fill('Witness');
  await app.page.keyboard.press('Enter');
  await expect(text()).toContainText('Witness');

  await app.page.keyboard.press('ControlOrMeta+Shift+s');
  await ask.getByLabel('Another name').fill('Laura');
  await ask.getByRole('button', { name: 'Rename Witness everywhere' }).click();
  await expect(text()).not.toContainText('Witness');
  await transcript.expectSaved();

  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  await expect(text()).toContainText(/^Laura\s*00:00/);
  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(text()).toContainText('Witness');
});

test('doubtful words are visited by keyboard, and each is played with a little around it', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const transcript = new TranscriptPage(app);
  await notePlayedRanges(app);
  const [name = ''] = await library.transcribe(hurriedRecording('memo-en.mp3', testInfo.outputPath('.')));
  await library.open(name);
  const doubts = app.page.getByRole('button', { name: /doubtful words?: listen/ });
  await expect(doubts).toBeVisible();
  const count = Number.parseInt((await doubts.getAttribute('aria-label')) ?? '', 10);
  const words = await wordsOf(app, name);

  for (let hop = 1; hop <= count; hop += 1) {
    await app.page.keyboard.press('ControlOrMeta+.');
    await expect.poll(async () => (await playedRanges(app)).length, { timeout: 30_000 }).toBe(hop);
    const selected = await app.page.evaluate(() => getSelection()?.toString() ?? '');
    const played = (await playedRanges(app)).at(-1);
    const near = words.filter(
      ({ text, startMs, endMs }) =>
        bare(text) === bare(selected) &&
        Math.abs(Math.max(0, startMs - 1500) - (played?.fromMs ?? 0)) <= 50 &&
        Math.abs(endMs + 500 - (played?.toMs ?? 0)) <= 50,
    );
    expect(near, `“${selected}”, played ${JSON.stringify(played)}`).not.toEqual([]);
  }
  expect(count).toBeGreaterThan(0);
  await expect(transcript.button('Play')).toBeVisible();
});

interface PlayedRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/** From now on the page notes what its players play, from each start to the next stop. */
async function notePlayedRanges(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const ranges: PlayedRange[] = [];
    Object.assign(window, { playedRanges: ranges });
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function playNoted() {
      const fromMs = this.currentTime * 1000;
      this.addEventListener('pause', () => ranges.push({ fromMs, toMs: this.currentTime * 1000 }), {
        once: true,
      });
      return play.call(this);
    };
  });
}

async function playedRanges(app: RunningApp): Promise<readonly PlayedRange[]> {
  return await app.page.evaluate(() => (window as unknown as { playedRanges: PlayedRange[] }).playedRanges);
}

/** All words of a recording with their times. */
async function wordsOf(app: RunningApp, name: string) {
  const packed = await app.page.evaluate(async (wanted) => {
    const list = await window.voicesync['library.list']();
    const recording = list.ok ? list.value.find((one) => one.name === wanted) : undefined;
    if (recording === undefined) throw new Error(`There is no ${wanted}.`);
    const recordingId = recording.id;
    const transcript = await window.voicesync['transcripts.open']({ recordingId });
    if (!transcript.ok) throw new Error(`${wanted} cannot be opened.`);
    const segments = (JSON.parse(transcript.value.packedSegments) as [id: string][]).map(([id]) => id);
    const words = await window.voicesync['transcripts.words']({ recordingId, segments });
    return words.ok ? words.value : '[]';
  }, name);
  return [...unpackWords(packed).values()].flat();
}

/** A word without blanks and punctuation. */
function bare(word: string): string {
  return word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
