import type { Shortcut } from '../../src/contract/shortcuts.ts';

/** What is held down, and for what: an action ends when the last key that holds it comes up. */
export class HeldKeys<Action> {
  /** By the key that is down: its place on the keyboard, or a pedal's button. */
  readonly #held = new Map<string, { readonly action: Action; readonly modifiers: readonly string[] }>();

  /** A key is down; gives whether the action begins with it. */
  press(source: string, shortcut: Shortcut, action: Action): boolean {
    const isHeld = this.#holds(action);
    this.#held.set(source, { action, modifiers: shortcut.split('+').slice(0, -1) });
    return !isHeld;
  }

  /** A key has come up; gives what ends with it. */
  release(source: string): Action[] {
    return this.#releaseWhere((held) => held === source);
  }

  /** A modifier has come up: Macs then do not tell of the key that it was pressed with. Gives what ends with it. */
  releaseModifier(modifier: string): Action[] {
    return this.#releaseWhere((_source, { modifiers }) => modifiers.includes(modifier));
  }

  /** Nobody will tell of keys that come up from now on; gives what ends. */
  releaseAll(): Action[] {
    return this.#releaseWhere(() => true);
  }

  #holds(action: Action): boolean {
    return [...this.#held.values()].some((held) => held.action === action);
  }

  #releaseWhere(
    isReleased: (source: string, held: { readonly modifiers: readonly string[] }) => boolean,
  ): Action[] {
    const ended = new Set<Action>();
    for (const [source, held] of this.#held) {
      if (!isReleased(source, held)) continue;
      this.#held.delete(source);
      ended.add(held.action);
    }
    return [...ended].filter((action) => !this.#holds(action));
  }
}
