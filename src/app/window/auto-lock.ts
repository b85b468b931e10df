/** What decides whether to lock. */
export interface AutoLockParts {
  /** Minutes without input after which the vault is locked; null for never. */
  readonly lockAfterMinutes: () => number | null;
  /** Whether sound is playing, or being recorded, or files are written that somebody waits for. */
  readonly isInUse: () => boolean;
}

/** Locks when nobody has touched the machine for a while. To be asked every few seconds. */
export class AutoLock {
  readonly #parts: AutoLockParts;
  #lastUsedMs = 0;

  constructor(parts: AutoLockParts) {
    this.#parts = parts;
  }

  /** Whether the vault is to be locked now. `inputIdleSeconds`: since the last input to the machine. */
  isDue(inputIdleSeconds: number, nowMs: number): boolean {
    if (this.#parts.isInUse()) this.#lastUsedMs = nowMs;
    const minutes = this.#parts.lockAfterMinutes();
    if (minutes === null) return false;
    return Math.min(inputIdleSeconds, (nowMs - this.#lastUsedMs) / 1000) >= minutes * 60;
  }
}
