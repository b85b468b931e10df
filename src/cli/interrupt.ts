import { EXIT } from './exit-status.ts';

/** Watches for Ctrl+C and for a polite kill while a command works. */
export class Interrupt {
  readonly #requested = Promise.withResolvers<void>();
  readonly #listener: () => void;
  #isRequested = false;

  /** `onRequest` tells the user that the wish was heard. */
  constructor(onRequest: () => void) {
    this.#listener = () => {
      // Pressed twice: the user will not wait. What is durable stays so.
      if (this.#isRequested) process.exit(EXIT.interrupted);
      this.#isRequested = true;
      this.#requested.resolve();
      onRequest();
    };
    process.on('SIGINT', this.#listener);
    process.on('SIGTERM', this.#listener);
  }

  get isRequested(): boolean {
    return this.#isRequested;
  }

  /** Resolves when the user wants to stop. */
  get requested(): Promise<void> {
    return this.#requested.promise;
  }

  /** Lets the signals end the process again. */
  release(): void {
    process.off('SIGINT', this.#listener);
    process.off('SIGTERM', this.#listener);
  }
}
