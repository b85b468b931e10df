import { clockTime, shortClockTime } from '../../../../src/contract/clock-times.ts';

/** A time in a recording for the margin: `03:12`, `1:02:33`. Fractions of a second are dropped. */
export function clock(milliseconds: number): string {
  return shortClockTime(Math.max(0, milliseconds));
}

/** A time as inserted into a text: `[00:03:12]`. */
export function writtenClock(milliseconds: number): string {
  return `[${spokenClock(milliseconds)}]`;
}

/** A time within a text, as exports write it: `00:03:12`. */
export function spokenClock(milliseconds: number): string {
  return clockTime(Math.max(0, milliseconds));
}

/** The playhead's time, with tenths: `03:12.4`. */
export function playerClock(milliseconds: number): string {
  return `${clock(milliseconds)}.${Math.floor((Math.max(0, milliseconds) % 1000) / 100)}`;
}
