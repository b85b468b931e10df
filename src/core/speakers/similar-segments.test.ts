import { expect, test } from 'vitest';
import { PieceFinder } from './piece-finder.ts';
import { similarSegments } from './similar-segments.ts';
import { hearWorld, type Talk } from './testing/spoken-world.ts';

/** Paragraphs of 4 s each; every third one is somebody else's, but all carry one label. */
const TALKS: readonly Talk[] = Array.from({ length: 15 }, (_, i) => ({
  startMs: i * 5_000,
  endMs: i * 5_000 + 4_000,
  speaker: i % 3 === 2 ? 1 : 0,
}));

const SEGMENTS = TALKS.map(({ startMs, endMs }, i) => ({
  startMs,
  endMs,
  speaker: i === 2 ? 'Ben' : 'Anna',
}));

test('finds the other paragraphs of a corrected one’s voice', async () => {
  const parts = await hearWorld(TALKS, 75_000);
  const found = similarSegments(parts, SEGMENTS, { startMs: 10_000, endMs: 14_000, from: 'Anna' });
  expect(found.map(({ index }) => index).sort((a, b) => a - b)).toEqual([5, 8, 11, 14]);
  for (const { certainty } of found) expect(certainty).toBeGreaterThan(0.5);
  expect(found.map(({ certainty }) => certainty)).toEqual(
    found.map((one) => one.certainty).sort((a, b) => b - a),
  );
});

test('only paragraphs that carry the label it had are looked at', async () => {
  const parts = await hearWorld(TALKS, 75_000);
  const named = SEGMENTS.map((segment, i) => (i === 5 ? { ...segment, speaker: 'Carla' } : segment));
  const found = similarSegments(parts, named, { startMs: 10_000, endMs: 14_000, from: 'Anna' });
  expect(found.map(({ index }) => index).sort((a, b) => a - b)).toEqual([8, 11, 14]);
});

test('a paragraph without a voice of its own teaches nothing', async () => {
  const parts = await hearWorld(TALKS, 75_000);
  expect(similarSegments(parts, SEGMENTS, { startMs: 14_200, endMs: 14_800, from: 'Anna' })).toEqual([]);
  expect(new PieceFinder(parts).voiceOf({ startMs: 14_200, endMs: 14_800 })).toBeNull();
});
