import { app, globalShortcut } from 'electron';
import { acceleratorOf, type Shortcut } from '../contract/shortcuts.ts';

/** A press that follows the last one so soon is a repeat of a key that is held down: nobody is told when it is let go. */
const HELD_MS = 700;

/** The keys that start and stop a recording whatever program has the keyboard. They end with the app. */
export class RecordKey {
  readonly #onPress: () => void;
  #registered: string[] = [];
  #isTaken = false;
  #pressedAt = Number.NEGATIVE_INFINITY;

  constructor(onPress: () => void) {
    this.#onPress = onPress;
    app.on('will-quit', () => this.#unregister());
  }

  /** Whether one of them could not be had: another program, or the system, has it. */
  get isTaken(): boolean {
    return this.#isTaken;
  }

  /** Takes these keys instead of those before. */
  register(keys: readonly Shortcut[]): void {
    this.#unregister();
    const accelerators = keys.map(acceleratorOf).filter((accelerator) => accelerator !== null);
    this.#registered = accelerators.filter((one) => globalShortcut.register(one, () => this.#pressed()));
    this.#isTaken = this.#registered.length < accelerators.length;
  }

  #pressed(): void {
    const atMs = performance.now();
    const isRepeat = atMs - this.#pressedAt < HELD_MS;
    this.#pressedAt = atMs;
    if (!isRepeat) this.#onPress();
  }

  #unregister(): void {
    for (const accelerator of this.#registered) globalShortcut.unregister(accelerator);
    this.#registered = [];
  }
}
