import type { ParseKeysWithoutVariables } from 'i18next';
import { pedalOf } from '../../src/contract/pedals.ts';
import {
  isFixed,
  placesMeet,
  SHORTCUT_IDS,
  type Shortcut,
  type ShortcutId,
  type ShortcutIdIn,
  type ShortcutKeys,
  type ShortcutPlace,
  shortcutEntry,
} from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';
import { translate } from './i18n.ts';

/** Display names of keys that differ from their labels; arrows are drawn. */
const KEY_NAMES: Readonly<Record<string, ParseKeysWithoutVariables<'shortcuts'>>> = {
  Alt: 'keyAlt',
  Backspace: 'keyBackspace',
  Delete: 'keyDelete',
  End: 'keyEnd',
  Enter: 'keyEnter',
  Escape: 'keyEscape',
  Home: 'keyHome',
  Insert: 'keyInsert',
  MediaFastForward: 'keyMediaFastForward',
  MediaPause: 'keyMediaPause',
  MediaPlay: 'keyMediaPlay',
  MediaPlayPause: 'keyMediaPlayPause',
  MediaRewind: 'keyMediaRewind',
  MediaStop: 'keyMediaStop',
  MediaTrackNext: 'keyMediaTrackNext',
  MediaTrackPrevious: 'keyMediaTrackPrevious',
  PageDown: 'keyPageDown',
  PageUp: 'keyPageUp',
  Shift: 'keyShift',
  Space: 'keySpace',
};
const SIGNS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowRight: '→',
  ArrowDown: '↓',
  Plus: '+',
};
/** In the order of macOS. */
const MAC_MODIFIERS: readonly (readonly [string, string])[] = [
  ['Ctrl', '⌃'],
  ['Alt', '⌥'],
  ['Shift', '⇧'],
  ['Mod', '⌘'],
];

/** A shortcut as displayed in a language and on a system: `Ctrl+K`, `⌘K`, `Infinity, left`. */
export function shortcutLabel(shortcut: Shortcut, platform: AppState['platform']): string {
  const pedal = pedalOf(shortcut);
  if (pedal !== null) {
    const { model, part, button } = pedal;
    if (part === null) return translate('shortcuts:pedalButton', { model, button });
    return translate('shortcuts:pedalPart', { model, part: translate(`shortcuts:${part}`) });
  }
  const parts = shortcut.split('+');
  const key = keyLabel(parts.pop() ?? '');
  if (platform === 'darwin') {
    const signs = MAC_MODIFIERS.filter(([name]) => parts.includes(name)).map(([, sign]) => sign);
    return `${signs.join('')}${key}`;
  }
  return [...parts.map((part) => (part === 'Mod' ? 'Ctrl' : keyLabel(part))), key].join('+');
}

/** The key of an action to show if there is room for one: preferably a keyboard one; undefined if it has none. */
export function shownKey(keys: ShortcutKeys, id: ShortcutId): Shortcut | undefined {
  return keys[id].find((key) => !key.startsWith('hid:')) ?? keys[id][0];
}

function keyLabel(key: string): string {
  const name = KEY_NAMES[key];
  return name === undefined ? (SIGNS[key] ?? key) : translate(`shortcuts:${name}`);
}

/**
 * The action of a press in some places; null if none there. A name that matches less counts only if the better one
 * has no action.
 */
export function meaningOf<Place extends ShortcutPlace>(
  names: readonly Shortcut[],
  keys: ShortcutKeys,
  places: readonly Place[],
  platform: AppState['platform'],
): ShortcutIdIn<Place> | null {
  for (const name of names) {
    const ids = SHORTCUT_IDS.filter((id) => keys[id].includes(name));
    const isHere = (id: ShortcutId) => places.some((place) => place === shortcutEntry(id).place);
    const found = ids.find((id) => isHere(id) && !isFixed(id, platform));
    if (found !== undefined) return found as ShortcutIdIn<Place>;
    const isTaken = ids.some((id) => places.some((place) => placesMeet(place, shortcutEntry(id).place)));
    if (isTaken) return null;
  }
  return null;
}
