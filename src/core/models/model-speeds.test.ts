import { expect, test } from 'vitest';
import { hourMsOf, type ModelSpeed, withJob } from './model-speeds.ts';

const MINUTE_MS = 60_000;
const HERE = { sha256: 'a'.repeat(64), processor: 'one × 2', threads: 2 };
// An hour of speech in ten minutes by the engine alone.
const MEASURED: ModelSpeed = {
  ...HERE,
  ...{ audioMs: 30_000, inferenceMs: 5_000, peakMemoryBytes: 1, measuredAtMs: 0 },
};

const learnt = (speeds: readonly ModelSpeed[], speechMinutes: number, wallMinutes: number) =>
  withJob(speeds, HERE, { speechMs: speechMinutes * MINUTE_MS, wallMs: wallMinutes * MINUTE_MS });

test('an hour takes what whole jobs took here, the newest weighing most, once there was enough of them', () => {
  const guessed = hourMsOf(MEASURED);
  expect(guessed).toBeGreaterThan(10 * MINUTE_MS);
  const little = learnt([MEASURED], 2, 1) ?? [];
  expect(little.map(hourMsOf), 'two minutes are not enough').toEqual([guessed]);
  const much = learnt(little, 20, 5) ?? [];
  const [hour = 0] = much.map(hourMsOf);
  // 5.7 minutes for 21.4, of which the first two count less.
  expect(hour / MINUTE_MS).toBeCloseTo(60 * (5.7 / 21.4), 2);
  const [slower = 0] = (learnt(much, 20, 10) ?? []).map(hourMsOf);
  expect(slower / MINUTE_MS).toBeGreaterThan(20);
  expect(slower / MINUTE_MS).toBeLessThan(30);
});

test('what tells nothing is not learnt: short jobs, disturbed ones, models that were never measured', () => {
  expect(learnt([MEASURED], 0.5, 0.2)).toBeNull();
  expect(learnt([MEASURED], 20, 200), 'the machine slept').toBeNull();
  expect(learnt([{ ...MEASURED, threads: 4 }], 20, 5)).toBeNull();
  expect(learnt([], 20, 5)).toBeNull();
});
