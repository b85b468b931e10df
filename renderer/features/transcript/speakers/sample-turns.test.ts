import { expect, test } from 'vitest';
import type { SpeakerLane } from '../../../../src/contract/speakers.ts';
import { sampleTurns } from './sample-turns.ts';

function lane(speaker: string | null, ...turns: [startMs: number, endMs: number][]): SpeakerLane {
  const spans = turns.map(([startMs, endMs]) => ({ startMs, endMs }));
  return { speaker, turns: spans, talkMs: spans.reduce((sum, one) => sum + one.endMs - one.startMs, 0) };
}

test('a sample is the longest of what a speaker says alone, shortened where it goes on', () => {
  const lanes = [
    lane('Ann', [0, 1000], [2000, 5000], [10_000, 30_000], [40_000, 42_000]),
    lane('Ben', [900, 2500], [12_000, 13_000], [41_000, 45_000]),
    lane(null, [40_500, 40_600]),
  ];
  expect(sampleTurns(lanes, 'Ann')).toEqual([
    { startMs: 13_000, endMs: 19_000 },
    { startMs: 2500, endMs: 5000 },
    { startMs: 10_000, endMs: 12_000 },
  ]);
  expect(sampleTurns(lanes, null)).toEqual([{ startMs: 40_500, endMs: 40_600 }]);
});

test('who never speaks alone is heard among others, and who does not speak not at all', () => {
  const lanes = [lane('Ann', [1000, 2000]), lane('Ben', [0, 9000])];
  expect(sampleTurns(lanes, 'Ann')).toEqual([{ startMs: 1000, endMs: 2000 }]);
  expect(sampleTurns(lanes, 'Cleo')).toEqual([]);
});
