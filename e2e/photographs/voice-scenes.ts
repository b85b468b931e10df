import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import { cutRecording, overTelephone } from '../recordings.ts';
import type { RunningApp } from '../running-app.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const MATTER = 'Ríos v. Soto';
const PATIENCE_MS = 300_000;

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** A voice that is remembered, and recognised in the next recording: an unlocked app with the fixtures' model. */
export async function photographVoices(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const done = (name: string) => expect(library.doneMark(name)).toBeVisible({ timeout: PATIENCE_MS });
  const more = page.getByRole('button', { name: 'More about Speaker 1' });
  const dialog = page.getByRole('dialog', { name: /^Remember the voice/ });
  await inUsualFrame(app);
  await page.keyboard.press('ControlOrMeta+n');
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill(MATTER);
  await page.keyboard.press('Enter');
  await library.drop(cutRecording('two-speakers.flac', 55, app.home, 'first-day.wav'));
  await done('first-day.wav');
  await openSpeakers(app, 'first-day.wav');
  await camera.take(app, 'remember-voice', async () => {
    if (await dialog.isVisible()) return;
    await more.click();
    await page.getByRole('menuitem', { name: 'Remember this voice…' }).click();
    await dialog.getByLabel('Whose voice is it?').fill('Ana Ríos');
  });
  await inUsualFrame(app);
  await dialog.getByRole('button', { name: 'Remember voice' }).click();
  await expect(dialog).toBeHidden();
  await library.goTo(`${MATTER} 1`);
  await library.drop(overTelephone('two-speakers.flac', 55, app.home, 'by-telephone.wav'));
  await done('by-telephone.wav');
  await openSpeakers(app, 'by-telephone.wav');
  await expect(page.getByText(/^Probably Ana Ríos/)).toBeVisible();
  await camera.take(app, 'recognised-speaker');
  await inUsualFrame(app);
  await library.goTo(`${MATTER} 2`);
  await camera.take(app, 'matter-voices', async () => {
    if (await page.getByRole('dialog').isVisible()) return;
    await library.editMatter(MATTER);
    await page.getByRole('list', { name: 'Known voices' }).scrollIntoViewIfNeeded();
  });
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
  await new SettingsPage(app).open('Known voices');
  const list = page.getByRole('list', { name: 'Known voices' });
  await list.waitFor();
  await camera.take(app, 'known-voices', () => list.scrollIntoViewIfNeeded());
  await inUsualFrame(app);
}

async function openSpeakers(app: RunningApp, recording: string): Promise<void> {
  await app.page.getByRole('button', { name: recording, exact: true }).click();
  await new TranscriptPage(app).expectOpen(recording);
  await app.page.keyboard.press('ControlOrMeta+Shift+a');
  await app.page.getByRole('list', { name: 'Speakers of this recording' }).waitFor();
}
