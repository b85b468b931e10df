/**
 * A clock in milliseconds since 1970 that never goes back and does not follow changes of the system's clock. It may stand
 * still while the machine sleeps: `catchUp` makes up for that.
 */
export class SteadyClock {
  #offset: number;
  readonly #wall: () => number;
  readonly #monotonic: () => number;

  constructor(wall: () => number = Date.now, monotonic: () => number = () => performance.now()) {
    this.#wall = wall;
    this.#monotonic = monotonic;
    this.#offset = wall() - monotonic();
  }

  /** The monotonic clock, `performance.now()`. */
  get monotonicMs(): number {
    return this.#monotonic();
  }

  /** The time at which the monotonic clock showed this. */
  of(monotonicMs: number): number {
    return monotonicMs + this.#offset;
  }

  /** The machine has slept: goes forward to the system's clock, if that is ahead. */
  catchUp(): void {
    this.#offset = Math.max(this.#offset, this.#wall() - this.#monotonic());
  }
}

/**
 * Tells when sound of a track was captured. The browser stamps it by the monotonic clock, but is free to count from another
 * moment; sound arrives late where the page was busy, but never early. So the least distance between stamp and arrival is
 * that of the two moments.
 */
export class CaptureClock {
  readonly #clock: SteadyClock;
  #distance = Number.POSITIVE_INFINITY;
  #last = 0;

  constructor(clock: SteadyClock) {
    this.#clock = clock;
  }

  /** When the first sample of sound that has just arrived was captured; never before that of the sound before. */
  timeOf(stampMs: number, durationMs: number): number {
    this.#distance = Math.min(this.#distance, this.#clock.monotonicMs - stampMs - durationMs);
    this.#last = Math.max(this.#last, this.#clock.of(stampMs + this.#distance));
    return this.#last;
  }
}
