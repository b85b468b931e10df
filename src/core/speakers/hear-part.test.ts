import { expect, test } from 'vitest';
import { hearPart, WINDOW_MS, WINDOW_STEP_MS } from './hear-part.ts';
import { hearWorld, soundOf, type Talk, worldModels } from './testing/spoken-world.ts';

const TALKS: readonly Talk[] = [
  { startMs: 1_000, endMs: 9_000, speaker: 0 },
  { startMs: 50_000, endMs: 58_000, speaker: 1 },
];

test('only windows with speech are heard', async () => {
  let heard = 0;
  const models = worldModels();
  const counting = {
    ...models,
    speakerActivity: (pcm: Int16Array, signal: AbortSignal) => {
      heard += 1;
      return models.speakerActivity(pcm, signal);
    },
  };
  const [part] = await hearWorld(TALKS, 60_000, { models: counting });
  expect(heard).toBe(part?.windows.length);
  expect(part?.windows.some(({ startMs }) => startMs >= 10_000 && startMs + WINDOW_MS <= 50_000)).toBe(false);
});

test('every moment of speech is in a window, and alone speech in pieces', async () => {
  const parts = await hearWorld(TALKS, 60_000);
  const windows = parts.flatMap((part) => part.windows);
  const pieces = parts.flatMap((part) => part.pieces);
  for (const { startMs, endMs } of TALKS) {
    for (let atMs = startMs; atMs < endMs; atMs += 500) {
      expect(windows.some((window) => window.startMs <= atMs && atMs < window.startMs + WINDOW_MS)).toBe(
        true,
      );
      expect(
        pieces.some((piece) => piece.startMs - 100 <= atMs && atMs < piece.endMs + 600),
        `${atMs}`,
      ).toBe(true);
    }
  }
  for (const piece of pieces) expect(piece.isAlone).toBe(true);
});

test('the windows and pieces of a part do not depend on how much is known after it', async () => {
  const pcm = soundOf(TALKS, 90_000);
  const hear = (knownUntilMs: number) =>
    hearPart({
      models: worldModels(),
      read: async (fromMs, durationMs) => pcm.slice(fromMs * 16, (fromMs + durationMs) * 16),
      ...{ startMs: 0, endMs: 60_000, knownUntilMs, speech: TALKS, signal: new AbortController().signal },
    });
  expect(await hear(90_000)).toEqual(await hear(60_000 + WINDOW_MS + WINDOW_STEP_MS));
});

test('what is shorter than a window is heard as one', async () => {
  const [part] = await hearWorld([{ startMs: 200, endMs: 2_700, speaker: 0 }], 3_000);
  expect(part?.windows).toHaveLength(1);
  expect(part?.pieces.length).toBeGreaterThan(0);
});

test('an aborted signal ends it', async () => {
  const aborted = hearPart({
    models: worldModels(),
    read: async () => new Int16Array(160_000),
    ...{
      startMs: 0,
      endMs: 60_000,
      knownUntilMs: 60_000,
      speech: TALKS,
      signal: AbortSignal.abort(new Error('stopped')),
    },
  });
  await expect(aborted).rejects.toThrow('stopped');
});
