import { describe, expect, it } from 'vitest';
import { highlighted } from './highlighted.ts';

const marked = (snippet: string, ...matches: [number, number][]) =>
  highlighted(
    snippet,
    matches.map(([start, end]) => ({ start, end })),
  )
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('');

describe('highlighted', () => {
  it('marks what was found and keeps the rest', () => {
    expect(marked('the dose was two', [4, 8], [13, 16])).toBe('the [dose] was [two]');
    expect(marked('plain')).toBe('plain');
  });

  it('neither doubles nor drops text where matches overlap or are out of order', () => {
    expect(marked('abcdef', [2, 5], [1, 3])).toBe('a[bc][de]f');
    expect(marked('abc', [0, 3])).toBe('[abc]');
  });
});
