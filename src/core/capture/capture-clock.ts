/**
 * The clock of a capture session: milliseconds since 1970 that never go back and follow no change of the wall clock. The
 * monotonic clocks of Linux and macOS stand still while the computer sleeps; the time slept is added from what the wall
 * clock says before and after.
 */
export class CaptureClock {
  readonly #monotonic: () => number;
  readonly #wall: () => number;
  /** Added to the monotonic clock. */
  #offsetMs: number;
  #asleep: { readonly monotonicMs: number; readonly wallMs: number } | null = null;

  /** Clocks in milliseconds; those of the process if not given. */
  constructor(monotonic: () => number = () => performance.now(), wall: () => number = Date.now) {
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.#offsetMs = wall() - monotonic();
  }

  nowMs(): number {
    return this.#monotonic() + this.#offsetMs;
  }

  /** The computer is about to sleep. */
  suspend(): void {
    this.#asleep ??= { monotonicMs: this.#monotonic(), wallMs: this.#wall() };
  }

  /** It is awake again. */
  resume(): void {
    if (this.#asleep === null) return;
    const { monotonicMs, wallMs } = this.#asleep;
    this.#asleep = null;
    this.#offsetMs += Math.max(0, this.#wall() - wallMs - (this.#monotonic() - monotonicMs));
  }
}
