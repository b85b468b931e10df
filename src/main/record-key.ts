import { app, globalShortcut } from 'electron';
import { acceleratorOf, type Shortcut } from '../contract/shortcuts.ts';

/** The keys that start and stop a recording whatever program has the keyboard. They end with the app. */
export class RecordKey {
  readonly #onPress: () => void;
  #registered: string[] = [];
  #isTaken = false;

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
    this.#registered = accelerators.filter((one) => globalShortcut.register(one, this.#onPress));
    this.#isTaken = this.#registered.length < accelerators.length;
  }

  #unregister(): void {
    for (const accelerator of this.#registered) globalShortcut.unregister(accelerator);
    this.#registered = [];
  }
}
