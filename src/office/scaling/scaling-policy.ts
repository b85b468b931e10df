/** When workers are added and taken away. */
export interface ScalingSettings {
  /** Never fewer; at least 1, or nobody would begin the first job. */
  readonly minWorkers: number;
  readonly maxWorkers: number;
  /** Workers are added while more jobs than this wait for each. */
  readonly upAbove: number;
  /** They are taken away while fewer than this wait for each. */
  readonly downBelow: number;
  /** Milliseconds from a change to the next addition: workers that were asked for must have begun, or too many are. */
  readonly upCoolDownMs: number;
  /** Milliseconds from a change to the next removal. */
  readonly downCoolDownMs: number;
}

/** The settings of an office that sets none. */
export const USUAL_SCALING: ScalingSettings = {
  minWorkers: 2,
  maxWorkers: 100,
  upAbove: 500,
  downBelow: 200,
  upCoolDownMs: 3 * 60_000,
  downCoolDownMs: 10 * 60_000,
};

/** How many workers are wanted, and since when. */
export interface WantedWorkers {
  readonly workers: number;
  /** When that was changed last, milliseconds since 1970. */
  readonly changedAtMs: number;
}

/** The fewest workers that are added or taken away at a time, */
const LEAST_STEP = 10;

/** and the share of all workers, where that is more. */
const STEP_SHARE = 0.2;

/**
 * How many workers are wanted now, with `depth` jobs waiting. Jobs for each worker are counted over those that are wanted, so that
 * workers that are still starting are not asked for twice.
 * - More than `upAbove` for each: the greater of 10 and 20 % of them is added.
 * - Fewer than `downBelow` for each: as many are taken away, but so few that what waits for each that stays is at most halfway to
 *   `upAbove`: what is taken away is not what the next addition brings back.
 * - Between both nothing changes, nor before a change's cool-down is over.
 */
export function nextWanted(
  wanted: WantedWorkers,
  depth: number,
  nowMs: number,
  settings: ScalingSettings,
): WantedWorkers {
  const workers = withinLimits(stepped(wanted, depth, nowMs, settings), settings);
  return workers === wanted.workers ? wanted : { workers, changedAtMs: nowMs };
}

function stepped(
  { workers, changedAtMs }: WantedWorkers,
  depth: number,
  nowMs: number,
  { upAbove, downBelow, upCoolDownMs, downCoolDownMs }: ScalingSettings,
): number {
  const step = Math.max(LEAST_STEP, Math.ceil(workers * STEP_SHARE));
  const sinceMs = nowMs - changedAtMs;
  if (depth > upAbove * workers && sinceMs >= upCoolDownMs) return workers + step;
  if (depth < downBelow * workers && sinceMs >= downCoolDownMs) {
    return Math.max(workers - step, Math.ceil(depth / ((upAbove + downBelow) / 2)));
  }
  return workers;
}

function withinLimits(workers: number, { minWorkers, maxWorkers }: ScalingSettings): number {
  return Math.min(maxWorkers, Math.max(minWorkers, workers));
}
