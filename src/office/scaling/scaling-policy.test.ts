import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextWanted, USUAL_SCALING } from './scaling-policy.ts';

const settings = { ...USUAL_SCALING, minWorkers: 2, maxWorkers: 500 };
const LONG_AGO = { changedAtMs: 0 };
const NOW = 24 * 3600 * 1000;

const wantedAfter = (workers: number, depth: number, nowMs = NOW) =>
  nextWanted({ workers, ...LONG_AGO }, depth, nowMs, settings);

describe('nextWanted', () => {
  it.each([
    // More than 500 for each: 10 more, or a fifth.
    [4, 2001, 14],
    [50, 25_001, 60],
    [51, 25_501, 62],
    [100, 50_001, 120],
    [495, 1_000_000, 500],
    // 200 to 500 for each.
    [4, 2000, 4],
    [4, 800, 4],
    // Fewer than 200 for each: as many less, if no more than 350 wait for each then.
    [100, 0, 80],
    [100, 19_999, 80],
    [40, 7999, 30],
    [14, 2799, 8],
    [12, 0, 2],
    [2, 0, 2],
  ])('of %i workers with %i waiting jobs makes %i', (workers, depth, wanted) => {
    expect(wantedAfter(workers, depth)).toEqual({
      workers: wanted,
      changedAtMs: wanted === workers ? 0 : NOW,
    });
  });

  it('waits after each change, longer before it takes workers away', () => {
    const { upCoolDownMs, downCoolDownMs } = settings;
    expect(wantedAfter(20, 20_000, upCoolDownMs - 1).workers).toBe(20);
    expect(wantedAfter(20, 20_000, upCoolDownMs).workers).toBe(30);
    expect(wantedAfter(20, 0, downCoolDownMs - 1).workers).toBe(20);
    expect(wantedAfter(20, 0, downCoolDownMs).workers).toBe(10);
  });

  it('brings a number within its limits at once', () => {
    expect(wantedAfter(600, 600 * 300, 1)).toEqual({ workers: 500, changedAtMs: 1 });
    expect(wantedAfter(0, 0, 1)).toEqual({ workers: 2, changedAtMs: 1 });
  });

  it('settles: with a depth that stays, what it adds comes first, what it takes away next, and then nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), fc.nat(200_000), (workers, depth) => {
        let wanted = { workers, changedAtMs: 0 };
        const ups: number[] = [];
        const downs: number[] = [];
        for (let nowMs = 0; nowMs < NOW * 2; nowMs += 60_000) {
          const next = nextWanted(wanted, depth, nowMs, settings);
          if (next.workers > wanted.workers) ups.push(nowMs);
          if (next.workers < wanted.workers) downs.push(nowMs);
          wanted = next;
        }
        // Every addition comes before the first removal, and the end is one that nothing changes any more.
        expect(Math.max(0, ...ups)).toBeLessThanOrEqual(Math.min(Number.POSITIVE_INFINITY, ...downs));
        expect(nextWanted(wanted, depth, NOW * 3, settings)).toEqual(wanted);
      }),
      { numRuns: 100, seed: 14 },
    );
  });
});
