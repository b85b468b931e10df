import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelledTurns } from './labelled-turns.ts';

const TURNS = [
  { startMs: 0, endMs: 4_000, speaker: 0, certainty: 1 },
  { startMs: 5_000, endMs: 9_000, speaker: 1, certainty: 1 },
  { startMs: 10_000, endMs: 14_000, speaker: 0, certainty: 1 },
  { startMs: 15_000, endMs: 15_400, speaker: 1, certainty: 1 },
];

function segment(startMs: number, endMs: number, speaker: string | null) {
  const half = (startMs + endMs) / 2;
  return {
    ...{ startMs, endMs, speaker },
    words: [
      { startMs, endMs: half, text: 'one', confidence: 1 },
      { startMs: half, endMs, text: 'two', confidence: 1 },
    ],
  };
}

test('turns have the labels of their words; a turn without words has its speaker’s', () => {
  const lanes = labelledTurns(TURNS, [
    segment(200, 3_800, 'Anna'),
    segment(5_200, 8_800, 'Ben'),
    segment(10_200, 13_800, 'Anna'),
  ]);
  expect(lanes).toEqual([
    {
      speaker: 'Anna',
      turns: [TURNS[0], TURNS[2]].map((turn) => ({ startMs: turn?.startMs, endMs: turn?.endMs })),
      talkMs: 8_000,
    },
    {
      speaker: 'Ben',
      turns: [TURNS[1], TURNS[3]].map((turn) => ({ startMs: turn?.startMs, endMs: turn?.endMs })),
      talkMs: 4_400,
    },
  ]);
});

test('a reassigned paragraph takes its part of the turn along', () => {
  const lanes = labelledTurns(TURNS.slice(0, 1), [segment(0, 1_800, 'Anna'), segment(2_200, 4_000, 'Carla')]);
  expect(lanes).toEqual([
    { speaker: 'Anna', turns: [{ startMs: 0, endMs: 2_000 }], talkMs: 2_000 },
    { speaker: 'Carla', turns: [{ startMs: 2_000, endMs: 4_000 }], talkMs: 2_000 },
  ]);
});

test('merged speakers have one lane', () => {
  const lanes = labelledTurns(TURNS, [segment(0, 4_000, 'Anna'), segment(5_000, 9_000, 'Anna')]);
  expect(lanes.map(({ speaker }) => speaker)).toEqual(['Anna']);
});

test('without a diarization the words are the turns, the unnamed lane last', () => {
  const lanes = labelledTurns([], [segment(0, 1_000, null), segment(2_000, 3_000, 'Anna')]);
  expect(lanes).toEqual([
    { speaker: 'Anna', turns: [{ startMs: 2_000, endMs: 3_000 }], talkMs: 1_000 },
    { speaker: null, turns: [{ startMs: 0, endMs: 1_000 }], talkMs: 1_000 },
  ]);
});

test('all time of turns is in exactly one lane', () => {
  const labels = fc.constantFrom('Anna', 'Ben', null);
  fc.assert(
    fc.property(fc.array(labels, { minLength: 8, maxLength: 8 }), (names) => {
      const segments = names.map((name, i) => segment(i * 1_500, i * 1_500 + 1_200, name));
      const turns = TURNS.slice(0, 3);
      const lanes = labelledTurns(turns, segments);
      for (let atMs = 50; atMs < 14_000; atMs += 100) {
        if (!turns.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs)) continue;
        const holding = lanes.filter((lane) =>
          lane.turns.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs),
        );
        expect(holding, `${atMs}`).toHaveLength(1);
      }
    }),
  );
});
