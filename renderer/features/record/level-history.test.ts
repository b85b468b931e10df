import { expect, it } from 'vitest';
import { LevelHistory, meterShare } from './level-history.ts';

it('calls the last seconds by one word, which a pause between words does not change', () => {
  const history = new LevelHistory();
  expect(history.add({ peakDb: -90, clipped: false }, 0)).toBe('silent');
  expect(history.add({ peakDb: -50, clipped: false }, 100)).toBe('quiet');
  expect(history.add({ peakDb: -12, clipped: false }, 200)).toBe('good');
  expect(history.add({ peakDb: -90, clipped: false }, 2500)).toBe('good');
  expect(history.add({ peakDb: -90, clipped: false }, 3300)).toBe('silent');
  expect(history.add({ peakDb: 0, clipped: true }, 3400)).toBe('loud');
  expect(history.add({ peakDb: -12, clipped: false }, 6500)).toBe('good');
});

it('places levels on the meter, and nothing outside of it', () => {
  expect([-200, -60, -30, 0, 6].map(meterShare)).toEqual([0, 0, 0.5, 1, 1]);
});
