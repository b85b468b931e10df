/** Work done this share of all the work ago has half the weight: a machine that slows down soon shows in the ETA. */
const HALF_LIFE_SHARE = 0.1;
/** Ten full windows: on less, one difficult window would dominate. */
const LEAST_HALF_LIFE_MS = 300_000;

/**
 * While sources are read, windows take up to three times as long, waiting for their audio not counted, which says
 * little about the time after it.
 */
const BESIDE_READING_WEIGHT = 0.25;
/** Share of a window's time: less overlap with reading does not matter. */
const BESIDE_READING_SHARE = 0.1;

/**
 * A single window counts for at most this many times the usual: it may have been difficult, or the machine was asleep.
 * Two in a row are a machine that has become slow.
 */
const MOST_OF_ONE = 2;

/** There is no estimate before this share of all the work is done… */
const ESTIMATE_SHARE = 0.1;
/** …and as much was measured undisturbed, or three full windows. */
const ESTIMATE_WORK_MS = 90_000;

/**
 * Estimates how long an attempt will still take: from how long its windows took for their work, newer ones weighing
 * more, and from the work that is left. Work is in milliseconds as `windowWorkMs` counts it; all times are of one clock
 * monotonic, in milliseconds.
 *
 * While any source is being read there is no estimate: reading takes processor time from the engine, and it is not known
 * yet how much speech is in what has not been read.
 */
export class Eta {
  #doneWorkMs = 0;
  #undisturbedWorkMs = 0;
  /** Weighted sums of the measurements: their quotient is the time per work. */
  #workMs = 0;
  #tookMs = 0;
  #wasSlow = false;
  #inHandWorkMs = 0;
  #inHand = false;
  /** Time from which on elapsed time belongs to the current window, or the next one. */
  #since: number | null = null;
  #isReading = false;
  #readUntil = Number.NEGATIVE_INFINITY;

  /** A window that an earlier attempt has finished; `tookMs` is null if it is no measurement. */
  finishedEarlier(workMs: number, tookMs: number | null, totalWorkMs: number | null): void {
    this.#doneWorkMs += workMs;
    if (tookMs !== null) this.#measure(workMs, tookMs, totalWorkMs, false);
  }

  /** Whether any source is being read now; to be called often. */
  reading(now: number, isReading: boolean): void {
    if (this.#isReading || isReading) this.#readUntil = now;
    this.#isReading = isReading;
  }

  /** A window begins; or begins again, since the engine failed on it: the failed try is not measured. */
  windowBegins(now: number, workMs: number): void {
    this.#since = this.#inHand ? now : (this.#since ?? now);
    this.#inHand = true;
    this.#inHandWorkMs = workMs;
  }

  /** The current window is done. */
  windowEnds(now: number, totalWorkMs: number | null): void {
    const since = this.#since ?? now;
    const besideReading = this.#readUntil - since > BESIDE_READING_SHARE * (now - since);
    this.#measure(this.#inHandWorkMs, now - since, totalWorkMs, besideReading);
    this.#doneWorkMs += this.#inHandWorkMs;
    this.#inHandWorkMs = 0;
    this.#inHand = false;
    this.#since = now;
  }

  /** How long the windows will still take; null while too little is known. */
  remainingMs(now: number, totalWorkMs: number | null): number | null {
    if (totalWorkMs === null || this.#doneWorkMs < ESTIMATE_SHARE * totalWorkMs) return null;
    if (this.#undisturbedWorkMs < Math.min(ESTIMATE_WORK_MS, ESTIMATE_SHARE * totalWorkMs)) return null;
    const aheadMs = this.#usualMs(Math.max(0, totalWorkMs - this.#doneWorkMs - this.#inHandWorkMs));
    const spentMs = this.#inHand ? now - (this.#since ?? now) : 0;
    return aheadMs + Math.max(0, this.#usualMs(this.#inHandWorkMs) - spentMs);
  }

  /** How long so much work takes, by all measurements. */
  #usualMs(workMs: number): number {
    return (workMs * this.#tookMs) / this.#workMs;
  }

  #measure(workMs: number, tookMs: number, totalWorkMs: number | null, besideReading: boolean): void {
    if (besideReading && this.#undisturbedWorkMs === 0) return;
    const mostMs = this.#workMs === 0 ? tookMs : MOST_OF_ONE * this.#usualMs(workMs);
    const countedMs = this.#wasSlow ? tookMs : Math.min(tookMs, mostMs);
    this.#wasSlow = tookMs > mostMs;
    const weight = besideReading ? BESIDE_READING_WEIGHT : 1;
    const halfLifeMs = Math.max(LEAST_HALF_LIFE_MS, HALF_LIFE_SHARE * (totalWorkMs ?? 0));
    const kept = 0.5 ** ((weight * workMs) / halfLifeMs);
    this.#workMs = this.#workMs * kept + weight * workMs;
    this.#tookMs = this.#tookMs * kept + weight * countedMs;
    if (!besideReading) this.#undisturbedWorkMs += workMs;
  }
}

/** How far the estimate may drift from the time reported: a share of the remaining time… */
const DRIFT_OF_REMAINING = 0.05;
/** …and at the end, when that is next to nothing, of the whole, but no more than seconds. */
const DRIFT_OF_WHOLE = 0.01;
const DRIFT_AT_END_MS = 10_000;

/** Keeps the time shown from flickering: once reported, it stays until the estimate clearly differs. */
export class SteadyTime {
  #reported: number | null = null;

  /** The time to report `now`, `sinceMs` after the beginning, for an estimate of `remainingMs`. */
  at(now: number, sinceMs: number, remainingMs: number): number {
    const estimate = now + remainingMs;
    const atEndMs = Math.min(DRIFT_AT_END_MS, DRIFT_OF_WHOLE * (sinceMs + remainingMs));
    const driftMs = Math.max(DRIFT_OF_REMAINING * remainingMs, atEndMs);
    if (this.#reported === null || Math.abs(estimate - this.#reported) > driftMs) this.#reported = estimate;
    return this.#reported;
  }
}
