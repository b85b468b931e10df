import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whileEngineWaits } from '../engine-process.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { storedSegments } from '../pages/stored-transcript.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const CALL = 'phone-8k.wav';
const MEMO = 'memo-en.mp3';
/** A text of another recording. */
const OTHER =
  'It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.';
const PATIENT = { timeout: 300_000 };

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** Texts that were written elsewhere: waiting, aligned, and of another recording. An unlocked app with the fixtures' model. */
export async function photographAlignedTexts(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const transcript = new TranscriptPage(app);
  const add = async (recording: string, file: string, text: string) => {
    const path = join(app.home, file);
    await writeFile(path, text);
    await app.electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);
    await library.choose(recording, 'Add an existing text…');
  };
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await library.transcribe(fixtureFile(CALL));
  await whileEngineWaits(app, async () => {
    await library.drop(fixtureFile(MEMO));
    await add(MEMO, 'memo of the partner, second draft.txt', OTHER);
    await expect(library.row(MEMO)).toContainText('is added as soon as');
    await camera.take(app, 'text-waiting');
    await inUsualFrame(app);
  });
  await expect(library.row(MEMO)).toContainText('does not fit', PATIENT);
  await camera.take(app, 'text-unlike-row');
  await inUsualFrame(app);
  await add(CALL, 'sworn transcript.txt', OTHER);
  await expect(page.getByRole('dialog', { name: /^Is this the text of/ })).toBeVisible(PATIENT);
  await camera.take(app, 'text-unlike');
  await inUsualFrame(app);
  await page.getByRole('dialog').getByRole('button', { name: 'Do not add it' }).click();
  const heard = (await storedSegments(app, CALL)).map(({ text }) => text);
  // The text leaves out what was said in the middle, and has a sentence that nobody said.
  const middle = Math.floor(heard.length / 2);
  const sworn = [
    ...heard.slice(0, middle),
    'The witness was handed exhibit four and studied it for a while in silence.',
    ...heard.slice(middle + 3),
  ];
  await add(CALL, 'sworn transcript.txt', sworn.join('\n\n'));
  await transcript.expectOpen(CALL);
  await expect(transcript.text()).toContainText('exhibit four', PATIENT);
  await camera.take(app, 'text-aligned');
  await inUsualFrame(app);
  await page.keyboard.press('ControlOrMeta+Shift+h');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('button', { name: /Existing text/ })
      .first(),
  ).toBeVisible();
  await camera.take(app, 'text-versions');
  await inUsualFrame(app);
  await page.keyboard.press('Escape');
}
