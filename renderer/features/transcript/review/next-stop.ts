/** Something worth listening to, by its rank among those in front of or within the same segment. */
export interface Stop {
  readonly rank: number;
}

/** Where in a text the user is: at which segment, and at which rank there; behind all segments is a place too. */
export interface StopPlace extends Stop {
  readonly slot: number;
}

/**
 * The next stop behind a place, or the one before it, around the ends of the text; null where there is none. Looks into no
 * more segments than it must: `stopsIn` gives those of one, in the order of their ranks.
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
