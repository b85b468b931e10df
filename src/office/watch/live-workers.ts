import { WorkerState } from '../contract/watch-api.ts';

/**
 * The workers that live, by their signs of life. They are kept in the gateway's memory alone: one that starts anew knows them
 * all after a third of a lease.
 */
export class LiveWorkers {
  readonly #leaseMs: number;
  readonly #now: () => number;
  readonly #seen = new Map<string, { state: WorkerState; atMs: number }>();

  /** Who gives no sign for `leaseMs` is dead. */
  constructor(leaseMs: number, now: () => number = Date.now) {
    this.#leaseMs = leaseMs;
    this.#now = now;
  }

  hello(workerId: string, state: WorkerState): void {
    this.#seen.set(workerId, { state, atMs: this.#now() });
  }

  /** How many there are in each state. */
  count(): Record<WorkerState, number> {
    const counts = Object.fromEntries(WorkerState.options.map((state) => [state, 0]));
    for (const [workerId, { state, atMs }] of this.#seen) {
      if (this.#now() - atMs > this.#leaseMs) this.#seen.delete(workerId);
      else counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts as Record<WorkerState, number>;
  }

  /** How many take jobs, now or when theirs is done. */
  get taking(): number {
    const { idle, working } = this.count();
    return idle + working;
  }
}
