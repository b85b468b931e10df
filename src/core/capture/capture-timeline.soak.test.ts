import { expect, test } from 'vitest';
import { pulsesOfDriftingInputs } from './testing/drifting-inputs.ts';

test.each([500, -500])('two inputs stay together for two hours while one drifts by %i ppm', (ppm) => {
  const { distances, gaps } = pulsesOfDriftingInputs(ppm, 2);
  expect(gaps).toEqual([]);
  expect(distances).toHaveLength(720);
  expect(Math.max(...distances)).toBeLessThan(15);
});
