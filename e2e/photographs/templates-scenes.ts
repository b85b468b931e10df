import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LETTERHEAD_BODY, wordTemplate } from '../../src/core/export/testing/word-templates.ts';
import { ExportDialog } from '../pages/export-dialog.ts';
import { LibraryPage } from '../pages/library-page.ts';
import { SettingsPage } from '../pages/settings-page.ts';
import { TranscriptPage } from '../pages/transcript-page.ts';
import type { RunningApp } from '../running-app.ts';
import { fixtureFile } from '../vault-fixture.ts';
import { type Camera, setFrame, setLanguage } from './camera.ts';
import { expect } from './expect.ts';

const CALL = 'call-two-channels.flac';

async function inUsualFrame(app: RunningApp): Promise<void> {
  await setLanguage(app, 'en');
  await setFrame(app, { width: 1280, height: 800, zoom: 1 });
}

/** The vault's Word templates, and exports by template, by wording, and for research: an unlocked app with the fixtures' model. */
export async function photographTemplates(app: RunningApp, camera: Camera): Promise<void> {
  const { page } = app;
  const library = new LibraryPage(app);
  const settings = new SettingsPage(app);
  const exporting = new ExportDialog(app);
  const { dialog } = exporting;
  const template = dialog.getByLabel('Template', { exact: true });
  await inUsualFrame(app);
  await settings.open('Word templates');
  await camera.take(app, 'templates-none');
  await inUsualFrame(app);
  for (const name of [
    'Letterhead of the chambers',
    'Protokoll_Vernehmung_Zeugen_Langfassung_2026_endgueltig_v2',
  ]) {
    const file = join(app.home, `${name}.dotx`);
    // Two of the same content would be one.
    await writeFile(file, wordTemplate(`<w:p><w:r><w:t>${name}</w:t></w:r></w:p>${LETTERHEAD_BODY}`));
    await exporting.answerFolder(file);
    await page.getByRole('button', { name: 'Add a template…' }).click();
    await expect(page.getByRole('list', { name: 'Word templates' })).toContainText(name);
  }
  // Toasts keep the language that they were said in.
  await expect(page.getByText('The template was added.')).toHaveCount(0, { timeout: 20_000 });
  await camera.take(app, 'templates');
  await inUsualFrame(app);
  await library.goTo('All recordings');
  await library.transcribe(fixtureFile(CALL));
  await library.open(CALL);
  await new TranscriptPage(app).expectOpen(CALL);
  await page.keyboard.press('ControlOrMeta+e');
  await exporting.choose('txt', 'docx', 'pdf');
  await template.selectOption({ label: 'Court: New York (22 NYCRR 108.3)' });
  await exporting.show('txt');
  await expect(exporting.preview).toContainText(/ 1 {3}/);
  await camera.take(app, 'export-court');
  await inUsualFrame(app);
  await dialog.getByRole('button', { name: /^Wording/ }).click();
  await dialog.getByLabel('Wording', { exact: true }).selectOption('clean');
  await dialog.getByLabel('Speakers are called by').selectOption('questionAnswer');
  await dialog.getByLabel('Write pauses as seconds: (1.5)').setChecked(true);
  await camera.take(app, 'export-wording', () =>
    dialog.getByRole('button', { name: /^Wording/ }).evaluate((button) => button.scrollIntoView()),
  );
  await inUsualFrame(app);
  await template.selectOption({ label: 'Word: Letterhead of the chambers' });
  await exporting.show('docx');
  await camera.take(app, 'export-template', () => template.evaluate((field) => field.scrollIntoView()));
  await inUsualFrame(app);
  await exporting.choose('rttm', 'eaf', 'textgrid');
  await exporting.show('textgrid');
  await camera.take(app, 'export-research', () =>
    dialog.getByRole('button', { name: 'For research' }).evaluate((button) => button.scrollIntoView()),
  );
  await inUsualFrame(app);
  await exporting.choose('txt', 'docx');
  await page.keyboard.press('Escape');
}
