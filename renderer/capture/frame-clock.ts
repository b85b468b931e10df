/** Frames by which the offset of the two clocks is judged: a second. */
const WINDOW = 50;

/** When a frame was cut. */
export interface FrameTime {
  /** Time of the audio context at its first sample and at its end, in milliseconds. */
  readonly contextStartMs: number;
  readonly contextEndMs: number;
  /** `Date.now()` of the audio thread when its last sample had come. */
  readonly cutAtMs: number;
}

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

  /** Of a time of the system's clock in the last moments. */
  of(wallMs: number): number {
    return wallMs - this.#wall() + this.#monotonic() + this.#offset;
  }

  /** The machine has slept: goes forward to the system's clock, if it is ahead. */
  catchUp(): void {
    this.#offset = Math.max(this.#offset, this.#wall() - this.#monotonic());
  }
}

/**
 * Tells when the frames of an audio context were captured. The context counts samples, and stands still while it is
 * suspended; the audio thread delivers them late, in bursts, but never early. So the least distance of both clocks in the
 * last second is the true one: samples that follow each other get times that do, and a gap shows within that second.
 */
export class FrameClock {
  readonly #clock: SteadyClock;
  #distances: number[] = [];
  #last = 0;

  constructor(clock: SteadyClock) {
    this.#clock = clock;
  }

  /** When the first sample of the next frame was captured. Never before that of the frame before. */
  timeOf({ contextStartMs, contextEndMs, cutAtMs }: FrameTime): number {
    this.#distances.push(this.#clock.of(cutAtMs) - contextEndMs);
    if (this.#distances.length > WINDOW) this.#distances.shift();
    this.#last = Math.max(this.#last, contextStartMs + Math.min(...this.#distances));
    return this.#last;
  }

  /** The context stood still, or the machine slept: earlier frames tell nothing about later ones. */
  reset(): void {
    this.#distances = [];
  }
}
