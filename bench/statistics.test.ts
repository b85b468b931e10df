import { describe, expect, it } from 'vitest';
import { median, percentile, seededRandom } from './statistics.ts';

describe('median', () => {
  it('is the middle value whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([100])).toBe(100);
  });

  it('is between the two middle values of an even number', () => {
    expect(median([10, 2, 4, 100])).toBe(7);
  });

  it('sorts by value, not by digits, and leaves its input alone', () => {
    const values = [10, 9, 100];
    expect(median(values)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => median([])).toThrow();
  });
});

describe('percentile', () => {
  it('is exceeded by no more than the rest', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect(percentile(values, 99)).toBe(198);
    expect(percentile(values, 100)).toBe(200);
    expect(percentile([7], 50)).toBe(7);
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => percentile([], 99)).toThrow();
  });
});

describe('seededRandom', () => {
  it('repeats itself for a seed, and differs for another', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('spreads over the whole range', () => {
    const random = seededRandom(1);
    const values = Array.from({ length: 10_000 }, random);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.12);
    }
  });
});
