import type { Shortcut } from '../../src/contract/shortcuts.ts';

/** Held keys with their actions: an action ends when the last key that holds it comes up. */
export class HeldKeys<Action> {
  /** By the key that is down: its code, or a pedal's button. */
  readonly #held = new Map<string, { readonly action: Action; readonly modifiers: readonly string[] }>();

  /** A key is down; returns whether its action begins. */
  press(source: string, shortcut: Shortcut, action: Action): boolean {
    const isHeld = this.#holds(action);
    this.#held.set(source, { action, modifiers: shortcut.split('+').slice(0, -1) });
    return !isHeld;
  }

  /** A key is up; returns what ends with it. */
  release(source: string): Action[] {
    return this.#releaseWhere((held) => held === source);
  }

  /** A modifier is released: Macs then send no keyup for its key. Returns the actions that end. */
  releaseModifier(modifier: string): Action[] {
    return this.#releaseWhere((_source, { modifiers }) => modifiers.includes(modifier));
  }

  /** No more keyups will arrive; returns the actions that end. */
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
