import { describe, expect, it } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { layOut, placeRanges } from './paragraph-layout.ts';

describe('laying a transcript out', () => {
  it('lets segments of a speaker flow, and ends a paragraph with its speaker or at a pause', () => {
    const { text } = layOut([
      exampleSegment('a', 0, 'Good morning.', { speaker: 'Ann' }),
      exampleSegment('b', 500, 'How are you?', { speaker: 'Ann' }),
      exampleSegment('c', 1500, 'Fine.', { speaker: 'Ben' }),
      exampleSegment('d', 9000, 'Well.', { speaker: 'Ben' }),
    ]);
    expect(text).toBe('Good morning. How are you?\nFine.\nWell.');
  });

  it('ends a long paragraph at the end of a sentence', () => {
    const sentence = `${'word '.repeat(24)}end.`;
    const segments = Array.from({ length: 12 }, (_, index) =>
      exampleSegment(String(index), index * 5000, sentence),
    );
    const lines = layOut(segments).text.split('\n');
    expect(lines.length).toBe(3);
    expect(lines.every((line) => line.endsWith('end.'))).toBe(true);
  });

  it('writes no blanks where the language has none', () => {
    const segments = ['你好。', '早上好。'].map((text, i) =>
      exampleSegment(String(i), i * 300, text, { language: 'zh' }),
    );
    expect(layOut(segments).text).toBe('你好。早上好。');
  });

  it('puts skipped stretches where they were', () => {
    const segments = [exampleSegment('a', 1000, 'One.'), exampleSegment('b', 60_000, 'Two.')];
    const skipped = [
      { startMs: 0, endMs: 900, reason: 'noSpeech' as const },
      { startMs: 2000, endMs: 59_000, reason: 'notUnderstood' as const },
      { startMs: 70_000, endMs: 90_000, reason: 'noSpeech' as const },
    ];
    expect(placeRanges(segments, skipped).map(({ before }) => before)).toEqual([0, 1, 2]);
  });
});
