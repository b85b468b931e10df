/**
 * Gives a generator's values one by one, and once told to fetches the coming ones before anybody asks for them.
 * They all stay in memory until they are asked for.
 */
export class LookAhead<T> {
  readonly #source: AsyncGenerator<T>;
  readonly #fetched: Promise<IteratorResult<T>>[] = [];
  #fetching: Promise<void> | null = null;

  constructor(source: AsyncGenerator<T>) {
    this.#source = source;
  }

  /** The next value. Throws the generator's error. */
  next(): Promise<IteratorResult<T>> {
    return this.#fetched.shift() ?? this.#source.next();
  }

  /** Begins to fetch what is to come, up to the end. */
  run(): void {
    this.#fetching ??= this.#fetch();
  }

  /** Waits until nothing is being fetched. The generator must have come to its end, or been stopped. */
  async ended(): Promise<void> {
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    for (;;) {
      const next = this.#source.next();
      this.#fetched.push(next);
      try {
        if ((await next).done) return;
      } catch {
        // Whoever asks for this value meets the error.
        return;
      }
    }
  }
}
