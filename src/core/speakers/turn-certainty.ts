import type { Span } from '../../contract/audio.ts';
import { similarity } from './embeddings.ts';
import type { PieceFinder } from './piece-finder.ts';

/** Turns that are this much more similar to their speaker than to the next likely one are as sure as can be. */
const SURE_MARGIN = 0.4;

/** Certainty of a turn in which nobody talks alone long enough to be compared. */
const UNHEARD = 0.5;

/**
 * How sure it is that a turn is its speaker's: the margin by which its voice is nearer to that speaker's than to the
 * nearest other one, from 0 (none) to 1. A sole speaker is certain.
 */
export function turnCertainty(
  turn: Span,
  speaker: number,
  voices: readonly Float32Array[],
  pieces: PieceFinder,
): number {
  if (voices.length < 2) return 1;
  const voice = pieces.voiceOf(turn);
  if (voice === null) return UNHEARD;
  const alike = voices.map((one) => similarity(voice, one));
  const next = Math.max(...alike.filter((_, other) => other !== speaker));
  return Math.min(1, Math.max(0, ((alike[speaker] as number) - next) / SURE_MARGIN));
}
