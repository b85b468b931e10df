import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportDialog, FORMATS, type Format } from './pages/export-dialog.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

/** What someone reads in a file of each format: its words without its markup. */
const READ: Readonly<Record<Format, (file: string) => Promise<string>>> = {
  docx: async (file) =>
    execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8' }).replace(/<[^>]+>/g, ' '),
  txt: (file) => readFile(file, 'utf8'),
  srt: async (file) => (await readFile(file, 'utf8')).replace(/^[\d:,]+( --> [\d:,]+)?$/gm, ''),
  vtt: async (file) =>
    (await readFile(file, 'utf8')).replace(/^[\d:.]+( --> .*)?$/gm, '').replace(/<[^>]+>/g, ''),
  json: async (file) => {
    const { segments } = JSON.parse(await readFile(file, 'utf8')) as { segments: { text: string }[] };
    return segments.map(({ text }) => text).join(' ');
  },
};

test('a corrected transcript is written in every format into the chosen folder', async ({
  app,
  library,
}, testInfo) => {
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  await transcript.putCaretBehind('My name is Laura');
  await app.page.keyboard.type(' Villanueva');
  await transcript.expectSaved();

  await app.page.keyboard.press('ControlOrMeta+e');
  const exporting = new ExportDialog(app);
  const formats = Object.keys(FORMATS) as Format[];
  await exporting.choose(...formats);
  await expect(exporting.preview).toContainText('Villanueva');
  await exporting.write(folder, formats.length);

  const files = await readdir(folder);
  expect(files).toHaveLength(formats.length);
  for (const format of formats) {
    const file = files.find((name) => name.endsWith(`.${format}`)) ?? '';
    const text = await READ[format](join(folder, file));
    expect.soft(text, format).toMatch(/Laura\s+Villanueva/);
    expect.soft(shareHeard('phone-8k.wav', text), format).toBeGreaterThan(0.9);
  }

  await test.step('nothing is replaced unasked, and the choice is remembered', async () => {
    await app.page.keyboard.press('ControlOrMeta+e');
    await expect(exporting.dialog.getByText(folder)).toBeVisible();
    await exporting.write(folder, formats.length);
    expect(await readdir(folder)).toHaveLength(2 * formats.length);
  });
});
