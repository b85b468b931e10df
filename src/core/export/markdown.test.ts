import { expect, test } from 'vitest';
import { type ExportContent, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import { markdownOf } from './markdown.ts';
import {
  exampleDocument,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from './testing/example-documents.ts';

function markdown(document: TranscriptDocument, content: Partial<ExportContent> = {}): string {
  const options = { format: 'md', timestamps: false, language: 'en' } as const;
  return [...markdownOf(document, { ...options, content: { ...FULL_CONTENT, ...content } })].join('');
}

const WORDS_ONLY = { times: false, speakers: false, marks: false, provenance: false };

test('title, facts, paragraphs and provenance', () => {
  const document = exampleDocument({
    segments: [
      segmentOf('Good morning.', 600, 1500, 'Speaker 1'),
      { ...segmentOf('Sit down.', 1600, 2500, 'Speaker 1'), flags: ['improbable'] },
      segmentOf('Thank you.', 192_300, 193_000, null),
    ],
    skipped: [{ startMs: 193_000, endMs: 280_000, reason: 'noSpeech' }],
  });
  const text = markdown(document);
  expect(text.split('\n## Provenance')[0]).toBe(`# interview-en.m4a

*Transcript* · File dated 2 May 2026 · 00:10:00 · English (detected, 98% certain) · Machine draft: not reviewed by a person

\`00:00:00\` **Speaker 1:** Good morning. Sit down. \\[?\\]

\`00:03:12\` Thank you.

*no speech found 03:13–04:40*

*\\[?\\] follows passages that the machine was unsure of.*
`);
  expect(text).toContain('\n### Source recording\n\n| | |\n|---|---|\n| Name | interview-en.m4a |\n');
  expect(text).toContain(`| SHA-256 | \`${'3f'.repeat(32)}\` |\n`);
});

test('nothing but the words where nothing else is wanted', () => {
  const segments = [{ ...segmentOf('Good morning.', 600, 1500, 'Speaker 1'), flags: ['loop' as const] }];
  const text = markdown(exampleDocument({ segments }), WORDS_ONLY);
  expect(text.split('\n').slice(3)).toEqual(['', 'Good morning.', '']);
});

test('what must be known stands at the top, and once more at the end', () => {
  const segments = [segmentOf('Text.', 0, 900)];
  const text = markdown(exampleDocument({ segments, complete: false, transcribedMs: 60_000 }), WORDS_ONLY);
  const mark =
    '> **Incomplete: the transcription was interrupted. It covers the first 00:01:00 of 00:10:00.**';
  expect(text.split('\n').filter((line) => line === mark)).toHaveLength(2);
  expect(text.endsWith(`Text.\n\n${mark}\n`)).toBe(true);
});

test.each([
  ['# no heading', '\\# no heading'],
  ['- no list', '\\- no list'],
  ['1. no list', '1\\. no list'],
  ['> no quotation', '\\> no quotation'],
  ['a *b* _c_ `d` ~e~', 'a \\*b\\* \\_c\\_ \\`d\\` \\~e\\~'],
  ['[x](http://y) <b>&amp;', '\\[x\\](http://y) \\<b\\>\\&amp;'],
  ['a \\ b | c', 'a \\\\ b \\| c'],
])('what was said is no markup: %s', (said, written) => {
  const text = markdown(exampleDocument({ segments: [segmentOf(said, 0, 900)] }), WORDS_ONLY);
  expect(text.endsWith(`\n\n${written}\n`)).toBe(true);
});

test.each(REFERENCE_NAMES)('%s: every sentence appears once', (name) => {
  const document = referenceDocument(name);
  const text = markdown(document);
  let at = 0;
  for (const segment of document.segments) {
    at = text.indexOf(segment.text, at);
    expect(at).toBeGreaterThanOrEqual(0);
    at += segment.text.length;
  }
});
