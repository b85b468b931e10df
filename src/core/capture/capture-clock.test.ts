import { expect, test } from 'vitest';
import { CaptureClock } from './capture-clock.ts';

function clocks() {
  const times = { monotonic: 5000, wall: 1_800_000_000_000 };
  return {
    times,
    clock: new CaptureClock(
      () => times.monotonic,
      () => times.wall,
    ),
  };
}

test('a change of the wall clock changes nothing', () => {
  const { times, clock } = clocks();
  times.monotonic += 1000;
  times.wall -= 3_600_000;
  expect(clock.nowMs()).toBe(1_800_000_001_000);
});

test('sleep counts, whether the monotonic clock stands still or not', () => {
  for (const counted of [0, 28_800_000]) {
    const { times, clock } = clocks();
    clock.suspend();
    times.monotonic += counted + 100;
    times.wall += 28_800_100;
    clock.resume();
    expect(clock.nowMs()).toBe(1_800_028_800_100);
  }
});

test('a wall clock that was set back during sleep does not turn time back', () => {
  const { times, clock } = clocks();
  clock.suspend();
  times.wall -= 1000;
  clock.resume();
  expect(clock.nowMs()).toBe(1_800_000_000_000);
});
