import { expect, it } from 'vitest';
import { aloneTurns } from './one-reader.ts';

it('takes what one says alone, unless it is short', () => {
  const turns = [
    { startMs: 0, endMs: 3000, speaker: 'anna' },
    { startMs: 3000, endMs: 5000, speaker: 'ben' },
    { startMs: 4900, endMs: 8000, speaker: 'anna' },
    { startMs: 9000, endMs: 10_000, speaker: 'anna' },
    { startMs: 11_000, endMs: 13_000, speaker: 'anna' },
  ];
  expect(aloneTurns(turns, 'anna')).toEqual([turns[0], turns[4]]);
});
