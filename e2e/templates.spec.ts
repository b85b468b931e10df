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

test('a passage is copied with the page and line of the exported PDF, and page and line lead back to it', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(180_000);
  const { page } = app;
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  const transcript = new TranscriptPage(app);
  const copied = () => app.electron.evaluate(({ clipboard }) => clipboard.readText());
  await library.open(NAME);
  await transcript.expectOpen(NAME);

  await test.step('without numbered pages there is nothing to cite, and what to do is told', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+c');
    const told = page.getByText(/not exported on numbered pages yet/);
    await expect(told).toBeVisible();
    await page.getByRole('button', { name: 'Understood' }).click();
    await expect(told).toBeHidden();
  });

  const exporting = await openExport(app);
  await exporting.choose('pdf', 'docx');
  await exporting.dialog.getByLabel('Template', { exact: true }).selectOption('newYork');
  await exporting.dialog.getByLabel('Characters a line').fill('40');
  await exporting.write(folder, 2);
  await exporting.done();
  const printed = execFileSync('pdftotext', ['-layout', join(folder, 'phone-8k.pdf'), '-'], {
    encoding: 'utf8',
  });
  const lines = cited(printed);
  const wordsOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

  await test.step('the paragraph, by the menu of the text', async () => {
    await transcript.text().getByText('My name is Laura').click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Copy citation/ }).click();
    await expect(page.getByText(/^Copied with its place: /)).toBeVisible();
    const [, quote = '', place = ''] = /^“(.*)” \((.*)\)$/s.exec(await copied()) ?? [];
    const [, number, first, last] = /^(\d+):(\d+)–(\d+)$/.exec(place) ?? [];
    const from = lines.findIndex((line) => line.startsWith(`${number}:${first} `));
    const to = lines.findIndex((line) => line.startsWith(`${number}:${last} `));
    const between = lines.slice(from, to + 1).map((line) => line.replace(/^\S+ /, ''));
    expect(wordsOf(quote)).not.toBe('');
    expect(wordsOf(between.join(' '))).toContain(wordsOf(quote));
    expect(wordsOf(between.slice(1).join(' '))).not.toContain(wordsOf(quote));
    expect(wordsOf(between.slice(0, -1).join(' '))).not.toContain(wordsOf(quote));
  });

  await test.step('a selection, by its key', async () => {
    await transcript.putCaretBehind('My name is');
    await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft');
    await page.keyboard.press('ControlOrMeta+Shift+c');
    await expect.poll(copied).toMatch(/^“is” \(2:1\)$/);
  });

  await test.step('page and line lead to the words that begin there', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+g');
    const dialog = page.getByRole('dialog', { name: 'Go to page and line' });
    await expectAccessible(app, 'go to page and line');
    await dialog.getByLabel('Page:line').fill('99:1');
    await page.keyboard.press('Enter');
    await expect(dialog.getByText(/no words at 99:1/)).toBeVisible();
    await dialog.getByLabel('Page:line').fill('2:2');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    const second = lines.find((line) => line.startsWith('2:2 '))?.replace(/^\S+ /, '') ?? '';
    // Up to the end of the segment, which may go on or end within the line.
    const selected = async () => wordsOf((await page.evaluate(() => getSelection()?.toString())) ?? '');
    await expect.poll(selected).toMatch(new RegExp(`^${wordsOf(second).split(' ')[0]}\\b`));
    const [shorter = '', longer = ''] = [await selected(), wordsOf(second)].sort(
      (a, b) => a.length - b.length,
    );
    expect(longer.startsWith(shorter)).toBe(true);
  });
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
