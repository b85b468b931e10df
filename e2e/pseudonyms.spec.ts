import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { wordTemplate } from '../src/core/export/testing/word-templates.ts';
import { expectAccessible } from './accessible.ts';
import { ExportDialog } from './pages/export-dialog.ts';
import { storedSegments } from './pages/stored-transcript.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import { expect, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

test('names are replaced by labels in a copy, and bleeped in the sound; the text stays as it is', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(180_000);
  const { page } = app;
  const folder = testInfo.outputPath('copies');
  await mkdir(folder);
  const transcript = new TranscriptPage(app);
  const dialog = page.getByRole('dialog', { name: 'Pseudonyms' });
  const open = async () => {
    await transcript.text().focus();
    await transcript.button('More').click();
    await page.getByRole('menuitem', { name: 'Pseudonyms…' }).click();
    await expect(dialog.getByRole('heading', { name: 'The key' })).toBeVisible();
  };
  await library.open('phone-8k.wav');
  await transcript.expectOpen('phone-8k.wav');
  const original = await transcript.text().innerText();
  expect(original).toContain('Laura');

  await test.step('a name that was found gets the next label of its kind', async () => {
    await open();
    await expectAccessible(app, 'pseudonyms');
    await dialog.getByRole('button', { name: 'Replace “Laura” by a label' }).click();
    await expect(dialog.getByLabel('What [Person 1] stands for')).toHaveValue('Laura');
    await expect(dialog.getByRole('button', { name: 'Replace “Laura” by a label' })).toHaveCount(0);
  });

  await test.step('words that were selected in the text get one, too, of any kind', async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await selectWords(app.page, 'hospital');
    await transcript.button('More').click();
    await page.getByRole('menuitem', { name: 'Pseudonyms…' }).click();
    await expect(dialog.getByLabel('Words as they stand in the text')).toHaveValue('hospital');
    await dialog
      .getByRole('region', { name: 'The key' })
      .getByLabel('What “hospital” is')
      .selectOption('Place');
    await dialog
      .getByRole('region', { name: 'The key' })
      .getByRole('button', { name: 'Replace', exact: true })
      .click();
    await expect(dialog.getByLabel('What [Place 1] stands for')).toHaveValue('hospital');
  });

  await test.step('the copy has labels in every format, and nothing of the names', async () => {
    await dialog.getByRole('button', { name: 'Export the copy…' }).click();
    const exporting = new ExportDialog(app);
    await expect(exporting.dialog.getByText('Pseudonymised copy', { exact: true })).toBeVisible();
    await exporting.choose('txt', 'json', 'srt', 'html');
    await exporting.write(folder, 4);
    await exporting.done();
    const files = await readdir(folder);
    expect(files).toHaveLength(4);
    for (const file of files) {
      expect(file).toContain('pseudonymised');
      const text = await readFile(join(folder, file), 'utf8');
      for (const planted of ['Laura', 'hospital', 'phone-8k']) expect(text).not.toContain(planted);
      expect(text).toContain('[Person 1]');
    }
    expect(await transcript.text().innerText()).toBe(original);
  });

  await test.step('a Word template is pseudonymised with it: none of its parts holds a name', async () => {
    const letterhead = join(folder, 'Letterhead.dotx');
    await writeFile(letterhead, letterheadWithNames());
    await open();
    await dialog.getByRole('button', { name: 'Export the copy…' }).click();
    const exporting = new ExportDialog(app);
    await exporting.choose('docx');
    await exporting.answerFolder(letterhead);
    await exporting.dialog.getByRole('button', { name: 'Add a Word template…' }).click();
    await expect(
      exporting.dialog.getByLabel('Template', { exact: true }).locator('option:checked'),
    ).toHaveText('Word: Letterhead');
    await exporting.write(folder, 1);
    await exporting.done();
    const name = (await readdir(folder)).find((file) => file.endsWith('.docx')) ?? '';
    expect(name).toContain('pseudonymised');
    const parts = Object.entries(unzipSync(await readFile(join(folder, name))));
    for (const [part, bytes] of parts) {
      // As it stands in the file, and as it is read where a name is split over runs.
      const source = strFromU8(bytes);
      for (const text of [source, source.replace(/<[^>]+>/g, '')]) {
        for (const planted of ['Laura', 'hospital', 'phone-8k', 'Clerk']) {
          expect(text, `${planted} in ${part}`).not.toContain(planted);
        }
      }
    }
    const textOf = (part: string) =>
      strFromU8(Object.fromEntries(parts)[part] ?? new Uint8Array()).replace(/<[^>]+>/g, '');
    expect(textOf('word/header1.xml')).toContain('Quiroz &amp; Partners for [Person 1], [Place 1]');
    expect(textOf('word/document.xml')).toContain('Dear [Person 1]');
    expect(textOf('word/document.xml')).toMatch(/My name is \[Person 1\]/);
    expect(textOf('word/comments.xml')).toContain('Ask [Person 1]');
  });

  const segments = await storedSegments(app, 'phone-8k.wav');
  const said = segments.flatMap(({ words }) => words).find(({ text }) => text.includes('Laura'));
  if (said === undefined) throw new Error('Nobody says the name.');

  await test.step('the sound is silent where the name is said, and as it was elsewhere', async () => {
    await open();
    await new ExportDialog(app).answerFolder(folder);
    await dialog.getByLabel('Instead of the words').selectOption('Silence');
    await dialog.getByRole('button', { name: 'Export bleeped sound…' }).click();
    await expect(page.getByText(/passages? (is|are) covered/)).toBeVisible({ timeout: 30_000 });
    const name = (await readdir(folder)).find((file) => file.endsWith('.wav')) ?? '';
    const samples = decoded(join(folder, name));
    const level = (fromMs: number, toMs: number) => rms(samples.subarray(fromMs * 16, toMs * 16));
    expect(level(said.startMs, said.endMs)).toBe(0);
    expect(level(0, samples.length / 16)).toBeGreaterThan(50);
  });

  await test.step('a small file is silent there too, and holds nothing of the name', async () => {
    for (const [format, ending] of [
      ['MP3', '.mp3'],
      ['M4A', '.m4a'],
    ] as const) {
      await dialog.getByLabel('File', { exact: true }).selectOption(format);
      await dialog.getByRole('button', { name: 'Export bleeped sound…' }).click();
      const find = async () => (await readdir(folder)).find((file) => file.endsWith(ending)) ?? '';
      await expect.poll(find, { timeout: 30_000 }).not.toBe('');
      const file = join(folder, await find());
      const samples = decoded(file);
      const level = (fromMs: number, toMs: number) => rms(samples.subarray(fromMs * 16, toMs * 16));
      // The codec smears a little of what is beside.
      expect(level(said.startMs + 60, said.endMs - 60), format).toBeLessThan(5);
      expect(level(0, samples.length / 16), format).toBeGreaterThan(50);
      const bytes = (await readFile(file)).toString('latin1');
      for (const planted of ['Laura', 'phone-8k']) expect(bytes, format).not.toContain(planted);
    }
  });

  await test.step('the key goes out only on purpose, as its own file', async () => {
    await dialog.getByRole('button', { name: 'Export the key…' }).click();
    await expect(page.getByText(/Whoever has this file can undo the pseudonyms/)).toBeVisible();
    const name = (await readdir(folder)).find((file) => file.endsWith('.csv')) ?? '';
    expect(await readFile(join(folder, name), 'utf8')).toContain('"[Person 1]","Person","Laura"');
  });
});

/** A letterhead with the names of the recording in header (one split over runs), text, a comment and its author. */
function letterheadWithNames(): Uint8Array {
  const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
  const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  return wordTemplate(`<w:p>${run('Dear Laura,')}</w:p><w:p>${run('{{transcript}}')}</w:p>`, {
    'word/header1.xml': `<w:hdr ${word}><w:p>${run('Quiroz &amp; Partners for La')}${run('ura, hospital')}${run(' ({{recording}}, phone-8k.wav)')}</w:p></w:hdr>`,
    'word/comments.xml': `<w:comments ${word}><w:comment w:id="0" w:author="Clerk Laura" w:initials="CL"><w:p>${run('Ask Laura')}</w:p></w:comment></w:comments>`,
  });
}

async function selectWords(page: Page, wanted: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Transcript of / }).evaluate((text, words) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(words) ?? -1;
      if (start < 0) continue;
      getSelection()?.setBaseAndExtent(node, start, node, start + words.length);
      return;
    }
    throw new Error('These words are not in one piece of the text.');
  }, wanted);
}

/** The samples of a sound file, as one channel at 16 kHz. */
function decoded(file: string): Int16Array {
  const form = ['-f', 's16le', '-ac', '1', '-ar', '16000', '-'];
  const bytes = execFileSync('ffmpeg', ['-v', 'error', '-i', file, ...form], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function rms(samples: Int16Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample ** 2;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
