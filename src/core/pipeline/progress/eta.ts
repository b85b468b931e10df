/** Work that was done so much of all the work ago counts half: a machine that has become slower is soon believed. */
const HALF_LIFE_SHARE = 0.1;
/** Ten full windows: on less, one difficult window would decide. */
const LEAST_HALF_LIFE_MS = 300_000;

/**
 * Beside the reading of sources, windows take up to three times as long, waiting for their audio not counted, which says
 * little about the time after it.
 */
const BESIDE_READING_WEIGHT = 0.25;
/** Of a window's time: less of it beside the reading does not matter. */
const BESIDE_READING_SHARE = 0.1;

/**
 * A single window counts for so many times the usual at most: it may have been difficult, or the machine was asleep.
 * Two in a row are a machine that has become slow.
 */
const MOST_OF_ONE = 2;

/** There is no estimate before so much of all the work is done… */
const ESTIMATE_SHARE = 0.1;
/** …and as much was measured undisturbed, or three full windows. */
const ESTIMATE_WORK_MS = 90_000;

/**
 * Estimates how long an attempt will still take: from how long its windows took for the work in them, the newer counting
 * more, and from the work that is left. Work is in milliseconds as `windowWorkMs` counts it; all times are of one clock
 * that never goes back, in milliseconds.
 *
 * As long as any source is being read there is no estimate: reading takes the processor from the engine, and nobody knows
 * yet how much is spoken in what has not been read.
 */
export class Eta {
  #doneWorkMs = 0;
  #undisturbedWorkMs = 0;
  /** Weighted sums of what was measured: their quotient is the time per work. */
  #workMs = 0;
  #tookMs = 0;
  #wasSlow = false;
  #inHandWorkMs = 0;
  #inHand = false;
  /** From when on what passes belongs to the window in hand, or the next one. */
  #since: number | null = null;
  #isReading = false;
  #readUntil = Number.NEGATIVE_INFINITY;

  /** A window that an earlier attempt has finished; `tookMs` is null where that says nothing. */
  finishedEarlier(workMs: number, tookMs: number | null, totalWorkMs: number | null): void {
    this.#doneWorkMs += workMs;
    if (tookMs !== null) this.#measure(workMs, tookMs, totalWorkMs, false);
  }

  /** Whether any source is being read now; to be called often. */
  reading(now: number, isReading: boolean): void {
    if (this.#isReading || isReading) this.#readUntil = now;
    this.#isReading = isReading;
  }

  /** A window begins; or begins again, since the engine failed on it: what that cost is not what windows cost. */
  windowBegins(now: number, workMs: number): void {
    this.#since = this.#inHand ? now : (this.#since ?? now);
    this.#inHand = true;
    this.#inHandWorkMs = workMs;
  }

  /** The window in hand is done. */
  windowEnds(now: number, totalWorkMs: number | null): void {
    const since = this.#since ?? now;
    const besideReading = this.#readUntil - since > BESIDE_READING_SHARE * (now - since);
    this.#measure(this.#inHandWorkMs, now - since, totalWorkMs, besideReading);
    this.#doneWorkMs += this.#inHandWorkMs;
    this.#inHandWorkMs = 0;
    this.#inHand = false;
    this.#since = now;
  }

  /** How long the windows will still take; null while too little is known to tell. */
  remainingMs(now: number, totalWorkMs: number | null): number | null {
    if (totalWorkMs === null || this.#doneWorkMs < ESTIMATE_SHARE * totalWorkMs) return null;
    if (this.#undisturbedWorkMs < Math.min(ESTIMATE_WORK_MS, ESTIMATE_SHARE * totalWorkMs)) return null;
    const aheadMs = this.#usualMs(Math.max(0, totalWorkMs - this.#doneWorkMs - this.#inHandWorkMs));
    const spentMs = this.#inHand ? now - (this.#since ?? now) : 0;
    return aheadMs + Math.max(0, this.#usualMs(this.#inHandWorkMs) - spentMs);
  }

  /** How long so much work takes, by all that was measured. */
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

/** How far the estimate may drift from the time that was reported: a share of what is left to wait… */
const DRIFT_OF_REMAINING = 0.05;
/** …and at the end, where that is next to nothing, of the whole, but no more than seconds. */
const DRIFT_OF_WHOLE = 0.01;
const DRIFT_AT_END_MS = 10_000;

/** Keeps the time that is shown from flickering: once reported, it holds until the estimate has left it clearly. */
export class SteadyTime {
  #reported: number | null = null;

  /** The time to report `now`, `sinceMs` after the beginning, when it is estimated that it will still take `remainingMs`. */
  at(now: number, sinceMs: number, remainingMs: number): number {
    const estimate = now + remainingMs;
    const atEndMs = Math.min(DRIFT_AT_END_MS, DRIFT_OF_WHOLE * (sinceMs + remainingMs));
    const driftMs = Math.max(DRIFT_OF_REMAINING * remainingMs, atEndMs);
    if (this.#reported === null || Math.abs(estimate - this.#reported) > driftMs) this.#reported = estimate;
    return this.#reported;
  }
}
