import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHANGE_COST, likeliestVoices } from './voice-path.ts';

const scores = fc
  .record({ voices: fc.integer({ min: 1, max: 3 }), pieces: fc.integer({ min: 1, max: 6 }), seed: fc.nat() })
  .chain(({ voices, pieces }) =>
    fc.array(fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: voices, maxLength: voices }), {
      minLength: pieces,
      maxLength: pieces,
    }),
  );

function scoreOf(path: readonly number[], table: readonly (readonly number[])[]): number {
  return path.reduce(
    (sum, voice, i) => sum + (table[i]?.[voice] ?? 0) - (i > 0 && path[i - 1] !== voice ? CHANGE_COST : 0),
    0,
  );
}

test('no other sequence of voices is likelier', () => {
  fc.assert(
    fc.property(scores, (table) => {
      const found = likeliestVoices(table);
      expect(found).toHaveLength(table.length);
      const voices = table[0]?.length ?? 0;
      for (let n = 0; n < voices ** table.length; n += 1) {
        const path = table.map((_, i) => Math.floor(n / voices ** i) % voices);
        expect(scoreOf(found, table)).toBeGreaterThanOrEqual(scoreOf(path, table) - 1e-6);
      }
    }),
  );
});

test('one unclear piece changes nothing, a clear change is followed', () => {
  const a = [0.7, 0.1];
  const b = [0.1, 0.7];
  expect(likeliestVoices([a, a, [0.3, 0.4], a])).toEqual([0, 0, 0, 0]);
  expect(likeliestVoices([a, a, b, b])).toEqual([0, 0, 1, 1]);
  expect(likeliestVoices([])).toEqual([]);
});
