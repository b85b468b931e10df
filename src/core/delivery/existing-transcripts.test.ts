import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { type Delivery, type ExportFormat, FULL_CONTENT } from '../../contract/document.ts';
import { OPTIONS } from '../database/testing/test-database.ts';
import { closeExporter } from '../export/export-thread.ts';
import { exampleDocument, segmentOf } from '../export/testing/example-documents.ts';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { isInFolder, type WantedTranscript } from './existing-transcripts.ts';
import { wantedOf } from './provenance.ts';
import { writeDocument } from './write-document.ts';

afterAll(closeExporter);

/** A recording whose transcript a run has written, and what the same run would require again. */
async function written(formats: ExportFormat[], tracks = 1): Promise<WantedTranscript> {
  const sourcePath = join(temporaryFolder(), 'hearing.wav');
  const source = Buffer.from('the sound of a hearing');
  writeFileSync(sourcePath, source);
  const delivery: Delivery = {
    folder: temporaryFolder(),
    formats,
    timestamps: false,
    overwrite: false,
    content: FULL_CONTENT,
  };
  const document = exampleDocument({ segments: [segmentOf('Good morning.', 0, 900)] });
  await writeDocument({ ...document, recording: { ...document.recording, name: 'hearing.wav' } }, delivery, {
    language: 'en',
    maker: {
      sourceSha256: createHash('sha256').update(source).digest('hex'),
      sourceSizeBytes: source.length,
      track: 1,
      tracks,
      ...wantedOf(OPTIONS, delivery),
    },
  });
  return { sourcePath, options: OPTIONS, track: null, delivery };
}

test('what was written is known again, in every mix of formats that tells, whatever it is named by', async () => {
  for (const formats of [
    ['txt', 'docx'],
    ['json', 'srt', 'csv'],
    ['json', 'docx', 'vtt'],
    ['json'],
  ] as const) {
    const wanted = await written([...formats]);
    const { folder } = wanted.delivery;
    expect(await isInFolder(wanted), formats.join()).toBe(true);
    expect(await isInFolder({ ...wanted, options: { ...OPTIONS, threads: 2 } })).toBe(true);
    expect(
      await isInFolder({ ...wanted, delivery: { ...wanted.delivery, overwrite: true, baseName: 'x' } }),
    ).toBe(true);
    const [telling = ''] = readdirSync(folder).filter((name) =>
      name.endsWith(formats.includes('json' as never) ? '.json' : '.docx'),
    );
    renameSync(join(folder, telling), join(folder, telling.replace('hearing', 'hearing (day1)')));
    expect(await isInFolder(wanted)).toBe(true);
  }
  expect(await isInFolder(await written(['txt', 'srt']))).toBe(false);
});

test('anything else is wanted anew', async () => {
  const wanted = await written(['txt', 'docx']);
  const { options, delivery } = wanted;
  const others: Partial<WantedTranscript>[] = [
    { options: { ...options, model: { ...options.model, sha256: 'b'.repeat(64) } } },
    { options: { ...options, language: 'es' } },
    { options: { ...options, prompt: 'Peña' } },
    { options: { ...options, speakers: 'channels' } },
    { options: { ...options, translate: true } },
    { options: { ...options, keepSilence: true } },
    { options: { ...options, beamSize: 1 } },
    { track: 2 },
    { delivery: { ...delivery, formats: ['txt', 'docx', 'srt'] } },
    { delivery: { ...delivery, timestamps: true } },
    { delivery: { ...delivery, timeOffsetMs: 1000 } },
    { delivery: { ...delivery, folder: temporaryFolder() } },
  ];
  for (const other of others)
    expect(await isInFolder({ ...wanted, ...other }), JSON.stringify(other)).toBe(false);
  // Of several tracks one must be named.
  const several = await written(['docx'], 2);
  expect(await isInFolder(several)).toBe(false);
  expect(await isInFolder({ ...several, track: 1 })).toBe(true);
  expect(await isInFolder({ ...several, track: 'mix' })).toBe(false);
  // The same name and length, another recording.
  writeFileSync(wanted.sourcePath, 'the sound of a HEARING');
  expect(await isInFolder(wanted)).toBe(false);
});

test('a file of a release before live recording counts', async () => {
  const wanted = await written(['json']);
  const path = join(wanted.delivery.folder, 'hearing.json');
  const { transcribedLive, ...earlier } = JSON.parse(readFileSync(path, 'utf8'));
  expect(transcribedLive).toEqual([]);
  writeFileSync(path, JSON.stringify(earlier));
  expect(await isInFolder(wanted)).toBe(true);
});

test.each([
  ['a text that is cut', 'hearing.txt', (path: string) => truncateSync(path, 4)],
  ['a text that is gone', 'hearing.txt', (path: string) => rmSync(path)],
  ['a document that is cut', 'hearing.docx', (path: string) => truncateSync(path, 2000)],
  ['an empty document', 'hearing.docx', (path: string) => truncateSync(path, 0)],
])('%s does not count', async (_what, name, damage) => {
  const wanted = await written(['txt', 'docx']);
  damage(join(wanted.delivery.folder, name));
  expect(await isInFolder(wanted)).toBe(false);
});

test('a document that somebody has corrected since counts', async () => {
  for (const formats of [
    ['txt', 'docx'],
    ['docx', 'json'],
  ] as ExportFormat[][]) {
    const wanted = await written(formats);
    const path = join(wanted.delivery.folder, 'hearing.docx');
    const parts = unzipSync(readFileSync(path));
    const text = strFromU8(parts['word/document.xml'] ?? new Uint8Array()).replace(
      'Good morning',
      'Good evening',
    );
    parts['word/document.xml'] = new TextEncoder().encode(text);
    writeFileSync(path, zipSync(parts));
    expect(await isInFolder(wanted)).toBe(true);
  }
});
