import { EventEmitter } from 'node:events';

/** Time without an edit that counts as a pause, in milliseconds. */
export const TYPING_PAUSE_MS = 2000;

/**
 * Knows when the texts of recordings are edited, so that what must not change a text while the user types waits until
 * they pause. Knows the edits of this process; those of an earlier one are known by the time of the last of them.
 */
export class TypingActivity {
  readonly #edits = new EventEmitter<Record<string, []>>().setMaxListeners(0);
  /** When each text was last edited, on the monotonic clock. */
  readonly #lastEdits = new Map<string, number>();

  /** To be called for every edit of a recording's text, when it is requested. */
  edited(recordingId: string): void {
    this.#lastEdits.set(recordingId, performance.now());
    this.#edits.emit(recordingId);
  }

  /**
   * Waits until a recording's text was not edited for `TYPING_PAUSE_MS`. `storedEditAtMs` is the time of the last edit that
   * is stored, in milliseconds since 1970, or null. Throws the signal's reason.
   */
  async pause(recordingId: string, storedEditAtMs: number | null, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const remainingMs = Math.max(
      TYPING_PAUSE_MS - (performance.now() - (this.#lastEdits.get(recordingId) ?? Number.NEGATIVE_INFINITY)),
      // A clock that was put back since says nothing.
      storedEditAtMs === null || storedEditAtMs > Date.now()
        ? 0
        : TYPING_PAUSE_MS - (Date.now() - storedEditAtMs),
    );
    if (remainingMs <= 0) return;
    const paused = Promise.withResolvers<void>();
    let timer = setTimeout(paused.resolve, remainingMs);
    const onEdit = () => {
      clearTimeout(timer);
      timer = setTimeout(paused.resolve, TYPING_PAUSE_MS);
    };
    const onAbort = () => paused.reject(signal.reason);
    this.#edits.on(recordingId, onEdit);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await paused.promise;
    } finally {
      clearTimeout(timer);
      this.#edits.off(recordingId, onEdit);
      signal.removeEventListener('abort', onAbort);
    }
  }
}
