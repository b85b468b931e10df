import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rebase } from './rebase.ts';

describe('what the user changed, made on another text', () => {
  it.each([
    ['an insertion behind the same words', 'a b c', 'a b new c', 'a c', 'a new c'],
    ['what an undo took away stays away', 'a b', 'a b new', 'a', 'a new'],
    ['what an undo brought back stays', 'a', 'a new', 'a b', 'a new b'],
    ['what the user took out goes', 'a b c', 'a c', 'a b d c', 'a d c'],
    ['all goes where the user emptied it', 'a b', '', 'a b', ''],
    ['signs of a script without blanks count one by one', '今天天气好', '今天天气很好', '天气好', '天气很好'],
    ['only what was put in, where nothing is left', 'a b', 'x a y b z', '', 'x y z'],
  ])('%s', (_, base, mine, theirs, merged) => {
    expect(rebase(base, mine, theirs)).toBe(merged);
  });

  it('has every word of theirs that is in the base, and every word put in, once', () => {
    const base = ['b0', 'b1', 'b2', 'b3', 'b4', 'b5'];
    const part = fc.subarray(base);
    const put = fc.array(fc.nat(6), { maxLength: 4 });
    const withWords = (words: string[], places: number[], name: string) =>
      places.reduce(
        (all, place, index) => all.toSpliced(Math.min(place, all.length), 0, `${name}${index}`),
        words,
      );
    fc.assert(
      fc.property(part, put, part, put, (mineKept, minePut, theirsKept, theirsPut) => {
        const mine = withWords(mineKept, minePut, 'm');
        const theirs = withWords(theirsKept, theirsPut, 't');
        const merged = rebase(base.join(' '), mine.join(' '), theirs.join(' ')).split(' ').filter(Boolean);
        const expected = [
          ...mineKept.filter((word) => theirsKept.includes(word)),
          ...minePut.map((__, index) => `m${index}`),
          ...theirsPut.map((__, index) => `t${index}`),
        ];
        expect(merged.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});
