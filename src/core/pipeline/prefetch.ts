import { untilAborted } from '../until-aborted.ts';

/**
 * Passes a generator's values to its one consumer, and lets the generator run ahead of it: with a limit of 0 a value is
 * made only on request, with 1 the next is made while the current one is processed. Prefetched values stay in memory.
 */
export class Prefetch<T> {
  #limit: number;
  readonly #ahead: T[] = [];
  #asking = false;
  #ended = false;
  #failure: { readonly error: unknown } | null = null;
  #wake = Promise.withResolvers<void>();

  /** `limit`: how many values may be prefetched; `Infinity` for all there will be. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Lets more values be prefetched than before. */
  raiseLimit(limit: number): void {
    this.#limit = Math.max(this.#limit, limit);
    this.#changed();
  }

  /**
   * Prefetches all that a generator yields, as far ahead as the limit allows, and returns the generator when it has
   * ended or the signal is aborted: nothing of it runs afterwards. Throws the generator's error, which the consumer gets too,
   * after all values before it, and the signal's reason.
   */
  async fill(source: AsyncGenerator<T>, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        await this.#until(() => this.#ahead.length < this.#limit + (this.#asking ? 1 : 0), signal);
        const next = await source.next();
        if (next.done) break;
        this.#ahead.push(next.value);
        this.#changed();
      }
    } catch (error) {
      this.#failure = { error };
      throw error;
    } finally {
      await source.return(undefined);
      this.#ended = true;
      this.#changed();
    }
  }

  /** The values in their order. Throws the generator's error, and the signal's reason while it waits. */
  async *values(signal: AbortSignal): AsyncGenerator<T> {
    for (;;) {
      this.#asking = true;
      this.#changed();
      await this.#until(() => this.#ahead.length > 0 || this.#ended, signal);
      this.#asking = false;
      if (this.#ahead.length === 0) break;
      const value = this.#ahead.shift() as T;
      this.#changed();
      yield value;
    }
    if (this.#failure !== null) throw this.#failure.error;
  }

  async #until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (holds()) return;
      await untilAborted(this.#wake.promise, signal);
    }
  }

  #changed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
