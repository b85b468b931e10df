import { expect, test } from 'vitest';
import { type ExportContent, FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import { otrOf } from './otranscribe.ts';
import {
  exampleDocument,
  REFERENCE_NAMES,
  referenceDocument,
  segmentOf,
} from './testing/example-documents.ts';

function otr(document: TranscriptDocument, content: Partial<ExportContent> = {}): Record<string, unknown> {
  const options = { format: 'otr', timestamps: false, language: 'en' } as const;
  return JSON.parse([...otrOf(document, { ...options, content: { ...FULL_CONTENT, ...content } })].join(''));
}

test('is what oTranscribe opens: text as HTML with times in seconds, and the name of the recording', () => {
  const segments = [
    segmentOf('Good morning.', 12_340, 13_000, 'Speaker 1'),
    { ...segmentOf('A < B & "C"', 3_792_500, 3_793_000, 'Speaker 2'), flags: ['loop' as const] },
  ];
  expect(otr(exampleDocument({ segments }))).toEqual({
    text:
      '<p><span class="timestamp" data-timestamp="12.34">0:12</span>&nbsp;<b>Speaker 1:</b> Good morning.</p>' +
      '<p><span class="timestamp" data-timestamp="3792.5">1:03:12</span>&nbsp;<b>Speaker 2:</b> ' +
      'A &lt; B &amp; &quot;C&quot; [?]</p>' +
      '<p><i>[?] follows passages that the machine was unsure of.</i></p>',
    media: 'interview-en.m4a',
    'media-source': '',
    'media-time': 0,
  });
});

test('has its times always, the rest as it is wanted', () => {
  const segments = [{ ...segmentOf('Good morning.', 600, 1500, 'Speaker 1'), flags: ['loop' as const] }];
  const content = { times: false, speakers: false, marks: false, provenance: false };
  expect(otr(exampleDocument({ segments }), content).text).toBe(
    '<p><span class="timestamp" data-timestamp="0.6">0:00</span>&nbsp;Good morning.</p>',
  );
});

test('says that a transcription broke off, and that nothing was said', () => {
  const broken = exampleDocument({
    complete: false,
    transcribedMs: 60_000,
    segments: [segmentOf('So.', 0, 9)],
  });
  expect(otr(broken).text).toMatch(/^<p><i>Incomplete: the transcription was interrupted\./);
  expect(otr(exampleDocument()).text).toBe('<p><i>No speech was found in this recording.</i></p>');
});

test.each(REFERENCE_NAMES)('%s: every sentence appears once, with tags that oTranscribe keeps', (name) => {
  const document = referenceDocument(name);
  const html = String(otr(document).text);
  for (const [, tag] of html.matchAll(/<\/?(\w+)/g)) expect(['b', 'i', 'p', 'span']).toContain(tag);
  const spoken = html
    .replaceAll(/<span.*?<\/span>&nbsp;|<b>.*?<\/b> |<i>.*?<\/i>/g, '')
    .replaceAll('</p><p>', ' ');
  expect(spoken.replaceAll(/<[^>]*>/g, '')).toBe(document.segments.map(({ text }) => text).join(' '));
});
