import { LibraryPage } from '../pages/library-page.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const PHONE = 'phone-8k.wav';
const MEMO = 'memo-en.mp3';

/** Reading aloud, and the offer of a rule where a word is corrected again: an unlocked app with the fixtures' model. */
export async function photographReadAloud(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const transcript = new TranscriptPage(app);
  const usual = async () => {
    await setLanguage(app, 'en');
    await setFrame(app, { width: 1280, height: 800, zoom: 1 });
  };
  const open = async (name: string) => {
    await library.goTo('All recordings');
    await library.open(name);
    await transcript.expectOpen(name);
  };
  const replaceWord = async (old: string, word: string) => {
    await transcript.putCaretBehind(old);
    for (const _ of old) await page.keyboard.press('Backspace');
    await page.keyboard.type(word);
  };
  await usual();
  await library.transcribe(fixtureFile(PHONE), fixtureFile(MEMO));
  await open(PHONE);
  await camera.take(app, 'read-aloud-menu', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Read aloud', exact: true }).click();
  });
  await page.keyboard.press('Escape');
  await usual();
  await camera.take(app, 'reading-aloud', async () => {
    const stop = page.getByRole('button', { name: 'Stop reading aloud' });
    // It may come to its end by itself while it is looked at.
    if (await stop.isVisible()) await stop.click({ timeout: 5_000 }).catch(() => undefined);
    await expect(stop).toBeHidden();
    await transcript.putCaretBehind('My name');
    await page.keyboard.press('Shift+F8');
    await expect(page.locator('.vs-spoken')).toBeVisible({ timeout: 60_000 });
  });
  await page.keyboard.press('F8');
  await usual();
  await replaceWord('Sarah', 'Susanna');
  await page.getByRole('button', { name: '1 more – review' }).click();
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(page.getByText('once more')).toBeVisible();
  await camera.take(app, 'rule-offer');
  await usual();
  await page.getByRole('button', { name: 'Always correct…' }).click();
  await camera.take(app, 'rule-of-offer');
  await usual();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await camera.take(app, 'rule-made');
  await usual();
  await replaceWord('Mike', 'Mikel');
  await transcript.expectSaved();
  await open(MEMO);
  await expect(page.getByText('“Mike” is in this text too.')).toBeVisible();
  await camera.take(app, 'rule-offer-later');
}
