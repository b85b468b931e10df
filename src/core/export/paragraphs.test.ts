import { describe, expect, test } from 'vitest';
import type { Segment, SkippedRange } from '../../contract/transcript.ts';
import { paragraphsOf } from './paragraphs.ts';
import { longDocument, segmentOf } from './testing/example-documents.ts';

function shape(
  segments: Segment[],
  skipped: SkippedRange[] = [],
  markers: { atMs: number; label: string }[] = [],
): string[] {
  return [...paragraphsOf({ segments, skipped, markers })].map((item) =>
    item.kind !== 'paragraph'
      ? `${item.kind} ${item.startMs}`
      : `${item.speaker ?? '?'}: ${item.segments.map(({ text }) => text).join(' ')}`,
  );
}

describe('a paragraph', () => {
  test('holds what one speaker says without a pause', () => {
    expect(shape([segmentOf('One.', 0, 900, 'A'), segmentOf('Two.', 1000, 2000, 'A')])).toEqual([
      'A: One. Two.',
    ]);
  });

  test('ends with its speaker, also where the next one is unknown', () => {
    expect(
      shape([
        segmentOf('One.', 0, 900, 'A'),
        segmentOf('Two.', 1000, 2000, null),
        segmentOf('Three.', 2000, 3000, null),
        segmentOf('Four.', 3000, 4000, 'A'),
      ]),
    ).toEqual(['A: One.', '?: Two. Three.', 'A: Four.']);
  });

  test('ends at a pause of more than two seconds', () => {
    const segments = [
      segmentOf('One.', 0, 900),
      segmentOf('Two.', 2900, 4000),
      segmentOf('Three.', 6001, 7000),
    ];
    expect(shape(segments)).toEqual(['?: One. Two.', '?: Three.']);
  });

  test('ends at a skipped stretch, which stands in its place', () => {
    const segments = [segmentOf('One.', 0, 900), segmentOf('Two.', 1500, 2000)];
    expect(shape(segments, [{ startMs: 900, endMs: 1500, reason: 'noSpeech' }])).toEqual([
      '?: One.',
      'gap 900',
      '?: Two.',
    ]);
  });

  test('once long, ends with its sentence; without sentences, before it fills a page', () => {
    const lengths = (text: string) =>
      [
        ...paragraphsOf({
          segments: Array.from({ length: 80 }, (_, index) =>
            segmentOf(text, index * 1000, index * 1000 + 900),
          ),
          skipped: [],
          markers: [],
        }),
      ].map((item) => (item.kind === 'paragraph' ? item.segments.length : 0));
    expect(lengths('A sentence of fifty characters that ends with dot.')).toEqual([
      12, 12, 12, 12, 12, 12, 8,
    ]);
    expect(Math.max(...lengths('never an end to this sentence'))).toBeLessThan(60);
  });
});

test('every skipped stretch is shown, also before and after all text, in order', () => {
  const skipped = [0, 100, 5000, 9000, 9500].map((startMs) => ({
    startMs,
    endMs: startMs + 50,
    reason: 'noSpeech' as const,
  }));
  expect(shape([segmentOf('Text.', 5100, 6000)], skipped)).toEqual([
    'gap 0',
    'gap 100',
    'gap 5000',
    '?: Text.',
    'gap 9000',
    'gap 9500',
  ]);
  expect(shape([], skipped)).toHaveLength(5);
});

test('a mark stands behind the segment in which it was set, in order with what was skipped', () => {
  const segments = [segmentOf('One.', 0, 900), segmentOf('Two.', 950, 2000), segmentOf('Three.', 2100, 3000)];
  const skipped = [{ startMs: 2050, endMs: 2090, reason: 'noSpeech' as const }];
  const at = (atMs: number) => ({ atMs, label: 'important' });
  expect(shape(segments, skipped, [at(1500), at(9000)])).toEqual([
    '?: One. Two.',
    'mark 1500',
    'gap 2050',
    '?: Three.',
    'mark 9000',
  ]);
});

test('every segment of a long hearing is in exactly one paragraph', () => {
  const document = longDocument(3000);
  const segments = [...paragraphsOf(document)].flatMap((item) =>
    item.kind === 'paragraph' ? item.segments : [],
  );
  expect(segments).toEqual(document.segments);
});
