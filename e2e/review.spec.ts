import { notePlayedSound, playedRanges } from './pages/played-sound.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { hurriedRecording } from './recordings.ts';
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
  await bar.getByRole('button', { name: 'Close the search' }).click();

  await app.page.keyboard.press('ControlOrMeta+z');
  await expect(text).not.toContainText('Susanna');
  expect(await text.innerText()).toBe(before);
});

test('a corrected name is offered elsewhere, each place is played, and one undo takes all back', async ({
  app,
  library,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  const transcript = new TranscriptPage(app);
  await notePlayedSound(app);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const text = transcript.text('phone-8k.wav');
  // A name that occurs many times.
  await page.keyboard.press('ControlOrMeta+f');
  const find = page.getByRole('search', { name: 'Find and replace' });
  await find.getByLabel('Find', { exact: true }).fill('is');
  await find.getByRole('button', { name: 'Whole words' }).click();
  await find.getByLabel('Replace with').fill('Sarah');
  await find.getByRole('button', { name: 'Replace all' }).click();
  await expect(page.getByText(/^Replaced in/)).toBeVisible();
  await find.getByRole('button', { name: 'Close the search' }).click();

  await test.step('twice in one sentence', async () => {
    await transcript.putCaretBehind('My name Sarah');
    await page.keyboard.type(' or Sarah');
    await transcript.expectSaved();
  });

  await transcript.putCaretBehind('Did Sarah');
  await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft');
  await page.keyboard.type('Susanna');
  const others = (await text.innerText()).split('Sarah').length - 1;
  expect(others).toBeGreaterThan(3);
  await page.getByRole('button', { name: `${others} more – review` }).click();
  const review = page.getByRole('region', { name: 'Review' });
  const before = await text.innerText();

  const steps = ['Replace', 'Leave', 'Replace all that follow'];
  for (const [index, step] of steps.entries()) {
    await expect.poll(async () => (await playedRanges(app)).length, { timeout: 30_000 }).toBe(index + 1);
    await expect(review.getByText(new RegExp(`^Passage ${index + 1} of \\d`))).toBeVisible();
    await expect(text.locator('.vs-found-current')).toHaveText('Sarah');
    const segments = await storedSegments(app, 'phone-8k.wav');
    const places = segments.map(({ words }) => words.filter(({ text }) => bare(text) === 'sarah'));
    const played = (await playedRanges(app)).at(-1);
    const near = places.filter(
      (words) =>
        Math.abs(Math.max(0, (words[0]?.startMs ?? -9999) - 1500) - (played?.fromMs ?? 0)) <= 50 &&
        Math.abs((words.at(-1)?.endMs ?? -9999) + 500 - (played?.toMs ?? 0)) <= 50,
    );
    expect(near, `played ${JSON.stringify(played)}`).not.toEqual([]);
    await review.getByRole('button', { name: step, exact: true }).click();
  }
  await expect(page.getByText(/^Replaced in \d+ places\. One undo takes them all back\.$/)).toBeVisible();
  await expect(text).toBeFocused();
  expect((await text.innerText()).split('Sarah').length - 1).toBe(1);

  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => text.innerText()).toBe(before);
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

test('twelve speakers fit the window, and each can be chosen', async ({ app, library }) => {
  const name = 'phone-8k.wav';
  const transcript = new TranscriptPage(app);
  const ask = app.page.getByRole('dialog', { name: 'Who speaks here?' });
  const ids = async () => (await storedSegments(app, name)).map(({ id }) => id);
  const recordingId = await app.page.evaluate(async (wanted) => {
    const list = await window.voicesync['library.list']();
    return (list.ok && list.value.find((one) => one.name === wanted)?.id) || '';
  }, name);
  const texts = Array.from({ length: 12 }, (_, index) => `Sentence ${index + 1}.`);
  await app.page.evaluate((edit) => window.voicesync['transcripts.edit'](edit), {
    recordingId,
    segments: await ids(),
    texts,
  });
  for (const [index, segment] of (await ids()).entries()) {
    await app.page.evaluate((said) => window.voicesync['transcripts.assignSpeaker'](said), {
      recordingId,
      segments: [segment],
      speaker: `Person number ${index + 1}`,
    });
  }
  await app.setSize(900, 600);
  await library.open(name);
  await transcript.expectOpen(name);
  await expect(app.page.getByRole('button', { name: 'Person number 9' })).toHaveCount(1);
  const overhang = () => app.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overhang()).toBe(0);

  await app.page.keyboard.press('ControlOrMeta+Home');
  await app.page.keyboard.press('ControlOrMeta+Shift+s');
  await ask.getByRole('button', { name: 'Person number 12' }).click();
  await transcript.expectSaved();
  expect((await storedSegments(app, name))[0]?.speaker).toBe('Person number 12');
});

test('doubtful words are visited by keyboard, and each is played with a little around it', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const transcript = new TranscriptPage(app);
  await notePlayedSound(app);
  const [name = ''] = await library.transcribe(hurriedRecording('memo-en.mp3', testInfo.outputPath('.')));
  await library.open(name);
  const doubts = app.page.getByRole('button', { name: /doubtful words?: listen/ });
  await expect(doubts).toBeVisible();
  const count = Number.parseInt((await doubts.getAttribute('aria-label')) ?? '', 10);
  const words = (await storedSegments(app, name)).flatMap((segment) => segment.words);

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

/** A word without whitespace and punctuation. */
function bare(word: string): string {
  return word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}
