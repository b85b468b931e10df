import { nextWanted, type ScalingSettings, type WantedWorkers } from '../scaling/scaling-policy.ts';
import { SimulatedTurns } from './simulated-turns.ts';

/** What an office is given to do, and how it is run. Times are milliseconds from the start. */
export interface SimulatedOffice {
  /** When each recording arrives, in order. */
  readonly arrivalsMs: Float64Array;
  /** How long a worker takes for each. */
  readonly servicesMs: Float64Array;
  /** Whose each is: numbers from 0. */
  readonly tenants: Uint8Array;
  /** The policy's settings; null for a number of workers that stays. */
  readonly scaling: ScalingSettings | null;
  readonly workersAtStart: number;
  /** From asking for a worker until it takes its first job. */
  readonly startMs: number;
  /** How often the policy is asked. */
  readonly askEveryMs: number;
}

/** The office at one time at which the policy was asked. */
export interface SimulatedMoment {
  readonly atMs: number;
  /** Jobs that wait. */
  readonly depth: number;
  /** Workers that the policy wants. */
  readonly wanted: number;
  /** Workers that have begun and not ended; those that finish their last job, too. */
  readonly working: number;
}

/** A change that the policy made. */
export interface SimulatedChange {
  readonly atMs: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** What came of it. */
export interface SimulatedRun {
  /** From each recording's arrival until a worker began it. */
  readonly waitsMs: Float64Array;
  readonly moments: readonly SimulatedMoment[];
  readonly changes: readonly SimulatedChange[];
  /** When the last job ended. */
  readonly endMs: number;
}

/**
 * Runs an office event by event until every recording is done: arrivals, workers that become free or have started, and the policy
 * that is asked now and then. Tenants have turns, of each tenant jobs are begun in the order of their arrival. A worker that is no longer
 * wanted finishes its job first, as at SIGTERM; one that is still starting is given up at once.
 */
export function simulateOffice(office: SimulatedOffice): SimulatedRun {
  const { arrivalsMs, servicesMs, tenants, scaling, startMs, askEveryMs } = office;
  const waitsMs = new Float64Array(arrivalsMs.length);
  const moments: SimulatedMoment[] = [];
  const changes: SimulatedChange[] = [];
  const turns = new SimulatedTurns(Math.max(0, ...new Set(tenants)) + 1);
  const busyUntil = new EarliestFirst();
  const starting: number[] = [];
  let wanted: WantedWorkers = { workers: office.workersAtStart, changedAtMs: Number.NEGATIVE_INFINITY };
  let idle = office.workersAtStart;
  /** Workers that end after their job. */
  let leaving = 0;
  let arrived = 0;
  let begun = 0;
  let nextAskMs = 0;
  let nowMs = 0;
  let endMs = 0;

  const begin = () => {
    for (; idle > 0; idle -= 1) {
      const job = turns.next();
      if (job === null) return;
      waitsMs[job] = nowMs - (arrivalsMs[job] ?? 0);
      busyUntil.add(nowMs + (servicesMs[job] ?? 0));
      begun += 1;
    }
  };
  const ask = () => {
    const depth = arrived - begun;
    if (scaling !== null) {
      const next = nextWanted(wanted, depth, nowMs, scaling);
      if (next !== wanted) changes.push({ atMs: nowMs, from: wanted.workers, to: next.workers, depth });
      wanted = next;
    }
    let missing = wanted.workers - (idle + busyUntil.size - leaving + starting.length);
    for (; missing > 0; missing -= 1) starting.push(nowMs + startMs);
    for (; missing < 0 && starting.length > 0; missing += 1) starting.pop();
    for (; missing < 0 && idle > 0; missing += 1) idle -= 1;
    leaving -= missing;
    const working = idle + busyUntil.size;
    moments.push({ atMs: nowMs, depth, wanted: wanted.workers, working });
    nextAskMs = nowMs + askEveryMs;
  };

  while (begun < arrivalsMs.length || busyUntil.size > 0) {
    const arrivalMs = arrived < arrivalsMs.length ? (arrivalsMs[arrived] ?? 0) : Number.POSITIVE_INFINITY;
    const startedMs = starting[0] ?? Number.POSITIVE_INFINITY;
    nowMs = Math.min(arrivalMs, startedMs, busyUntil.first, nextAskMs);
    if (nowMs === busyUntil.first) {
      busyUntil.remove();
      endMs = nowMs;
      if (leaving > 0) leaving -= 1;
      else idle += 1;
    } else if (nowMs === startedMs) {
      starting.shift();
      idle += 1;
    } else if (nowMs === arrivalMs) {
      turns.add(arrived, tenants[arrived] ?? 0);
      arrived += 1;
    } else {
      ask();
    }
    begin();
  }
  return { waitsMs, moments, changes, endMs };
}

/** A binary heap of times. */
class EarliestFirst {
  readonly #times: number[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** The earliest; infinity if there is none. */
  get first(): number {
    return this.#times[0] ?? Number.POSITIVE_INFINITY;
  }

  add(time: number): void {
    const times = this.#times;
    let place = times.length;
    for (; place > 0; ) {
      const above = (place - 1) >> 1;
      const other = times[above] ?? 0;
      if (other <= time) break;
      times[place] = other;
      place = above;
    }
    times[place] = time;
  }

  /** Takes the earliest away. */
  remove(): void {
    const times = this.#times;
    const last = times.pop();
    if (last === undefined || times.length === 0) return;
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      if (below >= times.length) break;
      if ((times[below + 1] ?? Number.POSITIVE_INFINITY) < (times[below] ?? 0)) below += 1;
      const other = times[below] ?? 0;
      if (other >= last) break;
      times[place] = other;
      place = below;
    }
    times[place] = last;
  }
}
