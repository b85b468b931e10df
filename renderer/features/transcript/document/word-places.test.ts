import { describe, expect, it } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { placeWords, wordAtOffset, wordAtTime } from './word-places.ts';

const { text, words } = exampleSegment('a', 1000, 'She takes forty milligrams a day.');

describe('where words stand', () => {
  it('finds every word in its text', () => {
    const placed = placeWords(text, words);
    expect(placed.map(({ from, to }) => text.slice(from, to))).toEqual(words.map((word) => word.text));
  });

  it('keeps the words around a change in place while it is typed', () => {
    const typed = 'She takes fourteen  milligrams a day.';
    const placed = placeWords(typed, words);
    expect(placed.map(({ word }) => word.text)).toEqual(['She', 'takes', 'milligrams', 'a', 'day.']);
    expect(placed.map(({ from, to }) => typed.slice(from, to))).toEqual([
      'She',
      'takes',
      'milligrams',
      'a',
      'day.',
    ]);
  });

  it('finds words of scripts without blanks', () => {
    const chinese = ['你好', '世界'].map((one, index) => ({
      startMs: index,
      endMs: index + 1,
      text: one,
      confidence: 1,
    }));
    expect(placeWords('你好世界', chinese).map(({ from }) => from)).toEqual([0, 2]);
  });

  it('finds the word at a character and at a time', () => {
    const placed = placeWords(text, words);
    expect(wordAtOffset(placed, text.indexOf('milli') + 3)?.word.text).toBe('milligrams');
    expect(wordAtOffset(placed, text.length)?.word.text).toBe('day.');
    expect(wordAtTime(placed, 1399)?.word.text).toBe('takes');
    expect(wordAtTime(placed, 999)).toBeNull();
  });
});
