import { expect, it } from 'vitest';
import { wordSpeakers } from './word-speakers.ts';

it('judges each word by who speaks in its middle', () => {
  const reference = [
    { startMs: 0, endMs: 1000, speaker: 'anna' },
    { startMs: 800, endMs: 2000, speaker: 'ben' },
  ];
  const words = [
    { startMs: 0, endMs: 400, speaker: 'x' },
    // The middle is anna's although the end is ben's too.
    { startMs: 600, endMs: 990, speaker: 'y' },
    { startMs: 700, endMs: 1000, speaker: 'y' },
    { startMs: 850, endMs: 950, speaker: 'z' },
    { startMs: 1900, endMs: 2100, speaker: 'y' },
    { startMs: 1500, endMs: 1600, speaker: 'y' },
  ];
  const mapping = new Map([
    ['x', 'anna'],
    ['y', 'ben'],
  ]);
  expect(wordSpeakers(reference, words, mapping)).toEqual({
    ...{ single: 3, singleRight: 2, overlapped: 2, overlappedRight: 1, outside: 1 },
  });
});
