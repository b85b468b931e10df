import { expect, test } from 'vitest';
import { SAMPLES_PER_MS } from '../../../contract/audio.ts';
import { openingOf } from './interim-text.ts';

function opening(lengthMs: number, ...speech: [number, number][]): number | null {
  const pcm = new Int16Array(lengthMs * SAMPLES_PER_MS);
  const spans = speech.map(([startMs, endMs]) => ({ startMs, endMs }));
  const found = openingOf({ pcm, speech: spans });
  return found === null ? null : found.length / SAMPLES_PER_MS;
}

test('a long window’s opening ends in the last pause within eight seconds', () => {
  expect(opening(30_000, [400, 3000], [3300, 6000], [6400, 9000], [9500, 29_000])).toBe(6200);
});

test('without a pause it ends after eight seconds', () => {
  expect(opening(30_000, [400, 29_000])).toBe(8000);
});

test('a short window has none, nor one that begins with next to no speech', () => {
  expect(opening(11_000, [400, 10_000])).toBeNull();
  expect(opening(30_000, [400, 900], [9000, 29_000])).toBeNull();
});
