import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonPairs, type Pair } from './common-words.ts';

const found = (old: readonly string[], fresh: readonly string[]) =>
  commonPairs(old, fresh, { keyOf: (word) => word });

/** Checks that pairs are the same members, and in order on both sides. */
function expectCommon(pairs: readonly Pair[], old: readonly string[], fresh: readonly string[]): void {
  let [i, j] = [-1, -1];
  for (const [oldIndex, freshIndex] of pairs) {
    if (oldIndex <= i || freshIndex <= j || old[oldIndex] !== fresh[freshIndex]) {
      throw new Error(`pair ${oldIndex}, ${freshIndex} behind ${i}, ${j}`);
    }
    [i, j] = [oldIndex, freshIndex];
  }
}

/** Length of a longest common subsequence, by the definition. */
function longest(old: readonly string[], fresh: readonly string[]): number {
  let row = new Array<number>(fresh.length + 1).fill(0);
  for (const word of old) {
    const next = [0];
    for (const [j, other] of fresh.entries()) {
      next.push(word === other ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Numbers below 1 that are the same in every run (Park and Miller's generator). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Words distributed as in languages: few that are frequent, many that occur once. */
function madeText(length: number, random: () => number, vocabulary = 4000): string[] {
  return Array.from({ length }, () => `w${Math.floor(vocabulary ** random())}`);
}

test('what two short sequences have in common is as long as it can be', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 30 });
  fc.assert(
    fc.property(words, words, (old, fresh) => {
      const pairs = found(old, fresh);
      expectCommon(pairs, old, fresh);
      expect(pairs.length).toBe(longest(old, fresh));
    }),
  );
});

test('members that are not the same in spite of their keys are no pair', () => {
  const isSame = (a: string, b: string) => a === b && a !== 'b';
  expect(commonPairs([...'abcb'], [...'abcb'], { keyOf: (word) => word, isSame })).toEqual([
    [0, 0],
    [2, 2],
  ]);
});

describe('in 20,000 words, and in seconds at the most', () => {
  const random = randomFrom(7);
  const text = madeText(20_000, random);
  const swapped = [
    ...text.slice(5000, 10_000),
    ...text.slice(0, 5000),
    ...text.slice(15_000),
    ...text.slice(10_000, 15_000),
  ];
  const corrected = text.flatMap((word) => {
    const choice = random();
    if (choice < 0.1) return [];
    return choice < 0.2 ? ['other'] : choice < 0.33 ? [word, 'more'] : [word];
  });
  const half = text.map((word) => (random() < 0.5 ? word : (madeText(1, random)[0] ?? '')));
  const untouched = half.filter((word, index) => word === text[index]).length;
  const letters = (count: number) =>
    Array.from({ length: 20_000 }, () => `letter ${Math.floor(count * random())}`);
  const cases: [string, string[], string[], number][] = [
    ['every seventh is another', text, text.map((word, i) => (i % 7 === 3 ? `x${i}` : word)), 17_143],
    ['a third are corrected, left out or put in', text, corrected, 15_800],
    ['half are other words of the same text', text, half, 0.97 * untouched],
    ['chapters have changed places', text, swapped, 10_000],
    ['nothing has stayed', text, text.map((_, i) => `x${i}`), 0],
    ['all is one word', Array(20_000).fill('no'), Array(15_000).fill('no'), 15_000],
    ['there are two words', letters(2), letters(2), 12_000],
    ['there are fifty words', letters(50), letters(50), 2000],
    ['one word is sought', ['needle'], [...text, 'needle', ...text], 1],
    ['as much again stands in front', text, [...madeText(20_000, random), ...text], 20_000],
  ];
  test.each(cases)('where %s', (_name, old, fresh, least) => {
    const startMs = performance.now();
    const pairs = found(old, fresh);
    const tookMs = performance.now() - startMs;
    expectCommon(pairs, old, fresh);
    expect(pairs.length).toBeGreaterThanOrEqual(least);
    // Some tenths of a second on an idle machine.
    expect(tookMs).toBeLessThan(10_000);
  });
});
