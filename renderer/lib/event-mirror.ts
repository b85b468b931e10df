import type { AppEvent, NumberedEvent } from '../../src/contract/ipc.ts';

/**
 * Syncs a cache with the main process. Events that arrive before the snapshot are held; then those that it already
 * includes are dropped, and the others are applied in order, each once.
 */
export class EventMirror {
  readonly #apply: (event: AppEvent) => void;
  #sequence: number | null = null;
  #waiting: NumberedEvent[] = [];

  constructor(apply: (event: AppEvent) => void) {
    this.#apply = apply;
  }

  /** Handles the next event: applies it, holds it until the snapshot, or drops it as old. */
  take(numbered: NumberedEvent): void {
    if (this.#sequence === null) {
      this.#waiting.push(numbered);
      return;
    }
    if (numbered.sequence <= this.#sequence) return;
    this.#sequence = numbered.sequence;
    this.#apply(numbered.event);
  }

  /** The cache now holds a snapshot that includes everything up to `sequence`. */
  begin(sequence: number): void {
    this.#sequence = sequence;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const numbered of waiting.sort((a, b) => a.sequence - b.sequence)) this.take(numbered);
  }

  /** The cache is empty again: holds events for the next snapshot. */
  reset(): void {
    this.#sequence = null;
    this.#waiting = [];
  }
}
