import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import { cutCall } from '../recordings.ts';
import type { RunningApp } from '../running-app.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const CALL = 'call.wav';
const PATIENCE_MS = 300_000;

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** Snippets, spelling, and the sound of a call: an unlocked app with the fixtures' model. */
export async function photographEditorTools(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const settings = new SettingsPage(app);
  const transcript = new TranscriptPage(app);
  await inUsualFrame(app);
  await library.drop(cutCall(20, app.home, CALL));
  await expect(library.doneMark(CALL)).toBeVisible({ timeout: PATIENCE_MS });
  await settings.open('Snippets');
  await camera.take(app, 'snippets');
  await inUsualFrame(app);
  await settings.choose('Spelling');
  await page.getByRole('switch').first().click();
  for (const word of ['Brightwater', 'Thorne', 'lisinopril']) {
    await page.getByRole('textbox', { name: 'New word' }).fill(word);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: `Remove ${word}` })).toBeVisible();
  }
  await camera.take(app, 'spelling');
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await library.open(CALL);
  await transcript.expectOpen(CALL);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('Brightwter recieved it. ');
  await expect(page.locator('.vs-misspelled').first()).toBeVisible();
  const list = page.getByRole('dialog', { name: /^(Suggestions|Sugerencias)/ });
  await camera.take(app, 'suggestions', async () => {
    if (await list.isVisible()) return;
    await page.locator('.vs-misspelled').first().click({ button: 'right' });
    await expect(list.getByRole('button', { name: 'Brightwater' })).toBeVisible();
  });
  await inUsualFrame(app);
  await transcript.sound.getByRole('button', { name: 'Channel 2 alone' }).click();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Shift+F4');
  const volume = page.getByRole('slider', { name: /^(Louder|Más alto)/ });
  await camera.take(app, 'sound', async () => {
    if (!(await volume.isVisible()))
      await transcript.sound.getByRole('button', { name: /^(Volume|Volumen)/ }).click();
    await expect(volume).toBeVisible();
  });
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}
