import { EXIT } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** Handles SIGINT (Ctrl+C) and SIGTERM while a command runs. */
export class Interrupt {
  readonly #requested = Promise.withResolvers<void>();
  readonly #signals: Terminal['signals'];
  readonly #listener: () => void;
  #isRequested = false;
  #diversion: (() => void) | null = null;

  /** `onRequest` confirms the request to the user. */
  constructor({ signals, exit }: Pick<Terminal, 'signals' | 'exit'>, onRequest: () => void) {
    this.#signals = signals;
    this.#listener = () => {
      const diversion = this.#diversion;
      if (diversion !== null) {
        this.#diversion = () => exit(EXIT.interrupted);
        return diversion();
      }
      // Pressed twice: stop at once. What is durable stays so.
      if (this.#isRequested) return exit(EXIT.interrupted);
      this.#isRequested = true;
      this.#requested.resolve();
      onRequest();
    };
    signals.on('SIGINT', this.#listener);
    signals.on('SIGTERM', this.#listener);
  }

  get isRequested(): boolean {
    return this.#isRequested;
  }

  /** Resolves when a stop is requested. */
  get requested(): Promise<void> {
    return this.#requested.promise;
  }

  /**
   * Lets the first request do something else than stop the command; a second one ends it at once. Returns the function
   * that ends this.
   */
  divert(instead: () => void): () => void {
    this.#diversion = instead;
    return () => {
      this.#diversion = null;
    };
  }

  /** Restores the signals' default action. */
  release(): void {
    this.#signals.off('SIGINT', this.#listener);
    this.#signals.off('SIGTERM', this.#listener);
  }
}
