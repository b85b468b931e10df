import { whileEngineWaits } from '../engine-process.ts';
import { LONG_NAMES } from '../full-vault.ts';
import { ExportDialog } from '../pages/export-dialog.ts';
import { GatePage } from '../pages/gate-page.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { RetranscribeDialog } from '../pages/retranscribe-dialog.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import { VersionPage } from '../pages/version-page.ts';
import { cutRecording, numberedParts } from '../recordings.ts';
import type { RunningApp } from '../running-app.ts';
import { PASSPHRASE } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const HEARING = 'hearing-12min-240s.wav';
/** The machine may be busy. */
const PATIENCE_MS = 300_000;

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** One recording on its way from the drop to the transcript: an unlocked app on an empty vault. */
export async function photographWork(app: RunningApp, camera: Camera): Promise<void> {
  const library = new LibraryPage(app);
  await library.drop(cutRecording('hearing-12min.opus', 240, app.home));
  await whileEngineWaits(app, async () => {
    await library.row(HEARING).getByText('Safe in the vault.').waitFor({ timeout: PATIENCE_MS });
    await camera.take(app, 'safe');
    await inUsualFrame(app);
    const parts = await library.drop(...numberedParts('memo-en.mp3', 9.5, app.home));
    await expect(app.page.getByRole('button', { name: 'Join as one recording' })).toBeVisible();
    await camera.take(app, 'parts-offer');
    await inUsualFrame(app);
    for (const name of parts) await library.choose(name, 'Put into the bin');
  });
  const farEnough = async () => Number(await library.progress(HEARING).getAttribute('aria-valuenow')) >= 10;
  await whileEngineWaits(
    app,
    async () => {
      await camera.take(app, 'running');
      await inUsualFrame(app);
      await library.open(HEARING);
      await new TranscriptPage(app).expectOpen(HEARING);
      await camera.take(app, 'transcript-running');
      await inUsualFrame(app);
      await app.page.keyboard.press('ControlOrMeta+l');
      await expect(app.page.getByRole('dialog')).toBeVisible();
      await camera.take(app, 'lock-dialog');
      await setLanguage(app, 'en');
      await app.page.getByRole('button', { name: /^Finish behind the curtain/ }).click();
      await app.followWindow();
      await new GatePage(app).expectLocked();
      await camera.take(app, 'curtain');
    },
    farEnough,
  );
  await inUsualFrame(app);
  await new GatePage(app).unlock(PASSPHRASE);
  // The page after the curtain restores the view state.
  await new TranscriptPage(app).expectOpen(HEARING);
  await library.goTo('All recordings');
  await expect(library.doneMark(HEARING)).toBeVisible({ timeout: PATIENCE_MS });
  await camera.take(app, 'library-1');
  await inUsualFrame(app);
  await photographTranscript(app, camera);
}

async function photographTranscript(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const transcript = new TranscriptPage(app);
  await library.open(HEARING);
  await transcript.expectOpen(HEARING);
  await camera.take(app, 'transcript');
  await inUsualFrame(app);
  await nameSpeakers(app);
  await camera.take(app, 'transcript-speakers');
  await camera.take(app, 'speaker-menu', async () => {
    await closeFloating(app);
    await expect(async () => {
      await transcript.text(HEARING).focus();
      await page.keyboard.press('ControlOrMeta+Shift+s');
      await expect(page.getByRole('dialog', { name: 'Who speaks here?' })).toBeVisible({ timeout: 8000 });
    }).toPass();
  });
  await closeFloating(app);
  await inUsualFrame(app);
  await camera.take(app, 'transcript-menu', async () => {
    await closeFloating(app);
    await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click();
  });
  await closeFloating(app);
  await inUsualFrame(app);
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('textbox', { name: 'Find', exact: true }).fill('the');
  await camera.take(app, 'find-bar');
  await page.getByRole('textbox').first().focus();
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await transcript.button('Export').click();
  const exporting = new ExportDialog(app);
  await expect(exporting.preview).toContainText('recorded');
  await camera.take(app, 'export');
  await inUsualFrame(app);
  await exporting.choose('srt', 'csv');
  await exporting.show('srt');
  await (await exporting.measure('Shortest, in seconds')).fill('9');
  await camera.take(app, 'export-subtitles');
  await inUsualFrame(app);
  await (await exporting.measure('Shortest, in seconds')).fill('0.8');
  await camera.take(app, 'export-files', () => exporting.dialog.getByRole('combobox').focus());
  await inUsualFrame(app);
  await exporting.choose('docx');
  await app.electron.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [folder] });
  }, app.home);
  await exporting.dialog.getByRole('button', { name: 'Choose a folder' }).click();
  await exporting.dialog.getByRole('button', { name: 'Export 1 file' }).click();
  await expect(exporting.dialog.getByText('1 file was written.')).toBeVisible({ timeout: 30_000 });
  await camera.take(app, 'export-result');
  await page.keyboard.press('Escape');
  await inUsualFrame(app);
  await photographVersions(app, camera);
  await photographRetranscribe(app, camera);
}

/** A name that was corrected and may be corrected elsewhere; the resulting versions, and one of them. */
async function photographVersions(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const transcript = new TranscriptPage(app);
  const version = new VersionPage(app);
  await transcript.putCaretBehind('My name is Anna');
  await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft');
  await page.keyboard.type('Johanna');
  await transcript.expectSaved();
  const offer = page.getByRole('button', { name: /more – review$/ });
  await expect(offer).toBeVisible();
  await camera.take(app, 'correction-offer');
  await inUsualFrame(app);
  await transcript.text(HEARING).focus();
  await page.keyboard.press('ControlOrMeta+Shift+h');
  await expect(version.rows.first()).toBeVisible();
  await camera.take(app, 'versions');
  await inUsualFrame(app);
  await version.rows.last().click();
  await expect(version.banner).toBeVisible();
  await camera.take(app, 'version');
  await inUsualFrame(app);
}

/** From a version: the dialog before a passage is retranscribed, and the progress bar meanwhile. */
async function photographRetranscribe(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const rerun = new RetranscribeDialog(app);
  await page.getByRole('button', { name: 'Back to the current text' }).first().click();
  await new TranscriptPage(app).expectOpen(HEARING);
  await page.keyboard.press('ControlOrMeta+Shift+t');
  await expect(rerun.dialog).toBeVisible();
  await camera.take(app, 'rerun');
  await inUsualFrame(app);
  // The idle engine may have ended meanwhile: it starts again as soon as this begins.
  const begun = rerun.begin();
  await whileEngineWaits(app, async () => {
    await begun;
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await camera.take(app, 'rerun-bar');
    await inUsualFrame(app);
  });
  await rerun.expectDone();
}

/** Closes a menu or dialog that is open. With none, Escape would start playback. */
async function closeFloating(app: RunningApp): Promise<void> {
  const floating = app.page.getByRole('dialog').or(app.page.getByRole('menu'));
  if (await floating.first().isVisible()) await app.page.keyboard.press('Escape');
  await expect(floating).toHaveCount(0);
}

/** Names two speakers, one with a very long name. */
async function nameSpeakers(app: RunningApp): Promise<void> {
  const { page } = app;
  for (const name of ['Judge Ilse Okonkwo', LONG_NAMES.withBlanks.slice(0, 100)]) {
    const ask = page.getByRole('dialog', { name: 'Who speaks here?' });
    // A text that is being opened may take the focus back.
    await expect(async () => {
      await new TranscriptPage(app).text(HEARING).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ControlOrMeta+Shift+s');
      await ask.getByLabel('Another name').fill(name, { timeout: 8000 });
    }).toPass();
    await page.keyboard.press('Enter');
    await expect(ask).toBeHidden();
  }
}
