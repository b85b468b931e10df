import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  type ExportContent,
  ExportFormat,
  FULL_CONTENT,
  type TranscriptDocument,
} from '../../contract/document.ts';
import type { Locale } from '../../contract/locale.ts';
import type { SkippedRange } from '../../contract/transcript.ts';
import { exportTexts } from './export-texts.ts';
import { previewOf } from './preview.ts';
import { render } from './render.ts';
import { withCuesOver } from './subtitles/cues.ts';
import { exampleDocument, segmentOf, unclearDocument } from './testing/example-documents.ts';
import { provenanceOf } from './transcript-facts.ts';

const NOTHING: ExportContent = { times: false, speakers: false, marks: false, provenance: false };

async function text(
  format: ExportFormat,
  document: TranscriptDocument = unclearDocument(),
  { content = FULL_CONTENT, language = 'en' }: { content?: ExportContent; language?: Locale } = {},
): Promise<string> {
  const bytes = Buffer.concat(
    await render(document, { format, timestamps: content.times, content, language }),
  );
  if (format !== 'docx') return bytes.toString('utf8');
  return strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
}

/** Without what formats add around and between. */
function readable(file: string): string {
  return file.replaceAll(/<[^>]*>/g, '').replaceAll('\\', '');
}

const DOCUMENTS = ['txt', 'docx', 'html', 'pdf', 'md', 'otr'] as const;

describe.each(DOCUMENTS)('%s', (format) => {
  test('shows what was not understood in its place, and tells of it from the start', async () => {
    const file = readable(await text(format));
    const places = [
      '2 stretches, 33 s in all, were not understood.',
      'From 06:40 on probably German (92%).',
      'Good morning.',
      '[00:20–00:41 not understood]',
      'Thank you.',
      '[08:20–08:32 not understood]',
    ].map((part) => file.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('also where nothing but the words is wanted', async () => {
    const file = readable(await text(format, unclearDocument(), { content: NOTHING }));
    expect(file).toContain('[00:20–00:41 not understood]');
    expect(file).toContain('2 stretches, 33 s in all, were not understood.');
    expect(file).toContain('From 06:40 on probably German');
    expect(file).not.toContain('no speech found');
  });

  test('in Spanish to those who ask for it', async () => {
    const file = readable(await text(format, unclearDocument(), { language: 'es' }));
    expect(file).toContain('[00:20–00:41 no se entiende]');
    expect(file).toContain('2 tramos, 33 s en total, no se entienden.');
    expect(file).toMatch(/Desde 06:40 probablemente en alemán \(92\s%\)\./u);
  });

  test('a recording of which no word was understood is not said to be without speech', async () => {
    const skipped: SkippedRange[] = [{ startMs: 0, endMs: 9000, reason: 'notUnderstood' }];
    const file = readable(await text(format, exampleDocument({ skipped })));
    expect(file).toContain('[00:00–00:09 not understood]');
    expect(file).not.toContain('No speech was found');
  });
});

test('oTranscribe plays from where the stretch begins', async () => {
  const { text: html } = JSON.parse(await text('otr')) as { text: string };
  expect(html).toContain(
    '<p><i>[<span class="timestamp" data-timestamp="20">00:20</span>–00:41 not understood]</i></p>',
  );
});

test('a table has a row for it', async () => {
  const rows = (await text('csv')).split('\r\n');
  expect(rows.slice(1, 5)).toEqual([
    '00:00:12.000,00:00:13.500,Speaker 1,en,0.93,Good morning.,',
    '00:00:20.000,00:00:41.000,,,,[not understood],notUnderstood',
    '00:00:45.000,00:00:46.000,Speaker 2,en,0.93,Thank you.,',
    '00:08:20.000,00:08:32.000,,,,[not understood],notUnderstood',
  ]);
});

test('subtitles show it for as long as a subtitle stands', async () => {
  expect(await text('srt')).toContain('2\n00:00:20,000 --> 00:00:27,000\n[not understood]\n\n3\n');
  const vtt = await text('vtt');
  expect(vtt).toContain('NOTE 2 stretches, 33 s in all, were not understood.');
  expect(vtt).toContain('NOTE From 06:40 on probably German (92%).');
  expect(vtt).toContain('\n00:08:20.000 --> 00:08:27.000\n[not understood]\n');
});

describe('a subtitle over a stretch', () => {
  const line = '[not understood]';
  const cue = (startMs: number, endMs: number) => ({ startMs, endMs, lines: ['Words.'], speaker: null });

  test('begins where the cues before and within leave room to read it', () => {
    const cues = [cue(0, 1500), cue(2000, 4000), cue(8000, 9000)];
    expect(withCuesOver(cues, [{ startMs: 1000, endMs: 20_000 }], line)).toEqual([
      cue(0, 1500),
      cue(2000, 4000),
      { startMs: 4000, endMs: 8000, lines: [line], speaker: null },
      cue(8000, 9000),
    ]);
  });

  test('is none where others stand all the time', () => {
    const cues = [cue(0, 3000), cue(3000, 6000)];
    expect(withCuesOver(cues, [{ startMs: 1000, endMs: 6500 }], line)).toEqual(cues);
  });

  test('stands over each of several, and never over another', () => {
    const ranges = [
      { startMs: 0, endMs: 2000 },
      { startMs: 1000, endMs: 3000 },
      { startMs: 10_000, endMs: 30_000 },
    ];
    expect(withCuesOver([], ranges, line).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 2000],
      [2000, 3000],
      [10_000, 17_000],
    ]);
  });
});

describe('what is told of other languages', () => {
  const range = { startMs: 60_000, endMs: 120_000, language: 'fr', probability: 0.9 };
  const told = (otherLanguages: TranscriptDocument['otherLanguages']) =>
    text('txt', exampleDocument({ segments: [segmentOf('So.', 0, 900)], otherLanguages }));

  test('a stretch that ends has its end', async () => {
    expect(await told([range])).toMatch(/^01:00–02:00 probably French \(90%\)\.\n\n/);
  });

  test('of very many the first ones, and how many there are', async () => {
    const file = await told(Array.from({ length: 8 }, (_, i) => ({ ...range, startMs: i * 1000 })));
    expect(file.match(/probably French/g)).toHaveLength(3);
    expect(file).toContain('5 more stretches are probably in another language.');
  });
});

test('the provenance holds both', () => {
  const facts = provenanceOf(unclearDocument(), exportTexts('en')).flatMap((group) => group.facts);
  expect(facts).toContainEqual({
    label: 'Not understood',
    value: '2 stretches, 33 s in all, were not understood.',
  });
  expect(facts).toContainEqual({
    label: 'Other languages',
    value: 'From 06:40 on probably German (92%).',
  });
});

// RTTM tells of speakers alone.
test.each(ExportFormat.options.filter((one) => one !== 'rttm'))(
  '%s: the preview shows it too',
  async (format) => {
    const preview = await previewOf(unclearDocument(), format, FULL_CONTENT, 'en');
    expect(JSON.stringify(preview)).toMatch(/not understood|notUnderstood/);
  },
);
