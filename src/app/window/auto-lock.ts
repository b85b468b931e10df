/** Inputs of the auto-lock. */
export interface AutoLockParts {
  /** Minutes without input until the vault is locked; null for never. */
  readonly lockAfterMinutes: () => number | null;
  /** Whether audio is playing, or files are written that the user waits for. A recording goes on behind the curtain. */
  readonly isInUse: () => boolean;
}

/** Auto-lock after a time without input to the machine. To be called every few seconds. */
export class AutoLock {
  readonly #parts: AutoLockParts;
  #lastUsedMs = 0;

  constructor(parts: AutoLockParts) {
    this.#parts = parts;
  }

  /** Whether to lock the vault. `inputIdleSeconds`: seconds since the last input to the machine. */
  isDue(inputIdleSeconds: number, nowMs: number): boolean {
    if (this.#parts.isInUse()) this.#lastUsedMs = nowMs;
    const minutes = this.#parts.lockAfterMinutes();
    if (minutes === null) return false;
    return Math.min(inputIdleSeconds, (nowMs - this.#lastUsedMs) / 1000) >= minutes * 60;
  }
}
