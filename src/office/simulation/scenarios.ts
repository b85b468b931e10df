import { type ScalingSettings, USUAL_SCALING } from '../scaling/scaling-policy.ts';
import { type MeasuredTimes, measuredTimes } from './measured-times.ts';
import { type SimulatedMoment, type SimulatedRun, simulateOffice } from './simulate-office.ts';
import { DAY_MS, type DayOfRecordings, HOUR_MS, simulatedDays } from './simulated-days.ts';

/** A day that is simulated. */
export interface Scenario {
  readonly name: string;
  readonly day: DayOfRecordings;
  readonly model: string;
  readonly scaling: ScalingSettings | null;
  readonly workersAtStart: number;
}

/** How long recordings waited, in milliseconds. */
interface Waits {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

/** What one day of it was like. */
export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly waits: Waits;
  /** Waits of all but the tenant whose recordings come at once; null if none come so. */
  readonly othersWaits: Waits | null;
  /** Most workers that were at work at one time, and how many hours all worked together. */
  readonly mostWorkers: number;
  readonly workerHours: number;
  readonly changes: SimulatedRun['changes'];
  /** Median wait of what arrived in each quarter of an hour of the day, in milliseconds. */
  readonly waitsByArrival: readonly { readonly atMs: number; readonly medianMs: number }[];
  /** The day as it went, from its midnight. */
  readonly moments: readonly SimulatedMoment[];
  /** From the start until the last of all recordings was done. */
  readonly endMs: number;
}

const SEED = 14;

/** The day before and the day after are as full: what the night leaves behind is in the waits. */
const DAYS = 3;

/** KEDA's usual interval. */
const ASK_EVERY_MS = 30_000;

/** Over which arrivals a wait is told. */
const ARRIVALS_MS = HOUR_MS / 4;

/** Until a container of an image that is there runs, the registry's and the scheduler's time. Assumed. */
const CONTAINER_MS = 30_000;

const BASE = 'ggml-base-q8_0.bin';

const ORDINARY: DayOfRecordings = { recordings: 100_000, atOnce: 0, medianSeconds: 180 };
const MORNING: DayOfRecordings = { ...ORDINARY, atOnce: 30_000 };

const usual = { model: BASE, scaling: USUAL_SCALING, workersAtStart: USUAL_SCALING.minWorkers };

/** An ordinary day, and the one with 30,000 recordings at once: these two are drawn. */
export const DRAWN: readonly Scenario[] = [
  { ...usual, name: 'spread over the day', day: ORDINARY },
  { ...usual, name: '30,000 at once at 8', day: MORNING },
];

/** What the second of them is like if something is otherwise. */
export const VARIED: readonly Scenario[] = [
  { ...usual, name: '… with recordings half as long', day: { ...MORNING, medianSeconds: 90 } },
  { ...usual, name: '… with recordings twice as long', day: { ...MORNING, medianSeconds: 360 } },
  {
    ...usual,
    name: '… with never fewer than 30 workers',
    day: MORNING,
    scaling: { ...USUAL_SCALING, minWorkers: 30 },
  },
  {
    ...usual,
    name: '… up above 50 for each, down below 20',
    day: MORNING,
    scaling: { ...USUAL_SCALING, upAbove: 50, downBelow: 20, maxWorkers: 500 },
  },
];

/** The same day's recordings on one machine of two cores, which takes no others afterwards. */
export const ONE_MACHINE: Scenario = {
  ...{ name: 'one machine of two cores', day: MORNING, model: BASE, scaling: null, workersAtStart: 2 },
};

/** Runs a scenario. With the policy the second of three equal days is told; without it, one day and whatever time it takes. */
export function resultOf(scenario: Scenario): ScenarioResult {
  const { day, scaling, workersAtStart } = scenario;
  const times = timesOf(scenario.model);
  const days = scaling === null ? 1 : DAYS;
  const toldDay = scaling === null ? 0 : 1;
  const work = simulatedDays(day, times, { days, seed: SEED });
  const run = simulateOffice({
    ...work,
    ...{ scaling, workersAtStart, startMs: CONTAINER_MS + times.startMs, askEveryMs: ASK_EVERY_MS },
  });
  const isTold = ({ atMs }: { atMs: number }) => atMs >= toldDay * DAY_MS && atMs < (toldDay + 1) * DAY_MS;
  const fromMidnight = <T extends { readonly atMs: number }>(moment: T): T => ({
    ...moment,
    atMs: moment.atMs - toldDay * DAY_MS,
  });
  const moments = run.moments.filter(isTold).map(fromMidnight);
  const [first, end] = [toldDay * day.recordings, (toldDay + 1) * day.recordings];
  const waits = run.waitsMs.slice(first, end);
  const arrivals = work.arrivalsMs.slice(first, end).map((atMs) => atMs - toldDay * DAY_MS);
  const others = waits.filter((_, index) => work.tenants[first + index] !== 0);
  return {
    scenario,
    waits: waitsOf(waits),
    othersWaits: day.atOnce > 0 ? waitsOf(others) : null,
    waitsByArrival: byArrival(arrivals, waits),
    mostWorkers: Math.max(...moments.map(({ working }) => working)),
    workerHours: (moments.reduce((sum, { working }) => sum + working, 0) * ASK_EVERY_MS) / HOUR_MS,
    changes: run.changes.filter(isTold).map(fromMidnight),
    moments,
    endMs: run.endMs,
  };
}

function byArrival(arrivalsMs: Float64Array, waitsMs: Float64Array): ScenarioResult['waitsByArrival'] {
  const found: { atMs: number; medianMs: number }[] = [];
  let first = 0;
  for (let atMs = 0; atMs < DAY_MS; atMs += ARRIVALS_MS) {
    const next = arrivalsMs.findIndex(
      (arrivalMs, index) => index >= first && arrivalMs >= atMs + ARRIVALS_MS,
    );
    const end = next === -1 ? arrivalsMs.length : next;
    if (end > first) found.push({ atMs, medianMs: quantile(waitsMs.slice(first, end).sort(), 0.5) });
    first = end;
  }
  return found;
}

function waitsOf(waitsMs: Float64Array): Waits {
  const sorted = waitsMs.toSorted();
  return {
    ...{ medianMs: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95) },
    ...{ p99Ms: quantile(sorted, 0.99), longestMs: quantile(sorted, 1) },
  };
}

/** The smallest of the sorted values that so large a share of all does not exceed. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

const known = new Map<string, MeasuredTimes>();

function timesOf(model: string): MeasuredTimes {
  const times = known.get(model) ?? measuredTimes(model);
  known.set(model, times);
  return times;
}
