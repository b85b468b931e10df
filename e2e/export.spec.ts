import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportDialog, type Format } from './pages/export-dialog.ts';
import { GatePage } from './pages/gate-page.ts';
import { shareHeard } from './pages/spoken-words.ts';
import { TranscriptPage } from './pages/transcript-page.ts';
import type { RunningApp } from './running-app.ts';
import { expect, PASSPHRASE, TRANSCRIBED, test } from './vault-fixture.ts';

test.use({ vault: 'transcribed' });

/** RTTM has no words; templates.spec.ts reads the files for research. */
type WordFormat = Exclude<Format, 'rttm' | 'eaf' | 'textgrid'>;

/** Reads a file of each format: its text without its markup. */
const READ: Readonly<Record<WordFormat, (file: string) => Promise<string>>> = {
  docx: async (file) =>
    execFileSync('unzip', ['-p', file, 'word/document.xml'], { encoding: 'utf8' }).replace(/<[^>]+>/g, ' '),
  pdf: async (file) => pdfText(file),
  txt: (file) => readFile(file, 'utf8'),
  md: (file) => readFile(file, 'utf8'),
  html: async (file) => withoutTags((await readFile(file, 'utf8')).replace(/<style>.*?<\/style>/s, '')),
  srt: async (file) => (await readFile(file, 'utf8')).replace(/^[\d:,]+( --> [\d:,]+)?$/gm, ''),
  vtt: async (file) => withoutTags((await readFile(file, 'utf8')).replace(/^[\d:.]+( --> .*)?$/gm, '')),
  csv: async (file) => (await readFile(file, 'utf8')).replace(/^[\d:.]+,[\d:.]+,/gm, ''),
  json: async (file) => {
    const { segments } = JSON.parse(await readFile(file, 'utf8')) as { segments: { text: string }[] };
    return segments.map(({ text }) => text).join(' ');
  },
  otr: async (file) => withoutTags((JSON.parse(await readFile(file, 'utf8')) as { text: string }).text),
};

const ALL = Object.keys(READ) as WordFormat[];

function pdfText(file: string): string {
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

function withoutTags(html: string): string {
  return html.replace(/<[^>]+>/g, ' ').replaceAll('&nbsp;', ' ');
}

/** Opens the export dialog of a recording whose transcript is open. */
async function openExport(app: RunningApp, name: string): Promise<ExportDialog> {
  await new TranscriptPage(app).expectOpen(name);
  await app.page.keyboard.press('ControlOrMeta+e');
  const exporting = new ExportDialog(app);
  await expect(exporting.dialog).toBeVisible();
  return exporting;
}

test('a corrected transcript is written in every format into the chosen folder', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  const transcript = new TranscriptPage(app);
  await library.open('phone-8k.wav');
  await transcript.putCaretBehind('My name is Laura');
  await app.page.keyboard.type(' Villanueva');
  await transcript.expectSaved();

  const exporting = await openExport(app, 'phone-8k.wav');
  await exporting.choose(...ALL);
  for (const format of ALL) {
    await exporting.show(format);
    await expect(exporting.preview, format).toContainText('Villanueva');
  }
  await exporting.write(folder, ALL.length);
  await exporting.done();

  const files = await readdir(folder);
  expect(files.toSorted()).toEqual(ALL.map((format) => `phone-8k.${format}`).toSorted());
  for (const format of ALL) {
    const text = await READ[format](join(folder, `phone-8k.${format}`));
    expect.soft(text, format).toMatch(/Laura\s+Villanueva/);
    expect.soft(shareHeard('phone-8k.wav', text), format).toBeGreaterThan(0.9);
  }

  await test.step('the PDF has numbered pages, a provenance page, and no address', async () => {
    const pdf = pdfText(join(folder, 'phone-8k.pdf'));
    const pages = pdf.split('\f').slice(0, -1);
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    expect(pages.at(-1)).toContain('Provenance');
    expect(pdf).not.toMatch(/app:|https?:|about:|electron/);
    const facts = execFileSync('pdfinfo', [join(folder, 'phone-8k.pdf')], { encoding: 'utf8' });
    expect(facts).toMatch(/Title:\s+phone-8k\.wav/);
    expect(facts).toMatch(/Tagged:\s+yes/);
    expect(facts).toMatch(/JavaScript:\s+no/);
    // The tests' locale is `en-US`.
    expect(facts).toMatch(/Page size:.*\(letter\)/);
  });

  await test.step('the HTML asks for nothing', async () => {
    const html = await readFile(join(folder, 'phone-8k.html'), 'utf8');
    expect(html).not.toMatch(/<(script|img|link|iframe|object)|url\(|@import|src=|href=/i);
  });

  await test.step('the transcript is still there, and nothing but the window is open', async () => {
    await expect(transcript.text('phone-8k.wav')).toBeVisible();
    expect(await countWindows(app)).toBe(1);
  });
});

/** Makes the printer wait until `release`. */
async function holdPrinting(app: RunningApp): Promise<{ release: () => Promise<void> }> {
  await app.electron.evaluate(({ app: main }) => {
    const held = new Promise<void>((resolve) => {
      (globalThis as { releasePrinting?: () => void }).releasePrinting = resolve;
    });
    main.on('browser-window-created', (_event, { webContents }) => {
      const print = webContents.printToPDF.bind(webContents);
      webContents.printToPDF = async (options) => {
        await held;
        return await print(options);
      };
    });
  });
  const release = () =>
    app.electron.evaluate(() => (globalThis as { releasePrinting?: () => void }).releasePrinting?.());
  return { release };
}

function countWindows(app: RunningApp): Promise<number> {
  return app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

test('an export of several recordings shows where it is, and can be stopped', async ({
  app,
  library,
}, testInfo) => {
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  for (const name of TRANSCRIBED) await expect(library.row(name)).toBeVisible();
  await library.list.getByRole('checkbox', { name: 'Select all' }).click();
  await app.page.getByRole('button', { name: 'Export 2…', exact: true }).click();
  const exporting = new ExportDialog(app);
  await exporting.choose('pdf');
  await exporting.chooseFolder(folder);
  const printing = await holdPrinting(app);
  await exporting.dialog.getByRole('button', { name: 'Export 2 files' }).click();
  await expect(exporting.dialog.getByRole('button', { name: 'Writing 1 of 2…' })).toBeVisible();
  await exporting.dialog.getByRole('button', { name: 'Stop' }).click();
  await printing.release();
  await expect(exporting.dialog.getByText('1 file was written.')).toBeVisible();
  await expect(exporting.dialog.getByText('1 recording was not exported')).toBeVisible();
  await exporting.done();
  expect(await readdir(folder)).toHaveLength(1);
});

test('locking while a PDF is printed leaves neither page nor file', async ({
  app,
  gate,
  library,
}, testInfo) => {
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  await library.open('phone-8k.wav');
  const exporting = await openExport(app, 'phone-8k.wav');
  await exporting.choose('pdf');
  await exporting.chooseFolder(folder);
  await holdPrinting(app);
  await exporting.dialog.getByRole('button', { name: 'Export 1 file' }).click();
  await expect.poll(() => app.electron.windows().length).toBe(2);
  const gone = app.electron.windows().at(-1)?.waitForEvent('close');
  await app.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'));
  await gone;
  await app.followWindow();
  await gate.expectLocked();
  await expect.poll(() => countWindows(app)).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('several recordings at once replace no file, and the last one is shown in its folder', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  const precious = ['memo-en.pdf', 'phone-8k.md', 'phone-8k (2).md'];
  for (const name of precious) await writeFile(join(folder, name), 'precious');

  for (const name of TRANSCRIBED) await expect(library.row(name)).toBeVisible();
  await library.list.getByRole('checkbox', { name: 'Select all' }).click();
  await app.page.getByRole('button', { name: 'Export 2…', exact: true }).click();
  const exporting = new ExportDialog(app);
  await expect(exporting.dialog).toHaveAccessibleName('Export 2 recordings');
  await exporting.choose('pdf', 'md');
  await exporting.write(folder, 4);
  await app.electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => {
      (globalThis as { revealed?: string }).revealed = path;
    };
  });
  await exporting.dialog.getByRole('button', { name: 'Show in folder' }).click();
  const revealed = () => app.electron.evaluate(() => (globalThis as { revealed?: string }).revealed ?? '');
  await expect.poll(revealed).not.toBe('');
  expect((await stat(await revealed())).isFile()).toBe(true);
  expect((await revealed()).startsWith(folder)).toBe(true);
  await exporting.done();

  for (const name of precious) expect(await readFile(join(folder, name), 'utf8')).toBe('precious');
  const written = ['memo-en (2).pdf', 'memo-en.md', 'phone-8k.pdf', 'phone-8k (3).md'];
  expect((await readdir(folder)).toSorted()).toEqual([...precious, ...written].toSorted());
  for (const recording of TRANSCRIBED) {
    const bare = recording.replace(/\..*/, '');
    for (const name of written.filter((candidate) => candidate.startsWith(bare))) {
      const format = name.endsWith('.pdf') ? 'pdf' : 'md';
      const text = await READ[format](join(folder, name));
      expect.soft(shareHeard(recording, text), name).toBeGreaterThan(0.9);
    }
  }
});

test('what to include is seen in the preview and holds in the files', async ({ app, library }, testInfo) => {
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  await library.open('phone-8k.wav');
  const exporting = await openExport(app, 'phone-8k.wav');
  await exporting.choose('docx', 'txt', 'html');
  await exporting.show('docx');
  await expect(exporting.preview).toContainText('00:00:00');
  await expect(exporting.preview).toContainText('Provenance');
  await exporting.part('Times').setChecked(false);
  await exporting.part('Provenance').setChecked(false);
  await expect(exporting.preview).not.toContainText('Provenance');
  await expect(exporting.preview).not.toContainText('00:00:00');
  await expect(exporting.preview).toContainText('Laura');
  await exporting.write(folder, 3);
  await exporting.done();
  for (const format of ['docx', 'txt', 'html'] as const) {
    const text = await READ[format](join(folder, `phone-8k.${format}`));
    expect.soft(text, format).toContain('Laura');
    expect.soft(text, format).not.toMatch(/00:00:0\d\s|Provenance/);
  }

  await test.step('what the chosen formats do not ask about cannot be chosen', async () => {
    const again = await openExport(app, 'phone-8k.wav');
    await again.choose('json');
    await expect(again.part('Speakers')).toBeDisabled();
    await again.choose('srt');
    await expect(again.part('Speakers')).toBeEnabled();
    await expect(again.part('Marks in the text')).toBeDisabled();
  });
});

test('the shape of subtitles and the cells of tables are seen in the preview, hold in the files, and are remembered', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const folder = testInfo.outputPath('exports');
  await mkdir(folder);
  await library.open('phone-8k.wav');
  const exporting = await openExport(app, 'phone-8k.wav');
  await exporting.choose('srt', 'csv');
  await exporting.show('srt');
  await expect(exporting.dialog.getByText('Players find subtitles by the name of the video')).toBeVisible();
  await (await exporting.measure('Characters a line')).fill('24');
  await expect.poll(async () => longestLine(await exporting.preview.innerText())).toBeLessThanOrEqual(24);

  await test.step('what does not go together is told, and cannot be written', async () => {
    const shortest = await exporting.measure('Shortest, in seconds');
    await shortest.fill('9');
    await expect(exporting.dialog.getByText('The shortest time is longer than the longest.')).toBeVisible();
    await expect(exporting.dialog.getByRole('button', { name: 'Export 2 files' })).toBeDisabled();
    await (await exporting.measure('Lines')).fill('0');
    await expect(exporting.dialog.getByText('From 1 to 4.')).toBeVisible();
    await (await exporting.measure('Lines')).fill('2');
    await shortest.fill('1.1');
    await expect(exporting.dialog.getByRole('button', { name: 'Export 2 files' })).toBeEnabled();
  });

  await exporting.dialog.getByRole('checkbox', { name: /byte order mark/ }).setChecked(true);
  await exporting.dialog.getByRole('combobox', { name: /separated by/ }).selectOption('Semicolon (1,5)');
  await exporting.show('csv');
  await expect(exporting.preview).toContainText('start;end;speaker');
  await exporting.write(folder, 2);
  await exporting.done();
  const srt = await readFile(join(folder, 'phone-8k.srt'), 'utf8');
  expect(srt.startsWith('\uFEFF1\n')).toBe(true);
  expect(longestLine(srt)).toBeLessThanOrEqual(24);
  expect(shareHeard('phone-8k.wav', await READ.srt(join(folder, 'phone-8k.srt')))).toBeGreaterThan(0.9);
  expect(await readFile(join(folder, 'phone-8k.csv'), 'utf8')).toMatch(/;0,\d\d;/);

  const again = await openExport(app, 'phone-8k.wav');
  await expect(await again.measure('Characters a line')).toHaveValue('24');
  await expect(await again.measure('Shortest, in seconds')).toHaveValue('1.1');
});

/** The length of the longest line other than time lines. */
function longestLine(subtitles: string): number {
  const lines = subtitles.split('\n').filter((line) => !line.includes('-->'));
  return Math.max(...lines.map((line) => line.length));
}

test('folder and choice are remembered over a restart, with the warning, and only in the vault', async ({
  app,
  library,
}, testInfo) => {
  test.setTimeout(120_000);
  const folder = join(testInfo.outputPath('Dropbox'), 'Cassandra Quimby');
  await mkdir(folder, { recursive: true });
  await library.open('phone-8k.wav');
  const exporting = await openExport(app, 'phone-8k.wav');
  await exporting.choose('txt', 'csv');
  await exporting.part('Marks in the text').setChecked(false);
  await exporting.chooseFolder(folder);
  const warning = exporting.dialog.getByRole('alert');
  await expect(warning).toContainText('Dropbox copies this folder to other computers');
  await exporting.writeThere(2);
  await exporting.done();

  await app.relaunch();
  await new GatePage(app).unlock(PASSPHRASE);
  await library.open('memo-en.mp3');
  const later = await openExport(app, 'memo-en.mp3');
  await expect(later.dialog.getByText(folder, { exact: true })).toBeVisible();
  await expect(later.dialog.getByRole('alert')).toContainText('Dropbox copies this folder');
  for (const format of ALL) {
    const isChosen = format === 'txt' || format === 'csv';
    await expect.soft(later.format(format), format).toBeChecked({ checked: isChosen });
  }
  await expect(later.part('Marks in the text')).not.toBeChecked();
  await expect(later.part('Speakers')).toBeChecked();
  // The remembered folder needs no new choice.
  await later.writeThere(2);
  expect((await readdir(folder)).toSorted()).toEqual(
    ['memo-en.csv', 'memo-en.txt', 'phone-8k.csv', 'phone-8k.txt'].toSorted(),
  );
  await later.done();

  await app.quit();
  for (const entry of await readdir(app.home, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    expect.soft(bytes.includes('Quimby'), entry.name).toBe(false);
  }
});

test('where a folder is gone the dialog says so, and another can be chosen', async ({
  app,
  library,
}, testInfo) => {
  const stick = testInfo.outputPath('stick');
  const folder = testInfo.outputPath('exports');
  for (const path of [stick, folder]) await mkdir(path);
  await library.open('phone-8k.wav');
  const exporting = await openExport(app, 'phone-8k.wav');
  await exporting.choose('pdf');
  await exporting.chooseFolder(stick);
  await rm(stick, { recursive: true });
  await exporting.dialog.getByRole('button', { name: 'Export 1 file' }).click();
  await expect(exporting.dialog.locator('[data-error-code="folder.notWritable"]')).toBeVisible();
  await expect(exporting.dialog.getByText('phone-8k.wav', { exact: true })).toBeVisible();
  await exporting.answerFolder(folder);
  await exporting.dialog.getByRole('button', { name: 'Choose another place' }).click();
  await expect(exporting.dialog.getByText(folder, { exact: true })).toBeVisible();
  await exporting.writeThere(1);
  await exporting.done();
  expect(shareHeard('phone-8k.wav', pdfText(join(folder, 'phone-8k.pdf')))).toBeGreaterThan(0.9);
});
