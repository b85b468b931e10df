import { describe, expect, test } from 'vitest';
import { nextStop, type Stop, type StopPlace } from './next-stop.ts';

// Two ranges before the second segment, doubtful words in the first and the last, a range after all.
const STOPS: readonly (readonly Stop[])[] = [
  [{ rank: 4 }],
  [{ rank: -2 }, { rank: -1 }],
  [{ rank: 30 }],
  [{ rank: -1 }],
];

function way(start: StopPlace, direction: 1 | -1, steps: number): string[] {
  const passed: string[] = [];
  let place = start;
  for (let step = 0; step < steps; step += 1) {
    const stop = nextStop(place, direction, STOPS.length, (slot) => STOPS[slot] ?? []);
    if (stop === null) break;
    place = { slot: STOPS.findIndex((stops) => stops.includes(stop)), rank: stop.rank };
    passed.push(`${place.slot}:${place.rank}`);
  }
  return passed;
}

describe('going from one to the next', () => {
  const all = ['0:4', '1:-2', '1:-1', '2:30', '3:-1'];

  test('visits every one in the order of the text, and begins anew behind the last', () => {
    expect(way({ slot: 0, rank: 0 }, 1, 6)).toEqual([...all, '0:4']);
  });

  test('goes back the same way', () => {
    expect(way({ slot: 0, rank: 0 }, -1, 6)).toEqual([...all.toReversed(), '3:-1']);
  });

  test('from within a segment goes on from there', () => {
    expect(way({ slot: 1, rank: 20 }, 1, 1)).toEqual(['2:30']);
    expect(way({ slot: 1, rank: 20 }, -1, 1)).toEqual(['1:-1']);
  });

  test('comes back to the only one', () => {
    const only = [[], [{ rank: -1 }]];
    expect(nextStop({ slot: 1, rank: -1 }, 1, 2, (slot) => only[slot] ?? [])).toEqual({ rank: -1 });
    expect(nextStop({ slot: 1, rank: -1 }, -1, 2, (slot) => only[slot] ?? [])).toEqual({ rank: -1 });
  });

  test('finds none where there is none', () => {
    expect(nextStop({ slot: 0, rank: 0 }, 1, 1, () => [])).toBeNull();
  });
});
