import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ExportFormat, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import type { Pseudonym } from '../../contract/pseudonyms.ts';
import { render } from '../export/render.ts';
import { exampleDocument, segmentOf } from '../export/testing/example-documents.ts';
import { BleepMaker } from './bleep.ts';
import { candidatesOf } from './candidates.ts';
import { KeyMatcher } from './key-matcher.ts';
import { pseudonymisedDocument, spokenPlaces } from './pseudonymised-document.ts';

const line = (label: string, ...forms: string[]): Pseudonym => ({
  ...{ id: crypto.randomUUID(), kind: 'person', label, forms },
});

const KEY = [
  line('[Person 1]', 'Maria Thorne', 'Thorne', 'Maria'),
  line('[Place 1]', 'Elm Street'),
  line('[Number 1]', '555 0199'),
];

const TEXTS = { name: 'Transcript 1 (pseudonymised)', speaker: (number: number) => `[Speaker ${number}]` };

const PLANTED = [
  'Thorne',
  'Maria',
  'THORNE',
  'Elm',
  '555',
  'Ortega',
  'Vexley',
  'hearing-of-thorne',
  'Quillon',
];

function document(): TranscriptDocument {
  const base = exampleDocument();
  const [source] = base.recording.sources;
  return {
    ...base,
    recording: {
      ...base.recording,
      name: 'hearing-of-thorne.wav',
      sha256: 'ab'.repeat(32),
      sizeBytes: 987_654_321,
      modifiedAtMs: Date.UTC(1999, 3, 7),
      sources: [
        { ...(source as NonNullable<typeof source>), name: 'hearing-of-thorne.wav', sha256: 'ab'.repeat(32) },
      ],
    },
    options: { ...base.options, prompt: 'Vexley, Thorne' },
    segments: [
      segmentOf('Mr THORNE lives in Elm Street.', 0, 2000, 'Ortega'),
      segmentOf('That was Maria', 2000, 4000, 'Speaker 1'),
      segmentOf('Thorne’s number, 555 0199.', 4000, 6000, 'Speaker 1'),
      segmentOf('Nothing else.', 6000, 8000, 'Maria Ortega'),
    ],
    markers: [{ atMs: 100, label: 'Thorne comes in' }],
    checked: { by: 'Quillon', atMs: 1, listenedPercent: 90, changedSince: false },
  };
}

const copy = () => pseudonymisedDocument(document(), KEY, [], TEXTS);

test('labels stand in texts, words, speakers and markers, across segments and before possessives', () => {
  const { segments, markers } = copy();
  expect(segments.map(({ text }) => text)).toEqual([
    'Mr [Person 1] lives in [Place 1].',
    'That was [Person 1]’s',
    'number, [Number 1].',
    'Nothing else.',
  ]);
  expect(segments.map(({ speaker }) => speaker)).toEqual([
    ...['[Speaker 1]', 'Speaker 1', 'Speaker 1', '[Person 1]'],
  ]);
  expect(segments[0]?.words.map(({ text }) => text)).toEqual([
    'Mr',
    '[Person 1]',
    'lives',
    'in',
    '[Place 1].',
  ]);
  expect(markers[0]?.label).toBe('[Person 1] comes in');
});

describe('no format holds anything of the originals, and each says what it is', () => {
  test.each(ExportFormat.options)('%s', async (format) => {
    const options = { format, timestamps: true, content: FULL_CONTENT, language: 'en' } as const;
    const bytes = Buffer.concat(await render(copy(), options));
    const text = bytes.toString('latin1', 0, 2) === 'PK' ? unzipped(bytes) : bytes.toString('utf8');
    for (const planted of [...PLANTED, 'abababab', '987654321', '987,654,321', '1999'])
      expect(text).not.toContain(planted);
    // The others have no place for it but their name.
    if (['txt', 'docx', 'pdf', 'vtt', 'json', 'md', 'html', 'otr'].includes(format))
      expect(text).toMatch(/pseudonymised/i);
  });
});

test('a form is found as whole words, in capitals, with any blanks, and nowhere else', () => {
  const matcher = new KeyMatcher([line('[Person 1]', 'Rosa Gil'), line('[Person 2]', 'Rosa')]);
  expect(matcher.replace('Rosa  Gil, ROSA GIL and Rosa’s, not Rosario, rosa or Prosa.')).toBe(
    '[Person 1], [Person 1] and [Person 2]’s, not Rosario, rosa or Prosa.',
  );
});

test('hyphens and signs in words are found as they are', () => {
  const matcher = new KeyMatcher([
    line('[Person 1]', 'Ana-Lucía O’Neill'),
    line('[Number 1]', '24/cv-(8).[17]'),
  ]);
  expect(matcher.replace('Ana-Lucía  O’Neill has 24/cv-(8).[17], not 24/cv-(8)x[17].')).toBe(
    '[Person 1] has [Number 1], not 24/cv-(8)x[17].',
  );
});

test('names, dates, numbers and addresses are proposed once, those decided on are not', () => {
  const said = [
    'Yesterday I met Mr Holloway in Bristol on the 3rd of March 2021.',
    'Holloway called 0117 496 0000, and wrote to j.holloway@example.com.',
    'The car was green. Then we went home on Monday. Did Holloway see it? Thank you.',
  ].map((text, index) => segmentOf(text, index * 5000, index * 5000 + 4000, null));
  const found = candidatesOf({ ...document(), segments: said, markers: [] }, [], ['Bristol'], []);
  expect(found.map(({ text, kind }) => [text, kind])).toEqual([
    ['Holloway', 'person'],
    ['the 3rd of March 2021', 'date'],
    ['j.holloway@example.com', 'other'],
    ['0117 496 0000', 'number'],
  ]);
});

test('what the key names is covered in every channel, and nothing else is changed', () => {
  const places = spokenPlaces(document().segments, KEY, 50);
  const samplesPerMs = 16;
  const frames = 8000 * samplesPerMs;
  const sound = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame += 1) {
    sound.writeInt16LE(((frame * 7919) % 4001) - 2000, frame * 4);
    sound.writeInt16LE(((frame * 104_729) % 2001) - 1000, frame * 4 + 2);
  }
  const covered = Buffer.from(sound);
  const maker = new BleepMaker(places, 2, samplesPerMs, 'silence');
  // In pieces, as it is read.
  for (let at = 0; at < covered.length; at += 40_000) maker.cover(covered.subarray(at, at + 40_000));
  expect(places.length).toBeGreaterThanOrEqual(3);
  for (let frame = 0; frame < frames; frame += 97) {
    const isCovered = places.some(
      ({ startMs, endMs }) => frame >= startMs * samplesPerMs && frame < endMs * samplesPerMs,
    );
    for (const at of [frame * 4, frame * 4 + 2])
      expect(covered.readInt16LE(at)).toBe(isCovered ? 0 : sound.readInt16LE(at));
  }
});

test('the tone is 1 kHz, as loud as the speech before it', () => {
  const samplesPerMs = 16;
  const sound = Buffer.alloc(2000 * samplesPerMs * 2);
  for (let frame = 0; frame < 1000 * samplesPerMs; frame += 1)
    sound.writeInt16LE(frame % 2 === 0 ? 3000 : -3000, frame * 2);
  new BleepMaker([{ startMs: 1000, endMs: 2000 }], 1, samplesPerMs, 'tone').cover(sound);
  let crossings = 0;
  let square = 0;
  for (let frame = 1000 * samplesPerMs + 1; frame < 2000 * samplesPerMs; frame += 1) {
    const [before, now] = [sound.readInt16LE(frame * 2 - 2), sound.readInt16LE(frame * 2)];
    if (before < 0 && now >= 0) crossings += 1;
    square += now ** 2;
  }
  expect(Math.abs(crossings - 1000)).toBeLessThanOrEqual(1);
  expect(Math.sqrt(square / (1000 * samplesPerMs))).toBeGreaterThan(2700);
  expect(Math.sqrt(square / (1000 * samplesPerMs))).toBeLessThan(3300);
});

/** Every file in a ZIP archive, by its local headers. */
function unzipped(zip: Buffer): string {
  let text = '';
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, name, extra, comment] = [20, 28, 30, 32].map((place) =>
      place === 20 ? zip.readUInt32LE(at + place) : zip.readUInt16LE(at + place),
    ) as [number, number, number, number];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(from, from + size);
    text +=
      zip.readUInt16LE(at + 10) === 0 ? content.toString('utf8') : inflateRawSync(content).toString('utf8');
    at += 46 + name + extra + comment;
  }
  return text;
}
