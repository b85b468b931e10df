import { beforeEach, expect, test } from 'vitest';
import { FrameClock, SteadyClock } from './frame-clock.ts';

const FRAME = 20;

/** A machine with a system clock, a monotonic one and an audio context, each of which can go wrong. */
let wall: number;
let monotonic: number;
let contextMs: number;
let clock: SteadyClock;
let frames: FrameClock;

beforeEach(() => {
  wall = 1_000_000;
  monotonic = 500;
  contextMs = 0;
  clock = new SteadyClock(
    () => wall,
    () => monotonic,
  );
  frames = new FrameClock(clock);
});

function pass(milliseconds: number): void {
  wall += milliseconds;
  monotonic += milliseconds;
}

/** The next frame, cut `lateMs` after its last sample came, and told to the page `heldMs` later. */
function next(lateMs = 0, heldMs = 0): number {
  pass(FRAME);
  contextMs += FRAME;
  const cutAtMs = wall + lateMs;
  pass(lateMs + heldMs);
  const atMs = frames.timeOf({ contextStartMs: contextMs - FRAME, contextEndMs: contextMs, cutAtMs });
  pass(-lateMs - heldMs);
  return atMs;
}

test('frames that follow each other are 20 ms apart, however late they are cut and told', () => {
  next();
  const times = Array.from({ length: 200 }, (_, index) =>
    next(index % 5 === 0 ? 0 : (index * 7) % 40, index * 13),
  );
  expect(times).toEqual(times.map((_, index) => 1_000_000 + FRAME * (index + 1)));
});

test('a change of the system’s clock changes no time, and none goes back', () => {
  expect(next()).toBe(1_000_000);
  wall += 3_600_000;
  expect(next()).toBe(1_000_020);
  wall -= 7_200_000;
  expect(next()).toBe(1_000_040);
});

test('the time of a suspended context shows as a gap', () => {
  expect(next()).toBe(1_000_000);
  pass(5000);
  frames.reset();
  expect(next()).toBe(1_005_020);
});

test('a context that stood still without saying so is noticed within a second', () => {
  for (let index = 0; index < 100; index += 1) next();
  pass(5000);
  const times = Array.from({ length: 60 }, () => next());
  expect(times.at(-1)).toBe(1_000_000 + 100 * FRAME + 5000 + 59 * FRAME);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

test('a clock that stood still while the machine slept is caught up', () => {
  expect(next()).toBe(1_000_000);
  wall += 600_000;
  clock.catchUp();
  frames.reset();
  expect(next()).toBe(1_600_020);
});
