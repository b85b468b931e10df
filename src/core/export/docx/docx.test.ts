import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { type ExportContent, FULL_CONTENT, type TranscriptDocument } from '../../../contract/document.ts';
import type { Locale } from '../../../contract/locale.ts';
import {
  exampleDocument,
  joinedRecording,
  longDocument,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from '../testing/example-documents.ts';
import { docxOf } from './docx.ts';

type Parts = Readonly<Record<string, string>>;

async function bytesOf(
  document: TranscriptDocument,
  language: Locale = 'en',
  content: ExportContent = FULL_CONTENT,
): Promise<Buffer> {
  return Buffer.concat(await docxOf(document, { format: 'docx', timestamps: true, content, language }));
}

async function partsOf(document: TranscriptDocument, language: Locale = 'en'): Promise<Parts> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts = unzipSync(await bytesOf(document, language));
  return Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, decoder.decode(content)]));
}

async function documentXml(document: TranscriptDocument, language: Locale = 'en'): Promise<string> {
  return (await partsOf(document, language))['word/document.xml'] ?? '';
}

/** The visible text, one line a paragraph. */
function textOf(xml: string): string[] {
  return (xml.match(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs) ?? []).map((paragraph) =>
    paragraph
      .replaceAll('<w:tab/>', '\t')
      .replaceAll(/<w:br\/>/g, '\n')
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&'),
  );
}

/** The error that makes a part unreadable for every XML reader; null for a well-formed part. */
function malformation(xml: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML 1.0 forbids
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(xml)) return 'a forbidden character';
  if (/&(?!(amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/.test(xml)) return 'a bare ampersand';
  const open: string[] = [];
  for (const [, closing, name, empty] of xml.matchAll(/<(\/?)([\w:]+)(?:\s+[\w:]+="[^"<]*")*\s*(\/?)>/g)) {
    if (empty === '/') continue;
    if (closing !== '/') open.push(name ?? '');
    else if (open.pop() !== name) return `a wrong end of ${name}`;
  }
  const rest = xml
    .replace(/^<\?xml[^?]*\?>/, '')
    .replaceAll(/<(\/?)([\w:]+)(?:\s+[\w:]+="[^"<]*")*\s*(\/?)>/g, '');
  if (/[<>]/.test(rest)) return 'a stray bracket';
  return open.length === 0 ? null : `no end of ${open.at(-1)}`;
}

async function expectWellFormed(document: TranscriptDocument): Promise<void> {
  for (const [name, xml] of Object.entries(await partsOf(document))) {
    expect({ name, fault: malformation(xml) }).toEqual({ name, fault: null });
  }
}

test('the check for well-formed parts finds what Word would refuse', () => {
  expect(malformation('<a><b/></a>')).toBeNull();
  for (const bad of ['<a><b></a></b>', '<a>&</a>', '<a>\u0007</a>', '<a>', '<a>x < y</a>']) {
    expect(malformation(bad)).not.toBeNull();
  }
});

describe.each(REFERENCE_NAMES)('%s', (name) => {
  test('is well-formed and holds the text of every segment once, in order, under its speaker', async () => {
    const document = referenceDocument(name);
    await expectWellFormed(document);
    const lines = textOf(await documentXml(document)).filter((line) => /^\d\d:\d\d:\d\d\t/.test(line));
    const spoken = lines.map((line) => line.replace(/^.*?\t(Speaker \d: )?/, '')).join(' ');
    expect(spoken).toBe(document.segments.map(({ text }) => text).join(' '));
    for (const line of lines) expect(line).toMatch(/^\d\d:\d\d:\d\d\tSpeaker \d: \S/);
  });
});

describe('the page', () => {
  test('is titled with the recording, its date, length and language, and says it is a draft', async () => {
    const lines = textOf(await documentXml(referenceDocument('interview-en.m4a')));
    expect(lines.slice(0, 3)).toEqual([
      'Transcript',
      'interview-en.m4a',
      'File dated 2 May 2026  ·  00:00:34  ·  English (detected, 98% certain)  ·  Machine draft: not reviewed by a person',
    ]);
  });

  test('is numbered in its footer', async () => {
    const footer = (await partsOf(exampleDocument()))['word/footer1.xml'] ?? '';
    expect(textOf(footer.replaceAll(/<w:instrText[^>]*>([^<]*)<\/w:instrText>/g, '[$1]')).join('')).toBe(
      'interview-en.m4a\tPage [PAGE] of [NUMPAGES]',
    );
  });

  test('speaks Spanish to those who ask for it', async () => {
    const document = referenceDocument('dictado-es.ogg');
    const parts = await partsOf(document, 'es');
    expect(textOf(parts['word/document.xml'] ?? '')).toContain('Procedencia');
    expect(textOf(parts['word/footer1.xml'] ?? '').join('')).toContain('Página');
  });

  test('checks the spelling of each passage in its own language', async () => {
    const xml = await documentXml(referenceDocument('bilingual.wav'));
    expect(xml).toContain('<w:lang w:val="es-ES"/>');
    expect(xml).toContain('<w:lang w:val="en-US"/>');
  });

  test('sets right-to-left languages from the right', async () => {
    const xml = await documentXml(exampleDocument({ segments: [segmentOf('مرحبا', 0, 900, null, 'ar')] }));
    expect(xml).toContain('<w:bidi/>');
    expect(xml).toMatch(/<w:rtl\/><w:lang w:bidi="ar-EG"\/>/);
  });

  test.each([
    ['مرحبا', 'ar', 'سارة', '<w:rtl/>', null],
    ['مرحبا', 'ar', 'Speaker 1', '', '<w:rtl/>'],
    ['Good morning.', 'en', 'דוד', '<w:rtl/>', ''],
    ['Good morning.', 'en', 'Speaker 1', '', null],
  ])('%s in %s, said by %s: the name has its direction, the colon that of the text', async (...row) => {
    const [text, language, name, ofName, ofColon] = row;
    const xml = await documentXml(exampleDocument({ segments: [segmentOf(text, 0, 900, name, language)] }));
    const run = (direction: string, part: string) =>
      `<w:r><w:rPr><w:rStyle w:val="SpeakerName"/>${direction}</w:rPr><w:t xml:space="preserve">${part}</w:t></w:r>`;
    expect(xml).toContain(ofColon === null ? run(ofName, `${name}:`) : run(ofName, name) + run(ofColon, ':'));
  });
});

describe('what a reader must know', () => {
  const base = exampleDocument();

  test('flagged passages wear a mark, which a legend explains; without flags there is no legend', async () => {
    const segments = [
      segmentOf('Sure.', 0, 900),
      { ...segmentOf('Maybe this.', 1000, 1900), flags: ['improbable' as const] },
      { ...segmentOf('Both.', 2000, 2900), flags: ['overlap' as const] },
    ];
    const xml = await documentXml(exampleDocument({ segments }));
    expect(xml).toMatch(
      /<w:rStyle w:val="MarkUnsure"\/>[^/]*\/><\/w:rPr><w:t xml:space="preserve">Maybe this\.</,
    );
    expect(textOf(xml)).toContain(
      'Marks in the text: the machine was unsure of these words  ·  several talk at once',
    );
    expect((await documentXml(exampleDocument({ segments: segments.slice(0, 1) }))).includes('Mark')).toBe(
      false,
    );
  });

  test('stretches without speech stand in their place', async () => {
    const segments = [segmentOf('Before.', 0, 900), segmentOf('After.', 280_500, 281_000)];
    const lines = textOf(
      await documentXml(
        exampleDocument({ segments, skipped: [{ startMs: 192_000, endMs: 280_000, reason: 'noSpeech' }] }),
      ),
    );
    const at = lines.indexOf('no speech found 03:12–04:40');
    expect(lines[at - 1]).toBe('00:00:00\tBefore.');
    expect(lines[at + 1]).toBe('00:04:40\tAfter.');
  });

  test('an incomplete transcript is marked at the top and at the end', async () => {
    const document = {
      ...base,
      complete: false,
      transcribedMs: 60_000,
      segments: [segmentOf('Text.', 0, 900)],
    };
    const mark = 'Incomplete: the transcription was interrupted. It covers the first 00:01:00 of 00:10:00.';
    const lines = textOf(await documentXml(document));
    const text = lines.indexOf('00:00:00\tText.');
    expect(lines.slice(0, text)).toContain(mark);
    expect(lines[text + 1]).toBe(mark);
  });

  test('an empty recording says so', async () => {
    expect(textOf(await documentXml(base))).toContain('No speech was found in this recording.');
  });
});

test('the provenance page holds source, model, settings and version', async () => {
  const document = { ...exampleDocument(), segments: [segmentOf('Text.', 0, 900)] };
  const lines = textOf(
    await documentXml({ ...document, options: { ...document.options, prompt: 'Quebec' } }),
  );
  const facts = lines.slice(lines.indexOf('Provenance'));
  for (const [label, value] of [
    ['Name', 'interview-en.m4a'],
    ['Size', '1,234,567 bytes'],
    ['Length', '00:10:00'],
    ['Level', 'Raised by 12 dB'],
    ['SHA-256', '3f'.repeat(32)],
    ['Name', 'large-v3-turbo'],
    ['SHA-256', 'a0'.repeat(32)],
    ['Version', '1, as the machine wrote it'],
    ['Covers', 'The whole recording'],
    ['Vocabulary', 'Quebec'],
    ['Program', 'VoiceSync 0.1.0'],
    ['Review', 'Machine draft: not reviewed by a person'],
  ]) {
    expect(facts.some((line, index) => line === label && facts[index + 1] === value)).toBe(true);
  }
});

test('what is not wanted is left out; what must be known is not', async () => {
  const segments = [{ ...segmentOf('Maybe.', 0, 900, 'Speaker 1'), flags: ['loop' as const] }];
  const document = exampleDocument({
    segments,
    skipped: [{ startMs: 1000, endMs: 90_000, reason: 'noSpeech' }],
    complete: false,
  });
  const bytes = await bytesOf(document, 'en', {
    times: false,
    speakers: false,
    marks: false,
    provenance: false,
  });
  const xml = new TextDecoder().decode(unzipSync(bytes)['word/document.xml']);
  expect(malformation(xml)).toBeNull();
  const lines = textOf(xml);
  expect(lines.slice(3)).toEqual([
    expect.stringMatching(/^Incomplete/),
    'Maybe.',
    expect.stringMatching(/^Incomplete/),
  ]);
  expect(xml).not.toContain('MarkRepeated');
});

test('a source that was not read to its end has no hash, and the page says why', async () => {
  const { recording } = exampleDocument();
  const sources = recording.sources.map((source) => ({ ...source, sha256: null }));
  const unread = { ...recording, sha256: null, sources };
  const lines = textOf(await documentXml(exampleDocument({ recording: unread })));
  expect(lines).toContain('Not known: the source could not be read to its end');
});

test('a joined recording names each of its files with its place, length and hash', async () => {
  const lines = textOf(await documentXml(exampleDocument({ recording: joinedRecording() })));
  const from = lines.indexOf('Source recording');
  expect(lines.slice(from, lines.indexOf('Speech model'))).toEqual([
    ...['Source recording', 'Name', 'hearing.wav', 'Length', '00:10:00'],
    ...['Level', 'Raised by 12 dB'],
    ...['Files', '2 files, joined in this order'],
    ...['Source file 1 of 2', 'Name', 'hearing_01.wav', 'Begins at', '00:00:00', 'Length', '00:04:00'],
    ...['Size', '1,234,567 bytes', 'File dated', expect.any(String), 'SHA-256', '1a'.repeat(32)],
    ...['Source file 2 of 2', 'Name', 'hearing_02.wav', 'Begins at', '00:04:00', 'Length', '00:06:00'],
    ...['Size', '1,234,567 bytes', 'File dated', expect.any(String)],
    ...['SHA-256', 'Not known: the source could not be read to its end'],
  ]);
});

test('text that is no XML, or would be, is shown as it was said', async () => {
  const text = 'if a<b & c>d "]]>" then </w:t> \u0000\u0007\uFFFF\uD800 end';
  const { recording } = exampleDocument();
  const document = exampleDocument({
    recording: { ...recording, name: 'R&D <b>\u0001.wav' },
    segments: [segmentOf(text, 0, 900, 'A & <B>')],
  });
  await expectWellFormed(document);
  const lines = textOf(await documentXml(document));
  expect(lines).toContain('R&D <b>.wav');
  expect(lines).toContain('00:00:00\tA & <B>: if a<b & c>d "]]>" then </w:t> \uFFFD end');
});

test('the file tells nothing about who made it or when it was exported', async () => {
  const properties = (await partsOf(exampleDocument()))['docProps/core.xml'] ?? '';
  expect(properties).toContain('<dc:creator>VoiceSync 0.1.0</dc:creator>');
  expect(properties).toContain('<cp:lastModifiedBy>VoiceSync 0.1.0</cp:lastModifiedBy>');
  expect(properties.match(/\d{4}-\d\d-\d\dT[\d:]+Z/g)).toEqual([
    '2026-05-03T09:30:00Z',
    '2026-05-03T09:30:00Z',
  ]);
});

test('the same document gives the same bytes', async () => {
  const document = longDocument(50);
  expect((await bytesOf(document)).equals(await bytesOf(document))).toBe(true);
});

test('ten hours of speech are all there', async () => {
  const document = longDocument(12_000);
  const xml = await documentXml(document);
  expect(malformation(xml)).toBeNull();
  const words = (text: string) => text.split(/\s+/).length;
  const spoken = textOf(xml).filter((line) => /^\d\d:\d\d:\d\d\t/.test(line));
  expect(words(spoken.map((line) => line.replace(/^.*?\tSpeaker \d: /, '')).join(' '))).toBe(
    words(document.segments.map(({ text }) => text).join(' ')),
  );
});
