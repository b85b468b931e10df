import { whileEngineWaits } from '../engine-process.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { RetranscribeDialog } from '../pages/retranscribe-dialog.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const TWO = 'two-speakers.flac';
const CALL = 'call-two-channels.flac';
/** The machine may be busy. */
const PATIENT = { timeout: 300_000 };

/** Pixels from the lanes' upper left corner: in the first row, where somebody speaks in this recording. */
const IN_A_TURN = { x: 30, y: 2 };

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** Who speaks in a conversation of two people, from the question how many to lanes and shares: an unlocked app. */
export async function photographSpeakers(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  await library.drop(fixtureFile(TWO), fixtureFile(CALL));
  const menu = page.getByRole('menu');
  await whileEngineWaits(app, async () => {
    await library.row(TWO).getByText('Safe in the vault.').waitFor(PATIENT);
    await camera.take(app, 'speakers-menu', async () => {
      if (await menu.isVisible()) await page.keyboard.press('Escape');
      await library.button(TWO, 'Speakers: automatic').click();
      await expect(menu).toBeVisible();
    });
    await setLanguage(app, 'en');
    await menu.getByRole('menuitem', { name: 'Another number…' }).click();
    await page.getByRole('dialog').getByLabel('How many speak?').selectOption('At most');
    await camera.take(app, 'speakers-number');
    await inUsualFrame(app);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+n');
    await page.getByRole('dialog').getByLabel('How many speak?').selectOption('Exactly');
    // Below what is seen of the form at first.
    await camera.take(app, 'speakers-matter', () =>
      page.getByRole('dialog').getByLabel('Number of people').focus(),
    );
    await inUsualFrame(app);
    await page.keyboard.press('Escape');
  });
  for (const name of [TWO, CALL]) await expect(library.doneMark(name)).toBeVisible(PATIENT);
  for (const [name, screen] of [
    [TWO, 'speakers-shares'],
    [CALL, 'speakers-shares-of-a-call'],
  ] as const) {
    const shares = page.getByRole('dialog', { name: 'Talking time' });
    await camera.take(app, screen, async () => {
      if (await shares.isVisible()) await page.keyboard.press('Escape');
      await library.button(name, '2 speakers').click();
      await expect(shares.getByRole('listitem')).toHaveCount(2);
    });
    await setLanguage(app, 'en');
    await page.keyboard.press('Escape');
    await inUsualFrame(app);
  }
  await photographLanes(app, camera);
}

async function photographLanes(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  await new LibraryPage(app).open(TWO);
  await transcript.expectOpen(TWO);
  const lanes = page.locator('.vs-lanes');
  await expect(lanes).toBeVisible(PATIENT);
  // Where the window is narrow there is no waveform, and no lanes.
  const point = async () => {
    if (await lanes.isVisible()) await lanes.hover({ position: IN_A_TURN });
  };
  await camera.take(app, 'speakers-lanes', point);
  await inUsualFrame(app);
  for (let step = 0; step < 3; step += 1)
    await transcript.button('Show less of the waveform, larger').click();
  await lanes.focus();
  await camera.take(app, 'speakers-lanes-zoomed');
  await inUsualFrame(app);
  for (let step = 0; step < 3; step += 1) await transcript.button('Show more of the waveform').click();
  await page.keyboard.press('ControlOrMeta+Shift+a');
  await expect(page.getByRole('list', { name: 'Speakers of this recording' })).toBeVisible();
  await camera.take(app, 'speakers-panel');
  await inUsualFrame(app);
  await page.getByRole('button', { name: 'Close the speakers' }).click();
  await nameMany(app);
  await camera.take(app, 'speakers-many', point);
  await inUsualFrame(app);
  await transcript.text(TWO).focus();
  await page.keyboard.press('ControlOrMeta+Shift+t');
  const rerun = new RetranscribeDialog(app);
  await expect(rerun.dialog).toBeVisible();
  await rerun.choice(/^The whole recording/).click();
  await camera.take(app, 'speakers-rerun');
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}

/** Gives each paragraph to somebody else. */
async function nameMany(app: RunningApp): Promise<void> {
  const { page } = app;
  const count = await page.locator('.cm-line').count();
  for (let number = 1; number <= Math.min(20, count); number += 1) {
    const ask = page.getByRole('dialog', { name: 'Who speaks here?' });
    await expect(async () => {
      await new TranscriptPage(app).text(TWO).focus();
      await page.keyboard.press(number === 1 ? 'ControlOrMeta+Home' : 'ArrowDown');
      await page.keyboard.press('ControlOrMeta+Shift+s');
      await ask.getByLabel('Another name').fill(`Councillor ${number}`, { timeout: 8000 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(ask).toBeHidden();
  }
}
