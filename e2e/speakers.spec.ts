import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { Keyboard } from './pages/keyboard.ts';
import { notePlayedSound, playedRanges, playerNow } from './pages/played-sound.ts';
import { SpeakersPage } from './pages/speakers-page.ts';
import { type StoredSegment, storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { CONVERSATION, expect, fixtureFile, test } from './vault-fixture.ts';

test.use({ vault: 'conversation' });

/** When each person of the conversation speaks, by its RTTM file. */
const TURNS = readFileSync(fixtureFile('two-speakers.rttm'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => {
    const [, , , start, duration, , , person = ''] = line.split(/\s+/u);
    return { startMs: Number(start) * 1000, endMs: (Number(start) + Number(duration)) * 1000, person };
  });

/** Who speaks most of a stretch. */
function personIn({ startMs, endMs }: { startMs: number; endMs: number }): string {
  const shares = new Map<string, number>();
  for (const turn of TURNS) {
    const shared = Math.min(endMs, turn.endMs) - Math.max(startMs, turn.startMs);
    if (shared > 0) shares.set(turn.person, (shares.get(turn.person) ?? 0) + shared);
  }
  return [...shares].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
}

/** Share of the segments, by their length, whose label stands for the right person; labels get the person they mostly stand for. */
function rightShare(segments: readonly StoredSegment[]): number {
  const known = segments.filter((one) => personIn(one) !== '');
  const lengths = new Map<string, Map<string, number>>();
  let allMs = 0;
  for (const one of known) {
    const label = one.speaker ?? '';
    const own = lengths.get(label) ?? new Map<string, number>();
    own.set(personIn(one), (own.get(personIn(one)) ?? 0) + one.endMs - one.startMs);
    lengths.set(label, own);
    allMs += one.endMs - one.startMs;
  }
  const right = [...lengths.values()].reduce((sum, own) => sum + Math.max(...own.values()), 0);
  return right / allMs;
}

function longestOf(segments: readonly StoredSegment[]): StoredSegment {
  const [longest] = segments.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
  if (longest === undefined) throw new Error('Nobody speaks.');
  return longest;
}

const labels = (segments: readonly StoredSegment[]) => segments.map(({ speaker }) => speaker);

async function openConversation(app: RunningApp): Promise<TranscriptPage> {
  const transcript = new TranscriptPage(app);
  await app.page.getByRole('button', { name: CONVERSATION, exact: true }).click();
  await transcript.expectOpen(CONVERSATION);
  return transcript;
}

const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).click();

test('two people in one channel are told apart, heard, renamed, made one, split, and each is one undo', async ({
  app,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  const stored = () => storedSegments(app, CONVERSATION);
  const speakers = new SpeakersPage(app);
  await notePlayedSound(app);
  const transcript = await openConversation(app);
  const machine = await stored();
  expect([...new Set(labels(machine))].sort()).toEqual(['Speaker 1', 'Speaker 2']);
  expect(rightShare(machine)).toBeGreaterThan(0.9);
  await expect(transcript.text()).toContainText('Speaker 2');

  await test.step('the panel tells who speaks and for how long', async () => {
    await speakers.open();
    await expect(speakers.panel).toContainText('2 people, found by their voices');
    expect(await speakers.names()).toEqual(['Speaker 1', 'Speaker 2']);
    const shares = (await speakers.rows.allInnerTexts()).map((row) => Number(/(\d+)%/u.exec(row)?.[1]));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(99);
    // The second one speaks longer.
    expect(shares[1]).toBeGreaterThan(shares[0] ?? 100);
  });

  await test.step('a sample plays the longest of what one says alone, and can be stopped', async () => {
    const second = personIn(longestOf(machine.filter(({ speaker }) => speaker === 'Speaker 2')));
    await speakers.button('Hear the voice of Speaker 2').click();
    const heard: number[] = [];
    await expect(async () => {
      const { paused, timeMs } = await playerNow(app);
      if (!paused) heard.push(timeMs);
      await expect(speakers.button('Hear the voice of Speaker 2')).toBeVisible({ timeout: 50 });
    }).toPass({ timeout: 90_000, intervals: [100] });
    const jumps = heard.filter((timeMs, index) => Math.abs(timeMs - (heard[index - 1] ?? 0)) > 5000);
    expect(jumps.length).toBeGreaterThan(0);
    const voices = heard.map((timeMs) => personIn({ startMs: timeMs - 100, endMs: timeMs + 100 }));
    expect(new Set(voices.filter((person) => person !== ''))).toEqual(new Set([second]));
    await speakers.button('Hear the voice of Speaker 1').click();
    await speakers.button('Stop the voice of Speaker 1').click();
    await expect(speakers.button('Hear the voice of Speaker 1')).toBeVisible();
    await expect(transcript.button('Play')).toBeVisible();
  });

  await test.step('a new name stands everywhere', async () => {
    await speakers.rename('Speaker 2', 'Laura');
    await expect(speakers.told('Speaker 2 is Laura everywhere now. One undo takes it back.')).toBeVisible();
    await expect.poll(() => speakers.names()).toEqual(['Speaker 1', 'Laura']);
    await expect(speakers.button('Rename Laura')).toBeFocused();
    expect(labels(await stored())).toEqual(
      labels(machine).map((label) => (label === 'Speaker 2' ? 'Laura' : label)),
    );
    await undo(page);
    await expect.poll(() => speakers.names()).toEqual(['Speaker 1', 'Speaker 2']);
    expect(labels(await stored())).toEqual(labels(machine));
  });

  await test.step('"This is also…" makes one of two, and Ctrl+Z two of one', async () => {
    await speakers.isAlso('Speaker 2', 'Speaker 1');
    await expect.poll(() => speakers.names()).toEqual(['Speaker 1']);
    expect(new Set(labels(await stored()))).toEqual(new Set(['Speaker 1']));
    await page.keyboard.press('Escape');
    await expect(speakers.panel).toHaveCount(0);
    await expect(transcript.text()).toBeFocused();
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => labels(await stored())).toEqual(labels(machine));
    await page.keyboard.press('ControlOrMeta+Shift+z');
    await expect.poll(async () => new Set(labels(await stored())).size).toBe(1);
  });

  await test.step('split by their voices they are two again', async () => {
    await speakers.open();
    await expect.poll(() => speakers.names()).toEqual(['Speaker 1']);
    await speakers.choose('Speaker 1', 'Split into two people');
    await expect(speakers.told(/^Speaker 1 has become two people: /)).toBeVisible({ timeout: 30_000 });
    await expect.poll(async () => (await speakers.names()).length).toBe(2);
    expect(rightShare(await stored())).toBeGreaterThan(0.9);
    await undo(page);
    await expect.poll(() => speakers.names()).toEqual(['Speaker 1']);
  });
});

test('how many speak is changed afterwards, by one edit, while the text can be typed in', async ({ app }) => {
  test.setTimeout(180_000);
  const { page } = app;
  const stored = () => storedSegments(app, CONVERSATION);
  const speakers = new SpeakersPage(app);
  const transcript = await openConversation(app);
  const machine = await stored();
  await speakers.open();
  await speakers.rename('Speaker 1', 'Judge');
  await expect.poll(() => speakers.names()).toEqual(['Judge', 'Speaker 2']);

  await test.step('more people than there are', async () => {
    await speakers.button('How many speak?').click();
    await expect(speakers.panel).toContainText('One undo takes it all back.');
    await page.keyboard.press('Escape');
    await expect(speakers.button('How many speak?')).toBeFocused();
    await speakers.tellApart('Exactly', 3);
    await expect(speakers.told('3 people speak now. One undo takes it back.')).toBeVisible({
      timeout: 30_000,
    });
    await expect.poll(async () => (await speakers.names()).length).toBe(3);
    // The name goes with its voice.
    expect(await speakers.names()).toContain('Judge');
    await expect(speakers.panel).toContainText('3 people, as you asked');
  });

  await test.step('and back, undone by one press', async () => {
    await undo(page);
    await expect.poll(() => speakers.names()).toEqual(['Judge', 'Speaker 2']);
    expect(labels(await stored()).length).toBe(machine.length);
    await speakers.button('How many speak?').click();
    const asked = speakers.panel.getByRole('combobox', { name: 'How many speak?' });
    await expect(asked.locator('option:checked')).toHaveText('Automatic');
    await page.keyboard.press('Escape');
  });

  await test.step('at most so many', async () => {
    await speakers.tellApart('At most', 4);
    await expect(speakers.panel).toContainText('2 people; at most 4 asked for', { timeout: 30_000 });
    await expect.poll(() => speakers.names()).toEqual(['Judge', 'Speaker 2']);
    await transcript.text().focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('Well, ');
    await transcript.expectSaved();
    expect((await stored())[0]?.text).toMatch(/^Well, /u);
  });
});

test('a corrected paragraph offers those that sound alike; reviewed, they are one edit', async ({ app }) => {
  test.setTimeout(180_000);
  const { page } = app;
  const stored = () => storedSegments(app, CONVERSATION);
  const speakers = new SpeakersPage(app);
  const transcript = await openConversation(app);
  const machine = await stored();
  await speakers.open();
  await speakers.isAlso('Speaker 2', 'Speaker 1');
  await expect.poll(() => speakers.names()).toEqual(['Speaker 1']);
  await page.keyboard.press('Escape');
  const merged = await stored();

  // One paragraph is corrected: split off where the other person begins to speak, as a clerk would.
  const other = machine.find(
    ({ speaker, startMs, endMs }) => speaker === 'Speaker 2' && endMs - startMs > 2500,
  );
  const target = merged.find(({ startMs }) => startMs === other?.startMs);
  if (other === undefined || target === undefined) throw new Error('Nobody else speaks long enough.');
  await page.evaluate((said) => window.voicesync['transcripts.assignSpeaker'](said), {
    recordingId: await recordingId(app),
    segments: [target.id],
    speaker: 'Witness',
  });
  await app.reload();
  await transcript.expectOpen(CONVERSATION);
  await notePlayedSound(app);
  const before = await stored();
  await putCaretInto(app, 'Witness');
  await page.keyboard.press('ControlOrMeta+Shift+s');
  const ask = page.getByRole('dialog', { name: 'Who speaks here?' });
  await ask.getByLabel('Another name').fill('Laura');
  await page.keyboard.press('Enter');

  const offer = page.getByRole('status').filter({ hasText: /more paragraphs? sounds? like Laura/ });
  await expect(offer).toBeVisible({ timeout: 30_000 });
  await offer.getByRole('button', { name: 'Review' }).click();
  await expect(speakers.similar).toBeFocused();
  const rows = speakers.similar.getByRole('listitem');
  const count = await rows.count();
  expect(count).toBeGreaterThan(1);
  await rows
    .first()
    .getByRole('button', { name: /^Play from / })
    .click();
  await expect.poll(async () => (await playedRanges(app)).length, { timeout: 30_000 }).toBe(1);
  const [played] = await playedRanges(app);
  expect(personIn({ startMs: played?.fromMs ?? 0, endMs: played?.toMs ?? 0 })).toBe(personIn(other));
  await rows.last().getByRole('checkbox').click();
  await speakers.similar.getByRole('button', { name: /^Give \d+ paragraphs? to Laura$/ }).click();
  await expect(speakers.told(/given to Laura\. One undo takes/)).toBeVisible();
  await expect(transcript.text()).toBeFocused();
  const taught = await stored();
  const given = taught.filter(({ speaker }) => speaker === 'Laura');
  expect(given.length).toBeGreaterThan(1);
  expect(rightShare(taught)).toBeGreaterThan(rightShare(before));
  expect(given.filter((one) => personIn(one) === personIn(other)).length / given.length).toBeGreaterThan(0.9);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await stored()).filter(({ speaker }) => speaker === 'Laura').length).toBe(1);
});

test('paragraphs are split where somebody else begins, joined, and given to others by keys', async ({
  app,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  const stored = () => storedSegments(app, CONVERSATION);
  const transcript = await openConversation(app);
  const machine = await stored();
  const lines = () => transcript.text().locator('.cm-line').count();
  const before = await lines();

  await test.step('Enter asks who speaks from there on, and splits', async () => {
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ControlOrMeta+ArrowRight');
    await page.keyboard.press('Enter');
    const ask = page.getByRole('dialog', { name: 'Who speaks from here on?' });
    await ask.getByLabel('Another name').fill('Clerk');
    await page.keyboard.press('Enter');
    await expect.poll(async () => labels(await stored()).slice(0, 2)).toEqual(['Speaker 1', 'Clerk']);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => labels(await stored())).toEqual(labels(machine));
  });

  await test.step('Backspace joins a paragraph to the speaker before', async () => {
    await transcript
      .text()
      .locator('.cm-line')
      .nth(1)
      .click({ position: { x: 20, y: 14 } });
    await page.keyboard.press('Home');
    await page.keyboard.press('Backspace');
    await expect.poll(lines).toBeLessThan(before);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(lines).toBe(before);
    await expect.poll(async () => labels(await stored())).toEqual(labels(machine));
  });

  await test.step('a key says who speaks while it plays', async () => {
    await transcript.playhead.fill('1500');
    await transcript.text().focus();
    await page.keyboard.press('Escape');
    await expect(transcript.button('Pause')).toBeVisible();
    await page.keyboard.press('2');
    await page.keyboard.press('Escape');
    await expect.poll(async () => labels(await stored())[0]).toBe('Speaker 2');
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => labels(await stored())).toEqual(labels(machine));
  });
});

test('uncertain speakers are visited and confirmed', async ({ app }) => {
  test.setTimeout(180_000);
  const { page } = app;
  const unsure = async () =>
    (await storedSegments(app, CONVERSATION)).filter(({ flags }) => flags.includes('unsureSpeaker'));
  await notePlayedSound(app);
  const transcript = await openConversation(app);
  // Told apart as more people than there are, one person has several voices that are nearly alike.
  const speakers = new SpeakersPage(app);
  await speakers.open();
  await speakers.tellApart('Exactly', 4);
  await expect(speakers.told(/people speak now/)).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  const [first, ...others] = await unsure();
  expect(first, 'some speakers are uncertain').toBeDefined();
  await expect(transcript.text().locator('.vs-unsure').first()).toBeAttached();
  const note = page.getByRole('status').filter({ hasText: 'Another speaker is nearly as likely here' });
  for (let hop = 0; hop < 40 && !(await note.isVisible()); hop += 1) {
    await page.keyboard.press('ControlOrMeta+.');
    await transcript.text().evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await expect(note).toBeVisible();
  await page.getByRole('button', { name: /^It is / }).click();
  await expect.poll(async () => (await unsure()).length).toBe(others.length);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await unsure()).length).toBe(others.length + 1);
});

test('the speakers fit small windows, work by keyboard, and axe finds nothing', async ({ app }) => {
  test.setTimeout(240_000);
  const { page } = app;
  const speakers = new SpeakersPage(app);
  await openConversation(app);
  await speakers.open();
  await expect(speakers.rows).toHaveCount(2);
  await expectAccessible(app, 'speakers');
  await speakers.button('How many speak?').click();
  await speakers.choose('Speaker 1', 'This is also…');
  await expectAccessible(app, 'questions about speakers');
  for (const [width, height] of [
    [1280, 800],
    [450, 300],
  ] as const) {
    await app.setSize(width, height);
    const overhang = () =>
      page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        document.documentElement.scrollHeight - innerHeight,
      ]);
    expect(await overhang(), `${width} × ${height}`).toEqual([0, 0]);
    await speakers.button('More about Speaker 2').scrollIntoViewIfNeeded();
    await expect(speakers.button('More about Speaker 2')).toBeInViewport();
  }
});

test('without a mouse: the speakers are counted, heard, named, made one and split', async ({ app }) => {
  test.setTimeout(240_000);
  const { page } = app;
  const keyboard = new Keyboard(app);
  const speakers = new SpeakersPage(app);
  const transcript = new TranscriptPage(app);
  const stored = () => storedSegments(app, CONVERSATION);
  await notePlayedSound(app);
  await keyboard.use(page.getByRole('button', { name: CONVERSATION, exact: true }));
  await transcript.expectOpen(CONVERSATION);
  const machine = await stored();
  await speakers.open();
  await expect(speakers.rows).toHaveCount(2);

  await test.step('how many speak', async () => {
    await keyboard.use(speakers.button('How many speak?'));
    await expect(speakers.panel.getByRole('combobox', { name: 'How many speak?' })).toBeFocused();
    // A list takes the first letters of what is wanted.
    await keyboard.type('Exactly');
    await keyboard.tabTo(speakers.panel.getByRole('combobox', { name: 'Number of people' }));
    await keyboard.type('3');
    await keyboard.use(speakers.button('Tell apart again'));
    await expect(speakers.rows).toHaveCount(3, { timeout: 30_000 });
    await expect(speakers.button('How many speak?')).toBeFocused();
    await keyboard.press('Escape');
    await expect(transcript.text()).toBeFocused();
    await keyboard.press('ControlOrMeta+z');
    await speakers.open();
    await expect(speakers.panel).toContainText('2 people, found by their voices');
  });

  await test.step('a voice is heard and stopped', async () => {
    await keyboard.use(speakers.button('Hear the voice of Speaker 1'));
    await expect(speakers.button('Stop the voice of Speaker 1')).toBeFocused();
    await expect.poll(async () => (await playerNow(app)).paused, { timeout: 30_000 }).toBe(false);
    await keyboard.press('Enter');
    await expect(speakers.button('Hear the voice of Speaker 1')).toBeFocused();
    await expect.poll(async () => (await playerNow(app)).paused).toBe(true);
  });

  await test.step('a name is given, and a question left', async () => {
    await keyboard.use(speakers.button('Rename Speaker 2'));
    await expect(speakers.panel.getByLabel('New name of Speaker 2')).toBeFocused();
    await keyboard.press('Escape');
    await expect(speakers.button('Rename Speaker 2')).toBeFocused();
    await keyboard.press('Enter');
    await keyboard.type('Laura');
    await keyboard.press('Enter');
    await expect(speakers.button('Rename Laura')).toBeFocused();
  });

  await test.step('two are one, and one is two', async () => {
    await keyboard.use(speakers.button('More about Laura'));
    await chooseItem(app, keyboard, 'This is also…');
    const question = speakers.panel.getByRole('group', { name: 'Laura is also:' });
    await expect(question.getByRole('button', { name: 'Speaker 1', exact: true })).toBeFocused();
    await keyboard.press('Enter');
    await expect.poll(() => speakers.names()).toEqual(['Speaker 1']);
    await keyboard.expectHeld();
    await keyboard.use(speakers.button('More about Speaker 1'));
    await chooseItem(app, keyboard, 'Split into two people');
    await expect(speakers.rows).toHaveCount(2, { timeout: 30_000 });
    // Who speaks first is in the same row, maybe under the other name.
    await expect(speakers.rows.first().getByRole('button', { name: /^More about / })).toBeFocused();
  });

  await test.step('and all of it is taken back', async () => {
    await keyboard.tabTo(speakers.button('Close the speakers'), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(speakers.panel).toHaveCount(0);
    await expect(transcript.text()).toBeFocused();
    for (let edit = 0; edit < 3; edit += 1) await keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => labels(await stored())).toEqual(labels(machine));
  });
});

/** Goes to an item of the open menu and chooses it. */
async function chooseItem(app: RunningApp, keyboard: Keyboard, name: string): Promise<void> {
  const item = app.page.getByRole('menuitem', { name });
  await expect(item).toBeVisible();
  await expect(async () => {
    if (await item.evaluate((element) => element !== document.activeElement)) {
      await keyboard.press('ArrowDown');
    }
    await expect(item).toBeFocused({ timeout: 100 });
  }).toPass();
  await keyboard.press('Enter');
}

async function recordingId(app: RunningApp): Promise<string> {
  return await app.page.evaluate(async (wanted) => {
    const list = await window.voicesync['library.list']();
    return (list.ok && list.value.find((one) => one.name === wanted)?.id) || '';
  }, CONVERSATION);
}

/** Puts the caret into the first paragraph of a speaker. */
async function putCaretInto(app: RunningApp, speaker: string): Promise<void> {
  const line = app.page.locator('.cm-line').filter({ has: app.page.getByText(speaker, { exact: true }) });
  await line.first().scrollIntoViewIfNeeded();
  const box = await line.first().boundingBox();
  if (box === null) throw new Error('This paragraph is not on the screen.');
  await app.page.mouse.click(box.x + box.width / 3, box.y + 14);
}
