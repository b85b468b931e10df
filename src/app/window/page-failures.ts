/** So many failures of the page in so short a time are no accident. */
const MOST = 3;
const WITHIN_MS = 60_000;

/** Counts how often the window's page has failed, so that one that cannot be shown is not loaded without end. */
export class PageFailures {
  #atMs: number[] = [];
  #untold = false;

  /** Takes note of a failure; gives whether the page fails again and again. */
  note(nowMs: number): boolean {
    this.#atMs = [...this.#atMs.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    this.#untold = true;
    return this.#atMs.length >= MOST;
  }

  /** Whether the page has failed since this was asked last. */
  takeUntold(): boolean {
    const wasUntold = this.#untold;
    this.#untold = false;
    return wasUntold;
  }
}
