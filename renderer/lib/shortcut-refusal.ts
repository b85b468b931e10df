import {
  acceleratorOf,
  type Shortcut,
  type ShortcutId,
  shortcutEntry,
} from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';
import { type KeyPress, namesOf } from './key-press.ts';
import { isTextKey } from './text-keys.ts';

type Platform = AppState['platform'];

/** Why an action cannot have a key. */
export type Refusal = 'altGr' | 'typing' | 'text' | 'system' | 'unknown' | 'menu';

const SYSTEM_KEYS: Readonly<Record<Platform, readonly Shortcut[]>> = {
  linux: ['Alt+F4', 'Alt+Space', 'Alt+Tab', 'Mod+Alt+Delete', 'Shift+F10', 'Alt+Escape'],
  win32: [
    'Alt+F4',
    'Alt+Space',
    'Alt+Tab',
    'Mod+Alt+Delete',
    'Shift+F10',
    'Alt+Escape',
    'Mod+Escape',
    'Mod+Shift+Escape',
  ],
  darwin: [
    'Mod+Q',
    'Mod+H',
    'Mod+Alt+H',
    'Mod+Tab',
    'Mod+Space',
    'Ctrl+Space',
    'Mod+`',
    'Mod+Alt+Escape',
    'Ctrl+Mod+Q',
  ],
};
/** Volume, brightness, power and the like. */
const SYSTEM_NAMES =
  /^(Audio|Volume|Brightness|Power|Sleep|WakeUp|Eject|PrintScreen|ContextMenu|Hibernate|Standby|Kana|Hangul|Eisu|Convert|NonConvert)/;
/** What operates dialogs, lists and fields: `Mod+Enter` is not included. */
const OPERATING = /^(Shift\+)?(Escape|Tab|Enter|Space)$/;

/** The result of a press for an action: a valid shortcut, a refusal, or null for a press without meaning alone. */
export function pressedFor(
  id: ShortcutId,
  event: KeyPress,
  platform: Platform,
): { readonly shortcut: Shortcut } | { readonly refusal: Refusal } | null {
  const names = namesOf(event, platform);
  if (names === 'modifier') return null;
  if (names === 'composing') return { refusal: 'unknown' };
  if (typeof names === 'string') return { refusal: names };
  const shortcut = names[0] ?? '';
  const refusal = refusalOf(id, shortcut, platform);
  return refusal === null ? { shortcut } : { refusal };
}

/** Why a shortcut cannot be assigned to an action; null if it can. */
export function refusalOf(id: ShortcutId, shortcut: Shortcut, platform: Platform): Refusal | null {
  const { place, kind } = shortcutEntry(id);
  if ((place === 'window' || place === 'system') && acceleratorOf(shortcut) === null) return 'menu';
  if (shortcut.startsWith('hid:')) return null;
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  if (SYSTEM_NAMES.test(key) || SYSTEM_KEYS[platform].includes(shortcut)) return 'system';
  const isText = isTyped(key, parts.slice(0, -1), platform);
  // Space alone presses buttons.
  if (isText && (kind !== 'whilePlaying' || key === 'Space')) return 'typing';
  if (isText) return null;
  // A row has no text input, so these are free.
  const isFree = place === 'library' && /^(Shift\+)?(Delete|Backspace|Insert)$/.test(shortcut);
  const isQueueKey = place === 'library' && shortcut.startsWith('Alt+');
  if (OPERATING.test(shortcut) || (!isFree && !isQueueKey && isTextKey(shortcut, platform))) return 'text';
  return null;
}

/** Whether the key types a character with these modifiers. */
function isTyped(key: string, modifiers: readonly string[], platform: Platform): boolean {
  const isCharacter = [...key].length === 1 || key === 'Plus' || key === 'Space';
  const isMac = platform === 'darwin';
  const changes = modifiers.some((modifier) => modifier !== 'Shift' && !(isMac && modifier === 'Alt'));
  return isCharacter && !changes;
}
