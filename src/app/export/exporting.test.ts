import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, expect, test } from 'vitest';
import { FULL_CONTENT } from '../../contract/document.ts';
import { USUAL_STYLE } from '../../contract/export-style.ts';
import { type FormatChoice, USUAL_FORMAT_CHOICE } from '../../contract/format-options.ts';
import type { Database } from '../../core/database/database.ts';
import { addTranscript, testDatabase } from '../../core/database/testing/test-database.ts';
import { closeExporter } from '../../core/export/export-thread.ts';
import type { PdfPrinter } from '../../core/export/export-transcript.ts';
import { Exporting } from './exporting.ts';

afterAll(closeExporter);

const NOTHING_BUT_WORDS = { times: false, speakers: false, marks: false, provenance: false };

const NARROW: FormatChoice = {
  subtitles: { ...USUAL_FORMAT_CHOICE.subtitles, lineLength: 32, lines: 1 },
  srt: { byteOrderMark: true, crlf: true },
  csvDelimiter: 'auto',
};

const jammed: PdfPrinter = () => Promise.reject(new Error('out of paper'));

function exportingFrom(database: Database, folder: string, printer: PdfPrinter = jammed): Exporting {
  return new Exporting({
    copyOf: async (document) => ({ document, namesIn: () => [] }),
    database,
    language: () => 'en',
    numbersLocale: () => 'es-ES',
    documentsFolder: folder,
    printer,
  });
}

async function addMatter(db: Database, name: string): Promise<string> {
  const id = newId();
  await db.matters.add({ id, name, vocabulary: [], speakers: [], defaultOptions: {}, createdAtMs: 1 });
  return id;
}

async function transcriptIn(db: Database, matterId: string | null, name: string): Promise<string> {
  const { recordingId } = await addTranscript(db, [`spoken in ${name}`], name);
  if (matterId !== null) await db.recordings.moveToMatter({ recordingId, matterId });
  return recordingId;
}

test('each matter remembers its own folder and choice, over a restart too', async () => {
  await using file = await testDatabase();
  const [smith, jones] = [await addMatter(file.db, 'Smith'), await addMatter(file.db, 'Jones')];
  const inSmith = await transcriptIn(file.db, smith, 'a.wav');
  const alsoInSmith = await transcriptIn(file.db, smith, 'b.wav');
  const inJones = await transcriptIn(file.db, jones, 'c.wav');
  const inNone = await transcriptIn(file.db, null, 'd.wav');
  const out = join(file.folder, 'out');
  const other = join(file.folder, 'Dropbox', 'other');
  for (const folder of [out, other]) await mkdir(folder, { recursive: true });

  const exporting = exportingFrom(file.db, file.folder);
  await exporting.give(out);
  expect(await exporting.give(other)).toEqual({ folder: other, synced: 'Dropbox' });
  const plain = {
    folder: out,
    formats: ['txt' as const],
    content: NOTHING_BUT_WORDS,
    formatOptions: USUAL_FORMAT_CHOICE,
    style: USUAL_STYLE,
  };
  const table = {
    folder: other,
    formats: ['md' as const, 'csv' as const, 'srt' as const],
    content: FULL_CONTENT,
    formatOptions: NARROW,
    style: USUAL_STYLE,
  };
  expect((await exporting.write([inSmith], plain)).failed).toEqual([]);
  expect((await exporting.write([inJones], table)).failed).toEqual([]);
  // Numbers in the machine's locale, Spanish.
  expect(await readFile(join(other, 'c.csv'), 'utf8')).toContain('start;end;speaker');
  expect(await readFile(join(other, 'c.srt'), 'utf8')).toMatch(/^\uFEFF1\r\n/);
  expect(await readFile(join(out, 'a.txt'), 'utf8')).toContain('\nspoken in a.wav\n');

  await file.reopen();
  const later = exportingFrom(file.db, file.folder);
  expect(await later.lastChoice(alsoInSmith)).toEqual({ ...plain, synced: null });
  expect(await later.lastChoice(inJones)).toEqual({ ...table, synced: 'Dropbox' });
  expect(await later.lastChoice(inNone)).toEqual({
    folder: file.folder,
    formats: ['docx'],
    content: FULL_CONTENT,
    formatOptions: USUAL_FORMAT_CHOICE,
    style: USUAL_STYLE,
    synced: null,
  });
  // A remembered folder counts as a known one.
  expect((await later.write([alsoInSmith], plain)).written).toEqual([
    { recordingId: alsoInSmith, path: join(out, 'b.txt') },
  ]);
});

test('recordings of one name that are exported together are told apart', async () => {
  await using file = await testDatabase();
  const first = await transcriptIn(file.db, null, 'REC0001.wav');
  const second = await transcriptIn(file.db, null, 'REC0001.mp3');
  const exporting = exportingFrom(file.db, file.folder);
  const choice = {
    folder: file.folder,
    formats: ['txt' as const],
    content: NOTHING_BUT_WORDS,
    formatOptions: USUAL_FORMAT_CHOICE,
    style: USUAL_STYLE,
  };
  await exporting.give(file.folder);
  const ids = [first, second];
  const names: string[] = [];
  // As the page requests them, one by one.
  for (const id of ids) {
    const { written } = await exporting.write([id], choice, ids);
    names.push(...written.map(({ path }) => basename(path)));
  }
  expect(names).toEqual(['REC0001 (wav).txt', 'REC0001 (mp3).txt']);
  // Alone it has its name, and replaces nothing.
  await file.db.recordings.rename({ recordingId: second, name: 'Hearing' });
  const [alone] = (await exporting.write(ids, choice)).written;
  expect(basename(alone?.path ?? '')).toBe('REC0001.txt');
});

test('subtitles get the name of the video beside them, whatever the recording is called', async () => {
  await using file = await testDatabase();
  const recordingId = await transcriptIn(file.db, null, 'interview.mp4');
  await file.db.recordings.rename({ recordingId, name: 'Smith v. Jones' });
  const exporting = exportingFrom(file.db, file.folder);
  const choice = {
    folder: file.folder,
    formats: ['txt' as const, 'srt' as const],
    content: NOTHING_BUT_WORDS,
    formatOptions: USUAL_FORMAT_CHOICE,
    style: USUAL_STYLE,
  };
  await exporting.give(file.folder);
  await writeFile(join(file.folder, 'interview.mp4'), '');
  const { written } = await exporting.write([recordingId], choice);
  expect(written.map(({ path }) => basename(path))).toEqual(['Smith v. Jones.txt', 'interview.srt']);
});

test('a choice that was remembered before contents and formats could be chosen holds everything', async () => {
  await using file = await testDatabase();
  const recordingId = await transcriptIn(file.db, null, 'a.wav');
  const value = { folder: file.folder, formats: ['txt'], timestamps: false };
  await file.db.settings.set({ key: 'lastExport', value });
  expect(await exportingFrom(file.db, '/elsewhere').lastChoice(recordingId)).toMatchObject({
    folder: file.folder,
    formats: ['txt'],
    content: FULL_CONTENT,
    formatOptions: USUAL_FORMAT_CHOICE,
    style: USUAL_STYLE,
  });
});

test('what one recording or format fails in does not take the others along, and is told', async () => {
  await using file = await testDatabase();
  const first = await transcriptIn(file.db, null, 'a.wav');
  const second = await transcriptIn(file.db, null, 'b.wav');
  const out = join(file.folder, 'out');
  await mkdir(out);
  const wanted = {
    folder: out,
    formats: ['txt' as const, 'pdf' as const],
    content: FULL_CONTENT,
    formatOptions: USUAL_FORMAT_CHOICE,
    style: USUAL_STYLE,
  };

  // The first page hangs; the next is printed.
  let pages = 0;
  const printer: PdfPrinter = async () => {
    pages++;
    if (pages === 1) throw new Error('out of paper');
    return Buffer.from('%PDF');
  };
  const exporting = exportingFrom(file.db, file.folder, printer);
  await exporting.give(out);
  const { written, failed } = await exporting.write([first, second], wanted);
  expect(written.map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'b.pdf'].map((name) => join(out, name)));
  expect(failed).toEqual([{ name: 'a.wav', failure: { code: 'export.failed', details: {} } }]);
  expect((await readdir(out)).toSorted()).toEqual(['a.txt', 'b.pdf', 'b.txt']);
  expect(exporting.lastFileOf(first)).toBe(join(out, 'a.txt'));

  const entries = await file.db.audit.about(['version.exported']);
  const hashOf = async (name: string) =>
    createHash('sha256')
      .update(await readFile(join(out, name)))
      .digest('hex');
  expect(entries.map(({ detail }) => detail)).toEqual([
    { format: 'txt', fileHash: await hashOf('a.txt') },
    { format: 'txt', fileHash: await hashOf('b.txt') },
    { format: 'pdf', fileHash: await hashOf('b.pdf') },
  ]);
});
