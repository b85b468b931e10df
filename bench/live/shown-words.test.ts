import { describe, expect, it } from 'vitest';
import { type ShownText, wordDelays } from './shown-words.ts';

const said = (text: string) =>
  text.split(' ').map((word, index) => ({ text: word, endMs: 500 * (index + 1) }));
const shown = (atMs: number, confirmed: string, interim = ''): ShownText => ({ atMs, confirmed, interim });

describe('the delay of words', () => {
  it('is from their end until they are first shown, and first confirmed', () => {
    const delays = wordDelays(said('And so, my fellow'), [
      shown(900, '', 'And'),
      shown(1300, 'And', 'so my'),
      shown(2600, 'And so, my', 'fellow'),
      shown(3000, 'And so, my fellow'),
    ]);
    expect(delays).toEqual({
      shownMs: [400, 300, -200, 600],
      confirmedMs: [800, 1600, 1100, 1000],
      ...{ changed: 0, said: 4, right: 4 },
    });
  });

  it('counts from when a word stays', () => {
    const texts = [
      shown(500, '', 'ask'),
      shown(900, '', 'asked'),
      shown(1500, '', 'ask not'),
      shown(2000, 'ask not'),
    ];
    expect(wordDelays(said('ask not'), texts).shownMs).toEqual([1000, 500]);
  });

  it('counts texts in which confirmed words are others', () => {
    const { changed } = wordDelays(said('ask not'), [shown(900, 'asked'), shown(1500, 'ask not')]);
    expect(changed).toBe(1);
  });

  it('goes on after words that were left out', () => {
    const words = Array.from({ length: 100 }, (_, index) => `word${index}`);
    const left = [...words.slice(0, 40), ...words.slice(60)];
    const texts = left.map((_, index) => {
      const at = index < 40 ? index : index + 20;
      return shown(500 * (at + 1) + 700, left.slice(0, index + 1).join(' '));
    });
    const { shownMs, said: all, right } = wordDelays(said(words.join(' ')), texts);
    expect(new Set(shownMs)).toEqual(new Set([700]));
    expect([all, right]).toEqual([100, 80]);
  });
});
