import { describe, expect, it } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { awaitsWords, transcriptOf, withKnownWords } from './outlines.ts';

const HEAD = {
  recordingId: '0198a000-0000-7000-8000-000000000000',
  name: 'hearing.wav',
  versionNumber: 1,
  versionKind: 'machine',
  durationMs: 60_000,
  channels: 1,
  complete: true,
  transcribedMs: 60_000,
  language: 'en',
  gain: { leastDb: 0, greatestDb: 0 },
  skipped: [],
  otherLanguages: [],
  canUndo: false,
  canRedo: false,
  place: { segmentId: null, offset: 0, scrollMs: 0, playheadMs: 0 },
} as const;

const PACKED = [
  ['1', 0, 0, 0, 2000, 'Good morning.', 'A', 'en', 0.9, []],
  ['2', 1, 1, 1000, 3000, 'Hello.', 'B', 'en', 0.8, ['loop']],
]
  .map((segment) => JSON.stringify(segment))
  .join('\n');

function segmentsOf(channels: number) {
  return transcriptOf({ ...HEAD, skipped: [], otherLanguages: [], channels, packedSegments: PACKED })
    .segments;
}

describe('an opened transcript', () => {
  it('has its segments without their words, and its speakers in order', () => {
    const transcript = transcriptOf({ ...HEAD, skipped: [], otherLanguages: [], packedSegments: PACKED });
    expect(transcript.speakers).toEqual(['A', 'B']);
    expect(transcript.segments.every(awaitsWords)).toBe(true);
    expect(transcript.segments[1]).toMatchObject({ id: '2', edited: true, text: 'Hello.', flags: ['loop'] });
  });

  it('is marked where two channels talk at once', () => {
    expect(segmentsOf(2).map(({ flags }) => flags)).toEqual([['overlap'], ['loop', 'overlap']]);
    expect(segmentsOf(1).map(({ flags }) => flags)).toEqual([[], ['loop']]);
  });
});

describe('what is opened anew', () => {
  it('keeps what is the same, with its words', () => {
    const [first, second] = segmentsOf(1);
    if (first === undefined || second === undefined) throw new Error('two segments');
    const { words } = exampleSegment('1', 0, first.text);
    const known = [
      { ...first, words },
      { ...second, text: 'Hullo.', words },
    ];
    const [same, changed] = withKnownWords(segmentsOf(1), known);
    expect(same).toBe(known[0]);
    expect(changed?.text).toBe('Hello.');
    expect(changed && awaitsWords(changed)).toBe(true);
  });

  it('takes a new speaker and keeps the words', () => {
    const [first] = segmentsOf(1);
    if (first === undefined) throw new Error('a segment');
    const { words } = exampleSegment('1', 0, first.text);
    const [again] = withKnownWords(segmentsOf(1), [{ ...first, speaker: 'C', words }]);
    expect(again).toMatchObject({ speaker: 'A', words });
  });
});
