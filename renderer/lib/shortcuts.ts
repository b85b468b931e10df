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
import { translate } from './i18n/i18n.ts';

/** What a key is called where its name is not what stands on it; arrows are drawn. */
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
/** In the order in which Macs show them. */
const MAC_MODIFIERS: readonly (readonly [string, string])[] = [
  ['Ctrl', '⌃'],
  ['Alt', '⌥'],
  ['Shift', '⇧'],
  ['Mod', '⌘'],
];

/** A shortcut as people read it in their language and on their system: `Ctrl+K`, `⌘K`, `Infinity, left`. */
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

/** The key of an action to show where there is room for one: rather one of the keyboard; undefined where it has none. */
export function shownKey(keys: ShortcutKeys, id: ShortcutId): Shortcut | undefined {
  return keys[id].find((key) => !key.startsWith('hid:')) ?? keys[id][0];
}

function keyLabel(key: string): string {
  const name = KEY_NAMES[key];
  return name === undefined ? (SIGNS[key] ?? key) : translate(`shortcuts:${name}`);
}

/**
 * What a press means in some places; null for nothing there. A name that fits less counts only where the better one means
 * nothing at all.
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
