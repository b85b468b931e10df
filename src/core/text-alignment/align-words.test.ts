import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Word } from '../../contract/transcript.ts';
import { alignWords } from './align-words.ts';
import { splitWords } from './split-words.ts';

const BOUNDS = { startMs: 0, endMs: 10_000 };

/** Words of 400 ms with pauses of 100 ms. */
function heard(text: string): Word[] {
  return text.split(' ').map((word, index) => ({
    startMs: index * 500,
    endMs: index * 500 + 400,
    text: word,
    confidence: 0.5,
  }));
}

function aligned(before: string, after: string): Word[] {
  return alignWords(heard(before), splitWords(after, 'en', before.split(' ')), BOUNDS);
}

describe('the words of a changed text', () => {
  test('keep their times where they stayed, and take those of the words they replace', () => {
    const [the, plane, leaves, at, night] = aligned('the plain leaves at night', 'the plane leaves at night');
    expect([the, leaves, at, night]).toEqual(heard('the plain leaves at night').filter((_, i) => i !== 1));
    expect(plane).toEqual({ startMs: 500, endMs: 900, text: 'plane', confidence: 1 });
  });

  test('share the time of what they replace by their lengths', () => {
    const words = aligned('he said alot today', 'he said a lot today');
    expect(words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 400],
      [500, 900],
      [1000, 1133],
      [1133, 1400],
      [1500, 1900],
    ]);
  });

  test('that are new stand in the pause between their neighbours', () => {
    const [, , added, next] = aligned('we will go', 'we will not go');
    expect(added).toEqual({ startMs: 900, endMs: 1000, text: 'not', confidence: 1 });
    expect(next).toEqual(heard('we will go')[2]);
  });

  test('are the same words with another case or punctuation', () => {
    const words = aligned('mister smith no', 'Mister Smith, no');
    expect(words.map(({ startMs, text, confidence }) => [startMs, text, confidence])).toEqual([
      [0, 'Mister', 1],
      [500, 'Smith,', 1],
      [1000, 'no', 0.5],
    ]);
  });

  test('are found again in writing without blanks', () => {
    const old = [
      { startMs: 0, endMs: 300, text: '今日は', confidence: 0.9 },
      { startMs: 300, endMs: 600, text: '雨', confidence: 0.4 },
      { startMs: 600, endMs: 900, text: 'です。', confidence: 0.9 },
    ];
    const texts = splitWords(
      '今日は雪です。',
      'ja',
      old.map((word) => word.text),
    );
    expect(texts).toEqual(['今日は', '雪', 'です。']);
    expect(alignWords(old, texts, { startMs: 0, endMs: 900 })).toEqual([
      old[0],
      { startMs: 300, endMs: 600, text: '雪', confidence: 1 },
      old[2],
    ]);
  });

  test('keep their times in a text of hours that is changed in thousands of places', () => {
    const old = heard(Array.from({ length: 20_000 }, (_, i) => `w${i % 5000}`).join(' '));
    const texts = old.map(({ text }, i) => (i % 7 === 3 ? 'otherwise' : text));
    const words = alignWords(old, texts, { startMs: 0, endMs: 10_000_000 });
    expect(words.filter((_, i) => i % 7 !== 3)).toEqual(old.filter((_, i) => i % 7 !== 3));
    expect(words[3]).toEqual({ startMs: 1500, endMs: 1900, text: 'otherwise', confidence: 1 });
  });

  test('never go back in time, are all there, and those at untouched ends are untouched', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'day', 'night', 'no');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.array(word, { maxLength: 4 }),
        fc.array(word, { maxLength: 8 }),
        fc.nat(8),
        (head, middle, tail, cut) => {
          const before = [...head, ...tail];
          const after = [...head, ...middle, ...tail.slice(Math.min(cut, tail.length))];
          const old = heard(before.join(' '));
          const words = alignWords(old, after, BOUNDS);
          expect(words.map(({ text }) => text)).toEqual(after);
          words.reduce((previous, next) => {
            expect(next.startMs).toBeGreaterThanOrEqual(previous.startMs);
            expect(next.endMs).toBeGreaterThanOrEqual(next.startMs);
            return next;
          });
          expect(words.slice(0, head.length)).toEqual(old.slice(0, head.length));
        },
      ),
    );
  });
});
