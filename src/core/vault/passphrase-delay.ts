const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/**
 * How long to wait before the next passphrase is tried: 1 s after the first wrong one, doubling to 30 s. A courtesy
 * against guessing at the keyboard; against a copied vault only the hashing cost helps. Pure: the caller brings the time.
 */
export class PassphraseDelay {
  #failures = 0;
  #untilMs = 0;

  /** Takes note of a wrong passphrase. */
  failed(nowMs: number): void {
    this.#failures += 1;
    this.#untilMs = nowMs + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#failures - 1));
  }

  /** Takes note of the right passphrase. */
  succeeded(): void {
    this.#failures = 0;
    this.#untilMs = 0;
  }

  /** Milliseconds until the next try; 0 when it may be made now. */
  remainingMs(nowMs: number): number {
    return Math.max(0, this.#untilMs - nowMs);
  }
}
