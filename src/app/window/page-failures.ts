/** This many failures of the page in this time are no accident. */
const MOST = 3;
const WITHIN_MS = 60_000;

/** Counts the failures of the window's page, so that one that cannot be shown is not reloaded forever. */
export class PageFailures {
  #atMs: number[] = [];
  #untold = false;

  /** Counts a failure; returns whether the page fails repeatedly. */
  note(nowMs: number): boolean {
    this.#atMs = [...this.#atMs.filter((atMs) => nowMs - atMs < WITHIN_MS), nowMs];
    this.#untold = true;
    return this.#atMs.length >= MOST;
  }

  /** Whether the page has failed since the last call. */
  takeUntold(): boolean {
    const wasUntold = this.#untold;
    this.#untold = false;
    return wasUntold;
  }
}
