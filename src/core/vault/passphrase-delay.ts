const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/**
 * How long to wait before the next passphrase is tried: 1 s after the first wrong one, doubling to 30 s. A measure
 * against guessing at the keyboard; against a copied vault only the hashing cost helps. Pure: the caller passes the
 * time.
 */
export class PassphraseDelay {
  #failures = 0;
  #untilMs = 0;

  /** Records a wrong passphrase. */
  failed(nowMs: number): void {
    this.#failures += 1;
    this.#untilMs = nowMs + Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.#failures - 1));
  }

  /** Records the right passphrase. */
  succeeded(): void {
    this.#failures = 0;
    this.#untilMs = 0;
  }

  /** Milliseconds until the next try; 0 if it is allowed now. */
  remainingMs(nowMs: number): number {
    return Math.max(0, this.#untilMs - nowMs);
  }
}
