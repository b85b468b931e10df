import { notePlayedSound, playedRanges, playerNow } from './pages/played-sound.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('sound is slowed and hastened, looped, rewound a little and followed by the caret', async ({
  app,
  library,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  const transcript = new TranscriptPage(app);
  await notePlayedSound(app);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const segments = await storedSegments(app, 'phone-8k.wav');
  const words = segments.flatMap((segment) => segment.words);
  const wordNamed = (name: string) => {
    const word = words.find(({ text }) => text.includes(name));
    if (word === undefined) throw new Error(`Nobody says ${name}.`);
    return word;
  };

  await test.step('a click on a word moves caret and playhead, and starts no sound', async () => {
    await clickWord(app, 'document', []);
    const { startMs } = wordNamed('document');
    await expect.poll(async () => Math.abs((await transcript.playheadMs()) - startMs)).toBeLessThan(50);
    await expect(transcript.button('Play')).toBeVisible();
    await clickWord(app, 'hospital', ['ControlOrMeta']);
    await expect(transcript.button('Pause')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await playedRanges(app)).length).toBe(1);
    const [played] = await playedRanges(app);
    expect(Math.abs((played?.fromMs ?? 0) - wordNamed('hospital').startMs)).toBeLessThanOrEqual(50);
  });

  await test.step('each pause goes back a little', async () => {
    const { toMs } = (await playedRanges(app)).at(-1) ?? { toMs: 0 };
    const { timeMs, paused } = await playerNow(app);
    expect(paused).toBe(true);
    expect(toMs - timeMs).toBeGreaterThan(700);
    expect(toMs - timeMs).toBeLessThan(900);
  });

  await test.step('speed goes by eighths from half to double, with the pitch kept', async () => {
    await page.keyboard.press('F4');
    await expect(transcript.button('Speed: 1.125 times')).toBeVisible();
    for (let press = 0; press < 10; press += 1) await page.keyboard.press('F4');
    await expect(transcript.button('Speed: 2 times')).toBeVisible();
    for (let press = 0; press < 14; press += 1) await page.keyboard.press('F3');
    await expect(transcript.button('Speed: 0.5 times')).toBeVisible();
    expect(await playerNow(app)).toMatchObject({ rate: 0.5, keepsPitch: true });
    await transcript.button('Speed: 0.5 times').click();
    await page.getByRole('menuitemcheckbox', { name: '2×', exact: true }).click();
    await expect(transcript.button('Speed: 2 times')).toBeVisible();
  });

  await test.step('selected words are played over and over', async () => {
    await transcript.text().focus();
    await page.keyboard.press('ControlOrMeta+Home');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ControlOrMeta+Shift+ArrowRight');
    const selected = await page.evaluate(() => getSelection()?.toString() ?? '');
    const last = words[selected.trim().split(/\s+/u).length - 1];
    await countTurns(app);
    await page.keyboard.press('ControlOrMeta+Shift+l');
    await expect(transcript.button('Stop playing the selection over and over')).toBeVisible();
    await expect.poll(async () => (await turnsOf(app)).turns, { timeout: 30_000 }).toBeGreaterThan(2);
    const { latestMs } = await turnsOf(app);
    // Played at double speed, one frame late is twice as far.
    expect(latestMs).toBeLessThan((last?.endMs ?? 0) + 150);
    await page.keyboard.press('ControlOrMeta+Shift+l');
    await expect
      .poll(async () => (await playerNow(app)).timeMs, { timeout: 30_000 })
      .toBeGreaterThan((last?.endMs ?? 0) + 1000);
    await page.keyboard.press('Escape');
    await expect(transcript.button('Play')).toBeVisible();
  });

  await test.step('the waveform is drawn larger with the playhead in it, and pushes nothing off the window', async () => {
    await transcript.playhead.fill('14400');
    const share = 14_400 / Number(await transcript.playhead.getAttribute('max'));
    for (const more = transcript.button('Show less of the waveform, larger'); await more.isEnabled(); ) {
      await more.click();
      await expect.poll(() => transcript.drawnPlayhead()).toBeCloseTo(share, 2);
    }
    await expect.poll(() => transcript.drawnWidths()).toBeGreaterThan(3);
    const overhang = () => page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(await overhang()).toBe(0);
    const bar = await transcript.sound.boundingBox();
    const wave = await transcript.sound.locator('.vs-wave').boundingBox();
    expect((wave?.y ?? 0) + (wave?.height ?? 0)).toBeLessThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
  });

  await test.step('Ctrl+J writes the time', async () => {
    await transcript.playhead.fill('7000');
    await transcript.putCaretBehind('My name is Laura');
    await page.keyboard.press('ControlOrMeta+j');
    await expect(transcript.text()).toContainText('My name is Laura [00:00:07]');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(transcript.text()).not.toContainText('[00:00:07]');
  });
});

test('digits say who speaks while it plays, from here until the next digit', async ({
  app,
  gate,
  library,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const stored = () => storedSegments(app, 'phone-8k.wav');
  const speakers = async () => (await stored()).map(({ speaker }) => speaker);
  await notePlayedSound(app);
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const segments = await stored();
  expect(segments.length).toBeGreaterThan(4);
  const startOf = (index: number) => segments[index]?.startMs ?? 0;
  const playedTo = (index: number) =>
    expect
      .poll(async () => (await playerNow(app)).timeMs, { timeout: 30_000 })
      .toBeGreaterThan(startOf(index));

  await page.keyboard.press('Escape');
  await playedTo(0);
  await page.keyboard.press('1');
  await playedTo(2);
  await page.keyboard.press('2');
  await playedTo(3);
  await page.keyboard.press('Escape');
  await expect(transcript.button('Play')).toBeVisible();
  await transcript.expectSaved();
  const said = await speakers();
  // In order: one, the other, and none if it was not played.
  expect(said.join()).toMatch(/^(Speaker 1,){2,}(Speaker 2,)+(,)*$/);
  await expect(transcript.text().locator('.cm-line')).toHaveCount(3);

  await test.step('typing over three paragraphs is one undo, also after a restart', async () => {
    const before = await stored();
    const shown = await transcript.text().innerText();
    await transcript.text().focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('Nothing else was said.');
    await transcript.expectSaved();
    await expect
      .poll(async () => (await stored()).map(({ text }) => text))
      .toEqual(['Nothing else was said.']);
    await app.relaunch();
    await gate.unlock(PASSPHRASE);
    await library.open('phone-8k.wav');
    await transcript.expectOpen('phone-8k.wav');
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => transcript.text().innerText()).toBe(shown);
    // Words, times and speakers are those from before.
    expect(await stored()).toEqual(before);
  });
});

/** Clicks into the middle of a word. */
async function clickWord(app: RunningApp, word: string, modifiers: 'ControlOrMeta'[]): Promise<void> {
  const place = await app.page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector('.cm-content') ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error('This word is not on the screen.');
  }, word);
  for (const modifier of modifiers) await app.page.keyboard.down(modifier);
  await app.page.mouse.click(place.x, place.y);
  for (const modifier of modifiers) await app.page.keyboard.up(modifier);
}

interface Turns {
  readonly turns: number;
  readonly latestMs: number;
}

/** Makes the page count, frame by frame, how often the playhead jumps back, and its latest position. */
async function countTurns(app: RunningApp): Promise<void> {
  await app.page.evaluate(() => {
    const counted = { turns: 0, latestMs: 0 };
    Object.assign(window, { counted });
    let beforeMs = 0;
    const look = () => {
      const { player } = (window as unknown as { playedSound: { player: HTMLMediaElement } }).playedSound;
      const timeMs = player.currentTime * 1000;
      if (!player.paused) {
        if (timeMs < beforeMs - 100) counted.turns += 1;
        if (counted.turns > 0) counted.latestMs = Math.max(counted.latestMs, timeMs);
        beforeMs = timeMs;
      }
      if (counted.turns <= 2) requestAnimationFrame(look);
    };
    look();
  });
}

async function turnsOf(app: RunningApp): Promise<Turns> {
  return await app.page.evaluate(() => (window as unknown as { counted: Turns }).counted);
}
