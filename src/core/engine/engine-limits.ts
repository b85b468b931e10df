/**
 * Limits of the supervision, those of the engine's answers in running time (`RunningDeadline`). The defaults are for real
 * work; tests shorten them.
 */
export interface EngineLimits {
  /** From start to the ready line. */
  readonly startMs: number;
  /** Loading a model: 3 GB from a slow disk. */
  readonly loadMs: number;
  /** A window before any has finished; afterwards `windowFactor` times the slowest so far, but at least `windowMinimumMs`. */
  readonly firstWindowMs: number;
  readonly windowFactor: number;
  readonly windowMinimumMs: number;
  /** Detecting speech in some minutes of audio, which takes a fraction of a second on a machine that is not busy. */
  readonly voiceActivityMs: number;
  /** From an abort to the kill. */
  readonly abortMs: number;
  /** After so long without work, the process ends and frees its memory. */
  readonly idleMs: number;
  /** Deaths in a row, without one answer between them, after which nothing is started until the engine has idled. */
  readonly deathsInARow: number;
}

/** Generous enough for the largest model on a slow laptop. */
export const DEFAULT_LIMITS: EngineLimits = {
  startMs: 30_000,
  loadMs: 300_000,
  firstWindowMs: 30 * 60_000,
  windowFactor: 20,
  windowMinimumMs: 120_000,
  voiceActivityMs: 120_000,
  abortMs: 5_000,
  idleMs: 5 * 60_000,
  deathsInARow: 4,
};
