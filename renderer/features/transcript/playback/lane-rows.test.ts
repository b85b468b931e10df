import { expect, it } from 'vitest';
import type { SpeakerLane } from '../../../../src/contract/speakers.ts';
import { LaneRows, MOST_ROWS } from './lane-rows.ts';

const lane = (speaker: string | null, ...turns: [number, number][]): SpeakerLane => ({
  speaker,
  turns: turns.map(([startMs, endMs]) => ({ startMs, endMs })),
  talkMs: turns.reduce((sum, [startMs, endMs]) => sum + endMs - startMs, 0),
});

it('gives each of a few speakers a row, in the order of the lanes', () => {
  const rows = new LaneRows([lane('B', [0, 1000], [3000, 9000]), lane('A', [800, 3000])]);
  expect(rows.turns.map(({ speaker, row, startMs }) => [speaker, row, startMs])).toEqual([
    ['B', 0, 0],
    ['A', 1, 800],
    ['B', 0, 3000],
  ]);
});

it('gives those who talk most a row of their own where there are many, and loses nobody', () => {
  const lanes = Array.from({ length: 20 }, (_, index) =>
    lane(`S${index}`, [index * 1000, index * 1000 + 100 + index * 10]),
  );
  const rows = new LaneRows(lanes);
  expect(rows.rows).toHaveLength(MOST_ROWS);
  expect(rows.turns).toHaveLength(20);
  const own = rows.rows.slice(0, -1).map(({ turns }) => turns.map(({ speaker }) => speaker));
  expect(own).toEqual([['S15'], ['S16'], ['S17'], ['S18'], ['S19']]);
  expect(rows.rows.at(-1)?.turns.map(({ speaker }) => speaker)).toEqual(
    Array.from({ length: 15 }, (_, index) => `S${index}`),
  );
});

it('finds what lasts in a range although shorter turns began later', () => {
  const rows = new LaneRows([lane('A', [0, 10_000], [2000, 2500], [3000, 3500], [20_000, 21_000])]);
  const starts = (fromMs: number, toMs: number) =>
    [...rows.between(0, fromMs, toMs)].map(({ startMs }) => startMs);
  expect(starts(4000, 5000)).toEqual([0]);
  expect(starts(2400, 3200)).toEqual([0, 2000, 3000]);
  expect(starts(10_000, 20_000)).toEqual([]);
  expect(starts(10_000, 20_001)).toEqual([20_000]);
  expect([...rows.between(7, 0, 1)]).toEqual([]);
});

it('finds the turn under a time: the last begun, else one that is near, else none', () => {
  const rows = new LaneRows([lane('A', [0, 10_000], [2000, 2500]), lane('B', [12_000, 12_100])]);
  expect(rows.at(0, 2200, 0)?.startMs).toBe(2000);
  expect(rows.at(0, 2600, 0)?.startMs).toBe(0);
  expect(rows.at(1, 11_950, 60)?.startMs).toBe(12_000);
  expect(rows.at(1, 12_150, 60)?.startMs).toBe(12_000);
  expect(rows.at(1, 11_900, 60)).toBeNull();
});

it('goes from a time to the next turn, and from a turn to the one beside it in time', () => {
  const rows = new LaneRows([
    lane('A', [0, 1000], [8000, 9000]),
    lane('B', [1500, 2000], [7000, 7500]),
    lane('C', [100, 200]),
  ]);
  const indexed = (timeMs: number) => rows.turns[rows.indexFrom(timeMs)];
  expect(indexed(1100)).toMatchObject({ speaker: 'B', startMs: 1500 });
  expect(indexed(99_000)).toMatchObject({ speaker: 'A', startMs: 8000 });
  const last = indexed(8100);
  expect(last).toMatchObject({ speaker: 'A', startMs: 8000 });
  expect(last && rows.beside(last, 1)).toMatchObject({ speaker: 'B', startMs: 7000 });
  expect(last && rows.beside(last, -1)).toBeNull();
  expect(new LaneRows([]).indexFrom(0)).toBe(-1);
});

it('looks up ten hours with 20,000 turns without going through them', () => {
  const hours = 36_000_000;
  const each = hours / 20_000;
  const lanes = ['A', 'B'].map((speaker, which) =>
    lane(
      speaker,
      ...Array.from({ length: 10_000 }, (_, index): [number, number] => [
        (2 * index + which) * each,
        (2 * index + which + 1) * each,
      ]),
    ),
  );
  const rows = new LaneRows(lanes);
  let looked = 0;
  for (const row of rows.rows) {
    const turns = new Proxy(row.turns, {
      get: (target, key) => {
        if (typeof key === 'string' && /^\d+$/u.test(key)) looked += 1;
        return Reflect.get(target, key);
      },
    });
    Object.assign(row, { turns });
  }
  const middle = [...rows.between(0, hours / 2, hours / 2 + 250_000)];
  expect(middle.length).toBeGreaterThan(60);
  expect(rows.at(1, hours / 3, 2000)).not.toBeNull();
  expect(looked).toBeLessThan(middle.length + 10);
});
