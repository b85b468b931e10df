import type { Span } from '../../contract/audio.ts';

/** Speech of a channel that is transcribed as a whole, with the silence beside it; it ends at a pause, or goes on. */
export interface LiveWindow extends Span {
  /** The speech in it, in order. */
  readonly speech: readonly Span[];
  /** A pause or an end has come after it. */
  readonly isClosed: boolean;
}

/** Sound kept before and after speech, if there is so much. */
const PAD_MS = 400;

/**
 * Which pause ends a window, by the window's length: while it is short only one between sentences, for half a sentence is
 * heard worse than a whole one; a long window takes any pause between words.
 */
function closingPauseMs(lengthMs: number): number {
  if (lengthMs < 8_000) return 800;
  return lengthMs < 15_000 ? 450 : 250;
}

/**
 * The windows of a channel's speech, in order; only the last may go on. They depend on the speech alone, so that what is
 * known later changes no window that was closed.
 * @param fromMs the end of the windows before
 * @param knownUntilMs up to here it is known where somebody speaks
 * @param endsMs times at which the recording was stopped or interrupted: each ends a window
 */
export function windowsOf(
  speech: readonly Span[],
  { fromMs, knownUntilMs, endsMs }: { fromMs: number; knownUntilMs: number; endsMs: readonly number[] },
): LiveWindow[] {
  const windows: LiveWindow[] = [];
  let open: Span[] = [];
  let earliestMs = fromMs;
  const close = (first: Span, last: Span, latestMs: number, isClosed: boolean) => {
    const startMs = Math.max(earliestMs, first.startMs - PAD_MS);
    const endMs = Math.max(startMs, Math.min(last.endMs + PAD_MS, latestMs));
    windows.push({ startMs, endMs, speech: open, isClosed });
    earliestMs = endMs;
    open = [];
  };
  const bursts = speech.filter(({ endMs }) => endMs > fromMs);
  for (const [index, burst] of bursts.entries()) {
    open.push(burst);
    const first = open[0] as Span;
    const next = bursts[index + 1];
    const untilMs = next?.startMs ?? knownUntilMs;
    const end = endsMs.find((ms) => ms >= burst.endMs && ms <= untilMs);
    const pauseMs = closingPauseMs(burst.endMs - first.startMs);
    if (end !== undefined) close(first, burst, end, true);
    else if (untilMs - burst.endMs >= pauseMs) close(first, burst, burst.endMs + pauseMs, true);
    else if (next === undefined) close(first, burst, knownUntilMs, false);
  }
  return windows;
}
