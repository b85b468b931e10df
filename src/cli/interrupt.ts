import { EXIT } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** Watches for Ctrl+C and for a polite kill while a command works. */
export class Interrupt {
  readonly #requested = Promise.withResolvers<void>();
  readonly #signals: Terminal['signals'];
  readonly #listener: () => void;
  #isRequested = false;

  /** `onRequest` tells the user that the wish was heard. */
  constructor({ signals, exit }: Pick<Terminal, 'signals' | 'exit'>, onRequest: () => void) {
    this.#signals = signals;
    this.#listener = () => {
      // Pressed twice: the user will not wait. What is durable stays so.
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

  /** Resolves when the user wants to stop. */
  get requested(): Promise<void> {
    return this.#requested.promise;
  }

  /** Lets the signals end the process again. */
  release(): void {
    this.#signals.off('SIGINT', this.#listener);
    this.#signals.off('SIGTERM', this.#listener);
  }
}
