import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Delivery, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import { USUAL_SUBTITLES } from '../../contract/format-options.ts';
import { exampleDocument, segmentOf } from '../export/testing/example-documents.ts';
import { temporaryFolder } from '../files/testing/temporary-folder.ts';
import { writeDocument } from './write-document.ts';

test.each([
  ['hearing.wav', 'hearing.txt'],
  ['DICT0412.DS2', 'DICT0412.txt'],
  ['Hearing of 3.11.2026', 'Hearing of 3.11.2026.txt'],
  ['Smith v. Jones', 'Smith v. Jones.txt'],
  ['Interview Dr. Weber.m4a', 'Interview Dr. Weber.txt'],
  ['Cardiology/Ward 3.mp3', 'Cardiology-Ward 3.txt'],
])('a recording named %j is delivered as %j', async (name, file) => {
  const folder = temporaryFolder();
  const document = exampleDocument();
  const delivery = {
    folder,
    formats: ['txt' as const],
    timestamps: true,
    content: FULL_CONTENT,
    overwrite: false,
  };
  await writeDocument({ ...document, recording: { ...document.recording, name } }, delivery, {
    language: 'en',
  });
  expect(readdirSync(folder)).toEqual([file]);
});

const SUBTITLES = {
  formats: ['srt' as const, 'vtt' as const],
  timestamps: false,
  content: FULL_CONTENT,
  overwrite: false,
};

/** A Spanish recording of a file of this name, whatever it is called in the vault. */
function spanishOf(file: string, name = file, translate = false): TranscriptDocument {
  const document = exampleDocument({ segments: [segmentOf('Hola.', 0, 900, null, 'es')] });
  const [source] = document.recording.sources;
  if (source === undefined) throw new Error('an example has its source');
  return {
    ...document,
    options: { ...document.options, translate },
    recording: { ...document.recording, name, sources: [{ ...source, name: file }] },
  };
}

async function subtitlesBeside(file: string, ...documents: TranscriptDocument[]): Promise<string[]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, file), '');
  for (const document of documents)
    await writeDocument(document, { ...SUBTITLES, folder }, { language: 'en' });
  return readdirSync(folder)
    .filter((name) => name !== file && name.endsWith('.srt'))
    .toSorted();
}

test('a job that was stored before formats had options delivers as usual, and stored options come back', async () => {
  const folder = temporaryFolder();
  const old = Delivery.parse({ ...SUBTITLES, folder });
  await writeDocument(spanishOf('interview.mp4'), old, { language: 'en' });
  expect(readFileSync(join(folder, 'interview.srt'), 'utf8')).toBe(
    '1\n00:00:00,000 --> 00:00:00,900\nHola.\n',
  );

  const formatOptions = {
    subtitles: { ...USUAL_SUBTITLES, shortestMs: 2000 },
    srt: { byteOrderMark: true, crlf: true },
    csvDelimiter: 'tab' as const,
  };
  const stored = Delivery.parse(
    JSON.parse(JSON.stringify({ ...SUBTITLES, overwrite: true, folder, formatOptions })),
  );
  await writeDocument(spanishOf('interview.mp4'), stored, { language: 'en' });
  expect(readFileSync(join(folder, 'interview.srt'), 'utf8')).toBe(
    '\uFEFF1\r\n00:00:00,000 --> 00:00:02,000\r\nHola.\r\n',
  );
});

test.each([
  ['interview.mp4', 'interview.srt'],
  ['Hearing of 3.11.2026.mkv', 'Hearing of 3.11.2026.srt'],
  ['What?  Part 1: "A" .mp4', 'What?  Part 1: "A" .srt'],
  ['cafe\u0301.mp4', 'cafe\u0301.srt'],
  ['con.mp4', 'con.srt'],
  ['clip.xyz', 'clip.srt'],
  ['3.11.2026', '3.11.2026.srt'],
  ['.hidden', '.hidden.srt'],
  [`${'a'.repeat(251)}.mp4`, `${'a'.repeat(251)}.srt`],
])('subtitles beside %s are called %s, as players look for them', async (file, subtitles) => {
  expect(await subtitlesBeside(file, spanishOf(file, 'Smith v. Jones'))).toEqual([subtitles]);
});

test('where the name is taken subtitles have their language in it, and a translation always', async () => {
  const original = spanishOf('interview.mp4');
  const translated = spanishOf('interview.mp4', 'interview.mp4', true);
  expect(await subtitlesBeside('interview.mp4', translated, original)).toEqual([
    'interview.en.srt',
    'interview.srt',
  ]);
  expect(await subtitlesBeside('interview.mp4', original, original, original)).toEqual([
    'interview.2.es.srt',
    'interview.es.srt',
    'interview.srt',
  ]);
});

test('away from the video subtitles have a name that every system takes', async () => {
  const folder = temporaryFolder();
  const document = spanishOf('What? Part 1: A.mp4');
  await writeDocument(document, { ...SUBTITLES, folder }, { language: 'en' });
  expect(readdirSync(folder)).toEqual(['What- Part 1- A.srt', 'What- Part 1- A.vtt']);
});

test('a format that cannot be written does not keep the others from it', async () => {
  const folder = temporaryFolder();
  const formats = ['txt', 'pdf', 'srt'] as const;
  const delivery = {
    folder,
    formats: [...formats],
    timestamps: true,
    content: FULL_CONTENT,
    overwrite: false,
  };
  const told: string[] = [];
  const onWritten = ({ format }: { format: string }) => void told.push(format);
  await expect(
    writeDocument(spanishOf('a.wav'), delivery, { language: 'en', onWritten }),
  ).rejects.toMatchObject({
    code: 'export.needsWindow',
  });
  expect(told).toEqual(['txt', 'srt']);
});
