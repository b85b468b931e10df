import type { Segment } from '../../contract/transcript.ts';

/** Shorter overlaps are the edges of turns, not talking at once. */
const SHORTEST_OVERLAP_MS = 300;

/** Flags the segments, in order of their starts, during which another speaker talks too. */
export function markOverlaps<S extends Segment>(segments: readonly S[]): S[] {
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
