import { app, globalShortcut } from 'electron';
import { acceleratorOf, type Shortcut, type ShortcutId, shortcutEntry } from '../contract/shortcuts.ts';

/** A press that follows the last one so soon is a repeat of a key that is held down: nobody is told when it is let go. */
const HELD_MS = 700;

/** Keys that act whatever program has the keyboard. They end with the app. */
export class GlobalKeys<Id extends ShortcutId> {
  readonly #onPress: (id: Id) => void;
  #registered: string[] = [];
  readonly #pressedAt = new Map<Id, number>();

  constructor(onPress: (id: Id) => void) {
    this.#onPress = onPress;
    app.on('will-quit', () => this.release());
  }

  /**
   * Takes these keys instead of those before. Returns the actions that could not have one of theirs: another program,
   * or the system, has it.
   */
  take(keys: Iterable<readonly [Id, readonly Shortcut[]]>): Id[] {
    this.release();
    const refused: Id[] = [];
    for (const [id, shortcuts] of keys) {
      const accelerators = shortcuts.map(acceleratorOf).filter((accelerator) => accelerator !== null);
      const own = accelerators.filter((one) => globalShortcut.register(one, () => this.#pressed(id)));
      this.#registered.push(...own);
      if (own.length < accelerators.length) refused.push(id);
    }
    return refused;
  }

  /** Gives all keys back to other programs. */
  release(): void {
    for (const accelerator of this.#registered) globalShortcut.unregister(accelerator);
    this.#registered = [];
  }

  #pressed(id: Id): void {
    const atMs = performance.now();
    const isRepeat = atMs - (this.#pressedAt.get(id) ?? Number.NEGATIVE_INFINITY) < HELD_MS;
    this.#pressedAt.set(id, atMs);
    if (!isRepeat || shortcutEntry(id).kind === 'repeats') this.#onPress(id);
  }
}
