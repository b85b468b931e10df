import type { MeasuredTimes } from './measured-times.ts';
import { seededRandom } from './seeded-random.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** What arrives on each of the days. */
export interface DayOfRecordings {
  readonly recordings: number;
  /** How many of them come at once at 8 in the morning, all of the first tenant. */
  readonly atOnce: number;
  /** Median length of a recording. */
  readonly medianSeconds: number;
}

/** Share of a day's recordings in each hour, from midnight: an office's day with its midday break. Assumed. */
const DAY_CURVE = [1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 6, 8, 10, 9, 8, 5, 3, 2, 2, 1, 1, 1];

/** When those come that come at once. */
export const MORNING_MS = 8 * HOUR_MS;

/**
 * Standard deviation of the logarithm of the lengths: a sixth is longer than e times the median, and the mean is 1.65 times the
 * median. Assumed.
 */
const LENGTH_SIGMA = 1;

/** Longer ones come, but not in this simulation: they would be divided. */
const LONGEST_SECONDS = 3 * 3600;

/** How many tenants share an office alike, but for what comes at once. Assumed. */
export const TENANTS = 20;

/** Arrivals of several equal days, the time that a worker takes for each, and whose it is. */
export function simulatedDays(
  day: DayOfRecordings,
  times: Pick<MeasuredTimes, 'fixedMs' | 'msPerSecond' | 'deviations'>,
  { days, seed }: { days: number; seed: number },
): { arrivalsMs: Float64Array; servicesMs: Float64Array; tenants: Uint8Array } {
  const random = seededRandom(seed);
  const arrivalsMs = new Float64Array(days * day.recordings);
  for (let index = 0; index < arrivalsMs.length; index += 1) {
    const [number, place] = [Math.floor(index / day.recordings), index % day.recordings];
    const withinDayMs = place < day.atOnce ? MORNING_MS : timeOfDay(random);
    arrivalsMs[index] = number * DAY_MS + withinDayMs;
  }
  arrivalsMs.sort();
  const servicesMs = arrivalsMs.map(() => {
    const seconds = Math.min(LONGEST_SECONDS, day.medianSeconds * Math.exp(LENGTH_SIGMA * normal(random)));
    const deviation = times.deviations[Math.floor(random() * times.deviations.length)] ?? 1;
    return (times.fixedMs + times.msPerSecond * seconds) * deviation;
  });
  const tenants = Uint8Array.from(arrivalsMs, (atMs) =>
    // Nothing else comes at just that time.
    day.atOnce > 0 && atMs % DAY_MS === MORNING_MS ? 0 : Math.floor(random() * TENANTS),
  );
  return { arrivalsMs, servicesMs, tenants };
}

function timeOfDay(random: () => number): number {
  const total = DAY_CURVE.reduce((sum, share) => sum + share, 0);
  let rest = random() * total;
  const hour = DAY_CURVE.findIndex((share) => {
    rest -= share;
    return rest < 0;
  });
  return (hour + random()) * HOUR_MS;
}

/** A number of the standard normal distribution (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
