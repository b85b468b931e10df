import type { CaptureLevel } from '../../../src/contract/capture.ts';

/** The level of an input in one word. */
export type LevelKind = 'silent' | 'quiet' | 'good' | 'loud';

/** The bottom of the meter, in dBFS. */
export const FLOOR_DB = -60;
/** Peaks of a voice are above this; what stays below is missed by the recognition more often. */
const VOICE_DB = -35;
/** Longer than the pauses between sentences: a speaker who breathes is not silent. */
const WINDOW_MS = 3000;

/** Where a level stands on the meter, from 0 to 1. */
export function meterShare(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / FLOOR_DB));
}

/** The recent levels of an input, summed up in one word that does not change with every syllable. */
export class LevelHistory {
  #levels: { readonly atMs: number; readonly peakDb: number; readonly clipped: boolean }[] = [];

  /** Adds a level, and tells what the last seconds were like. */
  add({ peakDb, clipped }: Pick<CaptureLevel, 'peakDb' | 'clipped'>, atMs: number): LevelKind {
    this.#levels = [...this.#levels.filter((one) => atMs - one.atMs < WINDOW_MS), { atMs, peakDb, clipped }];
    if (this.#levels.some((one) => one.clipped)) return 'loud';
    const greatest = Math.max(...this.#levels.map((one) => one.peakDb));
    if (greatest > VOICE_DB) return 'good';
    return greatest > FLOOR_DB ? 'quiet' : 'silent';
  }
}
