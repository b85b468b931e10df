import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { whileEngineWaits } from './engine-process.ts';
import { LibraryPage } from './pages/library-page.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { cutRecording } from './recordings.ts';
import { expect, fixtureFile, PASSPHRASE, test } from './vault-fixture.ts';

const TWO = 'two-speakers.flac';
const LENGTH_MS = 111_000;

test.describe.configure({ timeout: 420_000 });

/** The turns of the reference, as two people alternate in them. */
function referenceTurns(): { startMs: number; endMs: number; person: string }[] {
  return readFileSync(fixtureFile('two-speakers.rttm'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [, , , start, length, , , person = ''] = line.split(' ');
      const startMs = Number(start) * 1000;
      return { startMs, endMs: startMs + Number(length) * 1000, person };
    });
}

/** The colours that are drawn in a row of the lanes at these shares of the recording; `0,0,0,0` where none is. */
async function drawnColours(lanes: Locator, row: number, shares: readonly number[]): Promise<string[]> {
  return await lanes.locator('canvas').evaluate(
    (canvas: HTMLCanvasElement, at) => {
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      const y = Math.round((at.row * 7 + 2.5) * devicePixelRatio);
      return at.shares.map((share) =>
        [...context.getImageData(Math.round(canvas.width * share), y, 1, 1).data].join(','),
      );
    },
    { row, shares: [...shares] },
  );
}

test('how many speak is asked before a transcription, and remembered with the matter', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('.');
  const [, name = ''] = await library.drop(
    cutRecording('hearing-12min.opus', 60, folder, 'running.wav'),
    cutRecording('phone-8k.wav', 4, folder),
  );
  await whileEngineWaits(app, async () => {
    await expect(library.row(name).getByText('Safe in the vault.')).toBeVisible({ timeout: 30_000 });
    await library.button(name, 'Speakers: automatic').click();
    await page.getByRole('menuitemcheckbox', { name: '2 people', exact: true }).click();
    await expect(library.button(name, 'Speakers: 2 people')).toBeVisible();

    await test.step('another number, by keyboard', async () => {
      await library.button(name, 'Speakers: 2 people').focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('menu')).toBeVisible();
      await page.keyboard.type('Another');
      await expect(page.getByRole('menuitem', { name: 'Another number…' })).toBeFocused();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: `How many speak in “${name}”?` });
      await expect(dialog.getByLabel('How many speak?')).toBeFocused();
      await page.keyboard.type('At most');
      await page.keyboard.press('Tab');
      await page.keyboard.type('11');
      await expect(dialog).toContainText('each channel is one speaker');
      await expectAccessible(app, 'how many speak, in a dialog');
      await dialog.getByRole('button', { name: 'Use this' }).click();
      await expect(library.button(name, 'Speakers: At most 11 people')).toBeVisible();
    });

    await test.step('a matter', async () => {
      await page.keyboard.press('ControlOrMeta+n');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name', { exact: true }).fill('Council');
      await dialog.getByLabel('How many speak?').selectOption('Exactly');
      await dialog.getByLabel('Number of people').selectOption('5 people');
      await expectAccessible(app, 'how many speak, in a matter');
      await dialog.getByRole('button', { name: 'Save' }).click();
      const [member = ''] = await library.drop(cutRecording('phone-8k.wav', 3, folder, 'council.wav'));
      await expect(library.button(member, 'Speakers: 5 people')).toBeVisible();
    });
  });
  await app.relaunch();
  await gate.unlock(PASSPHRASE);
  await page.bringToFront().catch(() => undefined);
  await app.page.getByRole('button', { name: 'Edit Council' }).first().click();
  await expect(app.page.getByRole('dialog').getByLabel('Number of people')).toHaveValue('5');
});

test('lanes tell who speaks when, follow zoom and edits, and play from a turn', async ({ app, library }) => {
  const transcript = new TranscriptPage(app);
  const { page } = app;
  await library.drop(fixtureFile(TWO));
  await expect(library.doneMark(TWO)).toBeVisible({ timeout: 240_000 });

  await test.step('the row tells how many, and how much each talks', async () => {
    await library.button(TWO, '2 speakers').click();
    const shares = page.getByRole('dialog', { name: 'Talking time' });
    await expect(shares.getByRole('listitem')).toHaveCount(2);
    const shown = (await shares.getByRole('listitem').allTextContents()).toSorted();
    for (const [index, text] of shown.entries())
      expect(text).toMatch(new RegExp(`^Speaker ${index + 1}\\d\\d\\s?%0:\\d\\d$`));
    await expectAccessible(app, 'shares of talking time');
    await page.keyboard.press('Escape');
  });

  await library.open(TWO);
  const lanes = page.getByRole('listbox', { name: 'Who speaks when' });
  const told = lanes.getByRole('option');
  await expect(lanes).toBeVisible();

  await test.step('they are where the reference has them', async () => {
    const long = referenceTurns().filter(({ startMs, endMs }) => endMs - startMs > 2500);
    const middles = long.map(({ startMs, endMs }) => (startMs + endMs) / 2 / LENGTH_MS);
    const drawn = [await drawnColours(lanes, 0, middles), await drawnColours(lanes, 1, middles)];
    const first = long[0]?.person;
    const right = long.filter(({ person }, index) => {
      const own = drawn[person === first ? 0 : 1]?.[index];
      return own !== undefined && !own.endsWith(',0');
    });
    expect(right.length / long.length).toBeGreaterThan(0.9);
    const colours = new Set(drawn.flat().filter((colour) => !colour.endsWith(',0')));
    expect(colours.size).toBe(2);
  });

  const box = async () => (await lanes.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const hover = async (share: number, row: number) => {
    const { x, y, width } = await box();
    await page.mouse.move(x + width * share, y + row * 7 + 2);
  };

  await test.step('the pointer is told, and plays', async () => {
    await hover(4_000 / LENGTH_MS, 0);
    await expect(told).toHaveText(/^Speaker 1, 00:0\d–00:0\d$/);
    await expect(told).toBeVisible();
    await expectAccessible(app, 'lanes under the pointer');
    await page.mouse.down();
    await page.mouse.up();
    await expect(transcript.button('Pause')).toBeVisible();
    await transcript.button('Pause').click();
    expect(await transcript.playheadMs()).toBeGreaterThan(900);
    expect(await transcript.playheadMs()).toBeLessThan(20_000);
    await page.mouse.move(0, 0);
  });

  await test.step('the keyboard goes from turn to turn', async () => {
    await lanes.focus();
    const before = await told.textContent();
    await page.keyboard.press('ArrowRight');
    await expect(told).not.toHaveText(before ?? '');
    await page.keyboard.press('End');
    await expect(told).toHaveText(/–01:(4|5)\d$/);
    await page.keyboard.press('Home');
    await expect(told).toHaveText(/^Speaker 1, 00:0/);
    await page.keyboard.press('ArrowDown');
    await expect(told).toHaveText(/^Speaker 2/);
    await page.keyboard.press('Enter');
    await expect(transcript.button('Pause')).toBeVisible();
    await transcript.button('Pause').click();
    expect(await transcript.playheadMs()).toBeGreaterThan(6000);
  });

  await test.step('they follow the zoom', async () => {
    for (let step = 0; step < 3; step += 1)
      await transcript.button('Show less of the waveform, larger').click();
    await expect.poll(() => transcript.drawnWidths()).toBeGreaterThan(2);
    await lanes.focus();
    await page.keyboard.press('End');
    await expect
      .poll(async () =>
        (await drawnColours(lanes, 0, [0.9, 0.95]))
          .concat(await drawnColours(lanes, 1, [0.9, 0.95]))
          .some((colour) => !colour.endsWith(',0')),
      )
      .toBe(true);
    for (let step = 0; step < 3; step += 1) await transcript.button('Show more of the waveform').click();
    await expect.poll(() => transcript.drawnWidths()).toBe(1);
  });

  await test.step('a new name is told at once', async () => {
    await transcript.text(TWO).focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.press('ControlOrMeta+Shift+s');
    const ask = page.getByRole('dialog', { name: 'Who speaks here?' });
    await ask.getByLabel('Another name').fill('Dr. Villanueva');
    await ask.getByRole('button', { name: 'Rename Speaker 1 everywhere' }).click();
    // What the screen tells about the renaming may move the lanes meanwhile.
    await expect(async () => {
      await page.mouse.move(0, 0);
      await hover(4_000 / LENGTH_MS, 0);
      await expect(told).toHaveText(/^Dr\. Villanueva, /, { timeout: 1000 });
    }).toPass({ timeout: 20_000 });
    await transcript.button('Back').first().click();
    await expect(library.row(TWO)).toBeVisible();
    await library.button(TWO, '2 speakers').click();
    await expect(page.getByRole('dialog', { name: 'Talking time' })).toContainText('Dr. Villanueva');
  });
});

test('a call with a channel for each side has a lane and a share for each, whatever number was given', async ({
  app,
}) => {
  const library = new LibraryPage(app);
  const { page } = app;
  const call = 'call-two-channels.flac';
  await library.drop(fixtureFile(call));
  await library.expectDone(call);
  await library.button(call, '2 speakers').click();
  await expect(page.getByRole('dialog', { name: 'Talking time' }).getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await library.open(call);
  const lanes = page.getByRole('listbox', { name: 'Who speaks when' });
  await expect(lanes.getByRole('option')).toHaveAttribute('aria-setsize', /^([2-9]|\d\d)$/);
  const { height } = (await lanes.boundingBox()) ?? { height: 0 };
  expect(height).toBe(12);
});
