import type { Span } from '../../../contract/audio.ts';
import type { StoredWindow } from './windows.db.ts';

/**
 * Audio this close to what was given to the engine counts as heard with it: two passes put the same word up to a second
 * or so apart, and a word of the earlier one must not stay beside its counterpart.
 */
const NEAR_MS = 1500;

/** The time that windows cover, with what is near it: ranges that may overlap. */
export function coveredTime(windows: readonly Pick<StoredWindow, 'plan'>[]): Span[] {
  return windows.flatMap(({ plan }) =>
    plan.pieces.map(({ recordingStartMs, durationMs }) => ({
      startMs: Math.max(0, recordingStartMs - NEAR_MS),
      endMs: recordingStartMs + durationMs + NEAR_MS,
    })),
  );
}

/** What remains of ranges without others. */
export function withoutSpans<T extends Span>(ranges: readonly T[], taken: readonly Span[]): T[] {
  let rest = [...ranges];
  for (const { startMs, endMs } of taken) {
    rest = rest.flatMap((range) =>
      [
        { ...range, endMs: Math.min(range.endMs, startMs) },
        { ...range, startMs: Math.max(range.startMs, endMs) },
      ].filter((part) => part.startMs < part.endMs),
    );
  }
  return rest;
}
