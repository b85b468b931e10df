import { expect, test } from 'vitest';
import { syntheticVoice } from '../../speakers/testing/synthetic-voices.ts';
import { type DiarizedPart, joinedDiarization } from './joined-diarization.ts';

/** A recording of 20 s in which people speak for 10 s each, in turn. */
function talk(startMs: number, ...speakers: { voice: number; label: string | null }[]): DiarizedPart {
  return {
    startMs,
    diarization: {
      ...{ recordingId: 'r', count: null, madeAtMs: 1 },
      turns: speakers.map((_, speaker) => ({
        ...{ startMs: speaker * 10_000, endMs: speaker * 10_000 + 9_000, speaker, certainty: 1 },
      })),
      speakers: speakers.map(({ voice, label }) => ({
        ...{ label, embedding: [...syntheticVoice(voice)], speechMs: 9_000, known: null },
      })),
    },
  };
}

test('one voice is one speaker, and another voice of the same number gets a number of its own', () => {
  const first = talk(0, { voice: 0, label: 'Speaker 1' }, { voice: 1, label: 'Speaker 2' });
  const second = talk(20_000, { voice: 2, label: 'Speaker 1' }, { voice: 0, label: 'Speaker 2' });
  const { turns, speakers, renames } = joinedDiarization([first, second]);
  expect(speakers.map(({ label, speechMs }) => [label, speechMs])).toEqual([
    ['Speaker 1', 18_000],
    ['Speaker 2', 9_000],
    ['Speaker 3', 9_000],
  ]);
  expect(turns.map(({ startMs, speaker }) => [startMs, speaker])).toEqual([
    [0, 0],
    [10_000, 1],
    [20_000, 2],
    [30_000, 0],
  ]);
  expect(renames.map((renamed) => Object.fromEntries(renamed))).toEqual([
    {},
    { 'Speaker 1': 'Speaker 3', 'Speaker 2': 'Speaker 1' },
  ]);
});

test('names that users gave stay', () => {
  const first = talk(0, { voice: 0, label: 'Anna' });
  const second = talk(20_000, { voice: 1, label: 'Bob' }, { voice: 0, label: 'Speaker 1' });
  const { speakers, renames } = joinedDiarization([first, second]);
  expect(speakers.map(({ label }) => label)).toEqual(['Anna', 'Bob']);
  expect(renames.map((renamed) => Object.fromEntries(renamed))).toEqual([{}, { 'Speaker 1': 'Anna' }]);
});
