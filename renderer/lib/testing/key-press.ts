import type { KeyPress } from '../key-press.ts';

/** A press of a key alone, except for the overrides. */
export function pressOf(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    isComposing: false,
    ...more,
  };
}
