import type { SegmentFlag } from './transcript.ts';

/** What decides whether another speaker talks during a segment. */
interface Spoken {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string | null;
  readonly flags: readonly SegmentFlag[];
}

/** Shorter overlaps are the edges of turns, not talking at once. */
const SHORTEST_OVERLAP_MS = 300;

/** Flags the segments, in order of their starts, during which another speaker talks too. */
export function markOverlaps<S extends Spoken>(segments: readonly S[]): S[] {
  const marked = new Set<S>();
  let latest: S[] = [];
  for (const segment of segments) {
    latest = latest.filter((earlier) => earlier.endMs - segment.startMs >= SHORTEST_OVERLAP_MS);
    for (const earlier of latest) {
      const sharedMs = Math.min(earlier.endMs, segment.endMs) - segment.startMs;
      if (earlier.speaker === segment.speaker || sharedMs < SHORTEST_OVERLAP_MS) continue;
      marked.add(earlier);
      marked.add(segment);
    }
    latest.push(segment);
  }
  return segments.map((segment) =>
    marked.has(segment) && !segment.flags.includes('overlap')
      ? { ...segment, flags: [...segment.flags, 'overlap'] }
      : segment,
  );
}
