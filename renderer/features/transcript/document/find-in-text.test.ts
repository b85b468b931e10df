import { describe, expect, it } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { findInText, matchFrom } from './find-in-text.ts';
import { layOut } from './paragraph-layout.ts';

const { text, table } = layOut([
  exampleSegment('a', 0, 'Dr. Maier met (Maierhofer).'),
  exampleSegment('b', 900, 'maier left'),
  exampleSegment('c', 1800, 'the house.'),
]);
const find = (what: string, matchCase = false, wholeWords = false) =>
  findInText(text, table, { text: what, matchCase, wholeWords });

describe('finding in a transcript', () => {
  it('finds to the letter, with case and whole words where asked', () => {
    expect(find('maier')).toHaveLength(3);
    expect(find('Maier', true)).toHaveLength(2);
    expect(find('Maier', true, true)).toHaveLength(1);
    expect(find('(Maierhofer).')).toHaveLength(1);
    expect(find('.')).toHaveLength(3);
  });

  it('finds nothing that reaches across segments, which replacing all could not replace', () => {
    expect(find('left the')).toEqual([]);
    expect(find('  ')).toEqual([]);
  });

  it('goes on from the caret, and around', () => {
    const matches = find('maier');
    expect(matchFrom(matches, 6)).toBe(1);
    expect(matchFrom(matches, text.length)).toBe(0);
    expect(matchFrom([], 0)).toBe(-1);
  });
});
