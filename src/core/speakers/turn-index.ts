import type { SpeakerTurn } from './speaker-turns.ts';

/** How long a turn and a range of time have in common. */
export interface SharedTurn {
  readonly turn: SpeakerTurn;
  readonly sharedMs: number;
}

/** Finds the turns at a time. The turns must be in order of their starts. */
export class TurnIndex {
  readonly #turns: readonly SpeakerTurn[];
  /** Per turn, the latest end of it and all turns before it: none before the first that exceeds a time reaches it. */
  readonly #latestEnds: number[] = [];

  constructor(turns: readonly SpeakerTurn[]) {
    this.#turns = turns;
    let latest = 0;
    for (const turn of turns) {
      latest = Math.max(latest, turn.endMs);
      this.#latestEnds.push(latest);
    }
  }

  /**
   * The turns that overlap a range, one per speaker (the one with most in common), by the time in common, longest first;
   * of equal ones the earlier first. An empty range counts as one millisecond.
   */
  overlapping(startMs: number, endMs: number): SharedTurn[] {
    const bySpeaker = new Map<number, SharedTurn>();
    const end = Math.max(endMs, startMs + 1);
    for (let i = firstAbove(this.#latestEnds, startMs); i < this.#turns.length; i += 1) {
      const turn = this.#turns[i];
      if (turn === undefined || turn.startMs >= end) break;
      const sharedMs = Math.min(turn.endMs, end) - Math.max(turn.startMs, startMs);
      if (sharedMs > (bySpeaker.get(turn.speaker)?.sharedMs ?? 0))
        bySpeaker.set(turn.speaker, { turn, sharedMs });
    }
    return [...bySpeaker.values()].sort((a, b) => b.sharedMs - a.sharedMs);
  }

  /** The turn nearest to a range that none overlaps, at most `withinMs` away; null if none is that near. */
  nearest(startMs: number, endMs: number, withinMs: number): SpeakerTurn | null {
    let nearest: SpeakerTurn | null = null;
    let distanceMs = withinMs;
    for (let i = firstAbove(this.#latestEnds, startMs - withinMs - 1); i < this.#turns.length; i += 1) {
      const turn = this.#turns[i];
      if (turn === undefined || turn.startMs > endMs + withinMs) break;
      const apartMs = Math.max(turn.startMs - endMs, startMs - turn.endMs, 0);
      if (apartMs < distanceMs || (apartMs === distanceMs && nearest === null)) {
        nearest = turn;
        distanceMs = apartMs;
      }
    }
    return nearest;
  }
}

/** Index of the first of ascending values above a limit. */
function firstAbove(values: readonly number[], limit: number): number {
  let from = 0;
  let to = values.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((values[middle] ?? 0) > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}
