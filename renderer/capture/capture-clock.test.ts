import { beforeEach, expect, test } from 'vitest';
import { CaptureClock, SteadyClock } from './capture-clock.ts';

const PIECE_MS = 10;

/** A machine with a system clock and a monotonic one, and a device that stamps its pieces from a moment of its own. */
let wall: number;
let monotonic: number;
let stamp: number;
let clock: SteadyClock;
let pieces: CaptureClock;

beforeEach(() => {
  wall = 1_000_000;
  monotonic = 500;
  stamp = 77_000;
  clock = new SteadyClock(
    () => wall,
    () => monotonic,
  );
  pieces = new CaptureClock(clock);
});

function pass(milliseconds: number): void {
  wall += milliseconds;
  monotonic += milliseconds;
  stamp += milliseconds;
}

/** The next piece of sound, which arrives `lateMs` after its last sample was captured. */
function next(lateMs = 0): number {
  const stampMs = stamp;
  pass(PIECE_MS);
  pass(lateMs);
  const atMs = pieces.timeOf(stampMs, PIECE_MS);
  pass(-lateMs);
  return atMs;
}

test('sound has the time of its capture, however late it arrives', () => {
  next();
  const times = Array.from({ length: 200 }, (_, index) => next((index * 37) % 5000));
  expect(times).toEqual(times.map((_, index) => 1_000_000 + PIECE_MS * (index + 1)));
});

test('a change of the system’s clock changes no time', () => {
  expect(next()).toBe(1_000_000);
  wall += 3_600_000;
  expect(next()).toBe(1_000_010);
  wall -= 7_200_000;
  expect(next()).toBe(1_000_020);
});

test('time without sound is a gap', () => {
  expect(next()).toBe(1_000_000);
  pass(5000);
  expect(next(300)).toBe(1_005_010);
});

test('no time goes back, even if the first piece arrived later than the others', () => {
  expect(next(30)).toBe(1_000_030);
  expect([next(), next(), next(), next()]).toEqual([1_000_030, 1_000_030, 1_000_030, 1_000_040]);
});

test('a clock that stood still while the machine slept is caught up', () => {
  expect(next()).toBe(1_000_000);
  wall += 600_000;
  clock.catchUp();
  expect(next()).toBe(1_600_010);
});
