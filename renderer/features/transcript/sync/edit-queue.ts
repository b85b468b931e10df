/** Whether everything that was typed is stored. */
export type SavedState = 'saved' | 'saving' | 'failed';

/** How long to wait before what could not be stored is sent again. */
const RETRYING_MS = 2000;

/**
 * Sends what the user does to the main process, one thing after the other: typing at once, or as soon as what is under
 * way is stored, together with what was typed meanwhile; everything else waits until what was typed before it is stored.
 */
export class EditQueue {
  readonly #sendTyped: () => Promise<void>;
  readonly #hasTyped: () => boolean;
  readonly #onState: (state: SavedState) => void;
  readonly #onFailure: (thrown: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** Whether typing waits for its turn. */
  #isAsked = false;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param sendTyped stores all that was typed; what it could not store, `hasTyped` goes on telling.
   * @param onFailure told what went wrong each time typing could not be stored by itself; it is tried again.
   */
  constructor(
    sendTyped: () => Promise<void>,
    hasTyped: () => boolean,
    onState: (state: SavedState) => void,
    onFailure: (thrown: unknown) => void,
  ) {
    this.#sendTyped = sendTyped;
    this.#hasTyped = hasTyped;
    this.#onState = onState;
    this.#onFailure = onFailure;
  }

  /** Something was typed: it is sent now, or directly after what is under way. */
  typed(): void {
    this.#onState('saving');
    if (this.#isAsked) return;
    this.#isAsked = true;
    const sent = this.#next(async () => {
      this.#isAsked = false;
      if (this.#hasTyped()) await this.#sendTyped();
    });
    sent.catch((thrown: unknown) => this.#onFailure(thrown));
  }

  /** Nothing is tried again by itself any more. */
  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Sends what was typed now. Throws what sending throws; the state then is `failed`. */
  flush(): Promise<void> {
    return this.perform(async () => undefined);
  }

  /** Does something after everything typed before it is stored. Throws what either throws. */
  perform<T>(action: () => Promise<T>): Promise<T> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    return this.#next(async () => {
      if (this.#hasTyped()) await this.#sendTyped();
      return await action();
    });
  }

  #tryAgainSoon(): void {
    if (this.#isClosed) return;
    this.#timer ??= setTimeout(() => {
      this.flush().catch((thrown: unknown) => this.#onFailure(thrown));
    }, RETRYING_MS);
  }

  async #next<T>(action: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    this.#onState('saving');
    const done = this.#last.then(action, action);
    this.#last = done;
    let failed = false;
    try {
      return await done;
    } catch (error) {
      failed = true;
      throw error;
    } finally {
      this.#waiting -= 1;
      if (failed) {
        this.#onState('failed');
        if (this.#hasTyped()) this.#tryAgainSoon();
      } else if (this.#waiting === 0) this.#onState(this.#hasTyped() ? 'saving' : 'saved');
    }
  }
}
