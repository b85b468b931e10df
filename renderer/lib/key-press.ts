import type { Shortcut } from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';

type Platform = AppState['platform'];

/** A key press, as far as a shortcut needs it. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'isComposing'
> &
  Partial<Pick<KeyboardEvent, 'keyCode' | 'getModifierState'>>;

/** Why a press is no shortcut: an input method's, a typed character, the system's, or without a name. */
export type NoShortcut = 'composing' | 'modifier' | 'altGr' | 'system' | 'unknown';

/** Modifier keys. */
const MODIFIERS: ReadonlySet<string> = new Set([
  ...['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'ScrollLock', 'Fn', 'FnLock'],
  ...['Hyper', 'Super', 'Symbol', 'SymbolLock', 'OS'],
]);

/** Keys of input methods. */
const COMPOSING: ReadonlySet<string> = new Set(['Process', 'Compose', 'Dead']);
const COMPOSING_CODE = 229;

/** The characters of the keys between the letters, on the US layout. */
const PUNCTUATION: Readonly<Record<string, string>> = {
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
};

/**
 * The names a press may be stored as, best match first; or why it has none. Letters go by their character, so that a
 * shortcut stays on its letter on every layout. If a layout types no Latin letter, digits need Shift, or Shift makes
 * a full stop a colon, the key's position on a US keyboard counts too.
 */
export function namesOf(event: KeyPress, platform: Platform): readonly Shortcut[] | NoShortcut {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (event.isComposing || event.keyCode === COMPOSING_CODE || COMPOSING.has(key)) return 'composing';
  if (MODIFIERS.has(key)) return 'modifier';
  const isMac = platform === 'darwin';
  const isCharacter = [...key].length === 1;
  if (event.getModifierState?.('AltGraph') === true) return 'altGr';
  // Windows reports AltGr as both, and people press both instead.
  if (!isMac && ctrlKey && altKey && isCharacter) return 'altGr';
  if (!isMac && metaKey) return 'system';
  if (key === 'Unidentified' || key === '') return 'unknown';
  const modifiers = [
    ...(isMac && ctrlKey ? ['Ctrl'] : []),
    ...((isMac ? metaKey : ctrlKey) ? ['Mod'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey ? ['Shift'] : []),
  ];
  const keys = isCharacter ? charactersOf(event) : [key];
  return keys.map((name) => [...modifiers, name].join('+'));
}

/** The modifier name of a key in shortcuts; null for other keys. */
export function modifierOf(key: string, platform: Platform): string | null {
  const isMac = platform === 'darwin';
  if (key === 'Control') return isMac ? 'Ctrl' : 'Mod';
  if (key === 'Meta') return isMac ? 'Mod' : null;
  return key === 'Alt' || key === 'Shift' ? key : null;
}

function charactersOf({ key, code }: KeyPress): string[] {
  const typed = characterName(key);
  if (/^[A-Z\d]$/.test(typed) || typed === 'Space') return [typed];
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  const sign = digit ?? PUNCTUATION[code];
  // A symbol is on a letter's key on layouts such as Dvorak, where that letter is elsewhere.
  if (/^[!-~]$/.test(key)) return distinct(typed, sign);
  // A letter such as ñ has a name of its own; Cyrillic, Greek or Hebrew ones are on keys with Latin names.
  const byPlace = letter ?? sign;
  if (/\p{Script=Latin}/u.test(key) || byPlace === undefined) return distinct(typed, byPlace);
  return [byPlace];
}

function characterName(key: string): string {
  if (key === ' ' || key === '\u00a0') return 'Space';
  if (key === '+') return 'Plus';
  // Some capitals are two letters.
  return [...key.toUpperCase()].length === 1 ? key.toUpperCase() : key;
}

function distinct(first: string, second: string | undefined): string[] {
  return second === undefined || second === first ? [first] : [first, second];
}
