/** Something worth reviewing, by its rank among those before or within the same segment. */
export interface Stop {
  readonly rank: number;
}

/** A position in a text: a segment, and a rank there; after all segments is a position too. */
export interface StopPlace extends Stop {
  readonly slot: number;
}

/**
 * The next stop after a position, or the previous one, wrapping around; null if there is none. Looks into no
 * more segments than necessary: `stopsIn` returns those of one, ordered by rank.
 */
export function nextStop<S extends Stop>(
  { slot: start, rank }: StopPlace,
  direction: 1 | -1,
  slots: number,
  stopsIn: (slot: number) => readonly S[],
): S | null {
  for (let step = 0; step <= slots; step += 1) {
    const slot = (start + direction * step + slots * 2) % Math.max(1, slots);
    const isBeyond = (stop: S) => (direction > 0 ? stop.rank > rank : stop.rank < rank);
    const stops = step === 0 ? stopsIn(slot).filter(isBeyond) : stopsIn(slot);
    const stop = stops.at(direction > 0 ? 0 : -1);
    if (stop !== undefined) return stop;
  }
  return null;
}
