import type { Span } from '../../contract/audio.ts';
import type { SkippedRange } from '../../contract/transcript.ts';

/**
 * The ranges of a recording that none of `spans` covers, in order, that last at least `minimumMs`. The spans may
 * come in any order and overlap, so those of several channels can be passed together.
 */
export function skippedRanges(spans: readonly Span[], durationMs: number, minimumMs: number): SkippedRange[] {
  const skipped: SkippedRange[] = [];
  let coveredMs = 0;
  const end: Span = { startMs: durationMs, endMs: durationMs };
  for (const { startMs, endMs } of [...spans.toSorted((a, b) => a.startMs - b.startMs), end]) {
    const silentUntilMs = Math.min(startMs, durationMs);
    if (silentUntilMs - coveredMs >= minimumMs && silentUntilMs > coveredMs) {
      skipped.push({ startMs: coveredMs, endMs: silentUntilMs, reason: 'noSpeech' });
    }
    coveredMs = Math.max(coveredMs, endMs);
  }
  return skipped;
}
