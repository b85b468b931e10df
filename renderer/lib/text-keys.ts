import { standardKeymap } from '@codemirror/commands';
import type { KeyBinding } from '@codemirror/view';
import type { Shortcut } from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';

type Platform = AppState['platform'];

/** The keys of every text field; the transcript defines Enter. */
export const FIELD_KEYS: readonly KeyBinding[] = standardKeymap.filter(({ key }) => key !== 'Enter');

/** The default keys of every text field. */
const CLIPBOARD = ['Mod+C', 'Mod+X', 'Mod+V', 'Mod+Shift+V', 'Mod+Insert', 'Shift+Insert', 'Shift+Delete'];
const MOVING = /(^|\+)(Arrow(Left|Right|Up|Down)|Home|End|PageUp|PageDown|Backspace|Delete)$/;

/** Whether text editing needs a key: to move the caret, to select, to delete, to copy. */
export function isTextKey(shortcut: Shortcut, platform: Platform): boolean {
  if (CLIPBOARD.includes(shortcut)) return true;
  const keys = fieldShortcuts(platform);
  if (keys.has(shortcut)) return true;
  // With Shift the same keys select.
  return (
    MOVING.test(shortcut) && keys.has(shortcut.replace('Shift+', '')) && !/(Backspace|Delete)$/.test(shortcut)
  );
}

function fieldShortcuts(platform: Platform): ReadonlySet<Shortcut> {
  return new Set(
    standardKeymap.flatMap(({ key, mac, linux, win, shift }) => {
      const own = { darwin: mac, linux, win32: win }[platform] ?? key;
      if (own === undefined) return [];
      const name = shortcutOf(own, platform);
      return shift === undefined ? [name] : [name, shortcutOf(`Shift-${own}`, platform)];
    }),
  );
}

/** Converts CodeMirror's key names to ours: `Ctrl-ArrowUp`, `Mod-a`. */
function shortcutOf(key: string, platform: Platform): Shortcut {
  const parts = key.split(/-(?!$)/);
  const last = parts.pop() ?? '';
  const isMac = platform === 'darwin';
  const given = new Set(
    parts.map((part) => {
      if (part === 'Cmd' || part === 'Meta' || part === 'm') return 'Mod';
      return part === 'Ctrl' && !isMac ? 'Mod' : part;
    }),
  );
  const modifiers = ['Ctrl', 'Mod', 'Alt', 'Shift'].filter((modifier) => given.has(modifier));
  return [...modifiers, last.length === 1 ? last.toUpperCase() : last].join('+');
}
