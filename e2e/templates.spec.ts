import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wordTemplate } from '../src/core/export/testing/word-templates.ts';
import { expectAccessible } from './accessible.ts';
import { ExportDialog } from './pages/export-dialog.ts';
import { SettingsPage } from './pages/settings-page.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

const NAME = 'phone-8k.wav';

async function openExport(app: RunningApp): Promise<ExportDialog> {
  await new TranscriptPage(app).expectOpen(NAME);
  await app.page.keyboard.press('ControlOrMeta+e');
  const exporting = new ExportDialog(app);
  await expect(exporting.dialog).toBeVisible();
  return exporting;
}

/** The numbered lines of pages: each as `page:line words`. */
function cited(text: string): string[] {
  return text.split('\f').flatMap((page, at) =>
    page.split('\n').flatMap((line) => {
      const [, number, words] = /^ *(\d{1,2}) {2,}(\S.*)$/.exec(line) ?? [];
      return words === undefined ? [] : [`${at + 1}:${number} ${words.replace(/ +/g, ' ').trim()}`];
    }),
  );
}

test('court pages have the same words at the same page and line as text, as Word and as PDF; ELAN and Praat hold them too', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(180_000);
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  await library.open(NAME);
  const exporting = await openExport(app);
  await exporting.choose('txt', 'docx', 'pdf', 'eaf', 'textgrid');
  await exporting.dialog
    .getByLabel('Template', { exact: true })
    .selectOption({ label: 'Court: New York (22 NYCRR 108.3)' });
  await exporting.show('txt');
  await expect(exporting.preview).toContainText(/ 1 {3}/);
  await exporting.dialog.getByRole('button', { name: /^Wording/ }).click();
  await expectAccessible(app, 'court pages and wording');
  await exporting.write(folder, 5);
  const text = await readFile(join(folder, 'phone-8k.txt'), 'utf8');
  const lines = cited(text);
  expect(lines.length).toBeGreaterThan(3);
  execFileSync('soffice', [
    '--headless',
    '--convert-to',
    'pdf:writer_pdf_Export',
    '--outdir',
    join(folder, 'word'),
    join(folder, 'phone-8k.docx'),
  ]);
  for (const pdf of ['word/phone-8k.pdf', 'phone-8k.pdf']) {
    const printed = execFileSync('pdftotext', ['-layout', join(folder, pdf), '-'], { encoding: 'utf8' });
    expect(cited(printed), pdf).toEqual(lines);
  }
  const eaf = await readFile(join(folder, 'phone-8k.eaf'), 'utf8');
  const said = [...eaf.matchAll(/<ANNOTATION_VALUE>([^<]*)/g)].map(([, value = '']) => value).join(' ');
  expect(shareHeard(NAME, said)).toBeGreaterThan(0.9);
  const grid = await readFile(join(folder, 'phone-8k.TextGrid'), 'utf8');
  const marked = [...grid.matchAll(/text = "([^"]*)"/g)].map(([, value = '']) => value).join(' ');
  expect(shareHeard(NAME, marked)).toBeGreaterThan(0.9);
});

test('a Word template of one’s own is added, used and remembered', async ({ app, library }, testInfo) => {
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  const file = join(folder, 'Letterhead.dotx');
  await writeFile(file, wordTemplate());
  await library.open(NAME);
  const exporting = await openExport(app);
  await exporting.choose('docx');
  await exporting.answerFolder(file);
  await exporting.dialog.getByRole('button', { name: 'Add a Word template…' }).click();
  const template = exporting.dialog.getByLabel('Template', { exact: true });
  await expect(template.locator('option:checked')).toHaveText('Word: Letterhead');
  await exporting.write(folder, 1);
  const part = (name: string) =>
    execFileSync('unzip', ['-p', join(folder, 'phone-8k.docx'), name], { encoding: 'utf8' });
  const text = part('word/document.xml').replace(/<[^>]+>/g, ' ');
  expect(shareHeard(NAME, text)).toBeGreaterThan(0.9);
  expect(text).toContain('End of phone-8k.wav');
  expect(part('word/header1.xml')).toContain('Quiroz');
  await exporting.done();
  await app.page.keyboard.press('Alt+ArrowLeft');
  await new SettingsPage(app).open('Word templates');
  await expect(app.page.getByRole('list', { name: 'Word templates' })).toContainText('Letterhead');
  await expectAccessible(app, 'Word templates');
  await library.goTo('All recordings');
  await library.open(NAME);
  const again = await openExport(app);
  await expect(again.dialog.getByLabel('Template', { exact: true }).locator('option:checked')).toHaveText(
    'Word: Letterhead',
  );
});
