import type { Span } from './audio.ts';

/** Shorter pieces between what was played are the player's starts and stops, not something that nobody heard. */
const SHORTEST_UNHEARD_MS = 300;

/** Ranges in order, overlapping and touching ones as one. */
export function mergedSpans(spans: readonly Span[]): Span[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const before = merged.at(-1);
    if (before === undefined || startMs > before.endMs) merged.push({ startMs, endMs });
    else before.endMs = Math.max(before.endMs, endMs);
  }
  return merged;
}

/** What of a recording was not played, in order. `played` as `mergedSpans` returns it. */
export function unheardSpans(played: readonly Span[], durationMs: number): Span[] {
  const unheard: Span[] = [];
  let fromMs = 0;
  for (const { startMs, endMs } of played) {
    unheard.push({ startMs: fromMs, endMs: Math.min(startMs, durationMs) });
    fromMs = Math.max(fromMs, endMs);
  }
  unheard.push({ startMs: fromMs, endMs: durationMs });
  return unheard.filter(({ startMs, endMs }) => endMs - startMs >= SHORTEST_UNHEARD_MS);
}

/** How many milliseconds of a recording were played; all of it if nothing is left that counts as unheard. */
export function listenedMs(played: readonly Span[], durationMs: number): number {
  return unheardSpans(played, durationMs).reduce(
    (rest, { startMs, endMs }) => rest - (endMs - startMs),
    durationMs,
  );
}

/** A share in whole per cent, rounded down: 100 says that nothing is missing. */
export function listenedPercent(partMs: number, durationMs: number): number {
  return durationMs === 0 ? 100 : Math.floor((100 * partMs) / durationMs);
}
