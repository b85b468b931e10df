import { type ShortcutIdIn, type ShortcutKeys, shortcutEntry } from '../../../src/contract/shortcuts.ts';
import type { AppState } from '../../../src/contract/views.ts';
import { type KeyPress, namesOf } from '../../lib/key-press.ts';
import { meaningOf } from '../../lib/shortcuts.ts';

/** What lasts for as long as a key is down. */
export type HeldAction = 'playWhileHeld' | 'backWhileHeld' | 'forwardWhileHeld';

/** What keys do once in a transcript, wherever the keyboard is. */
export type TranscriptAction = Exclude<ShortcutIdIn<'transcript' | 'editor'>, HeldAction | 'speakerDigit'>;

const PLACES = ['transcript', 'editor'] as const;
/** What keeps its meaning inside of other text fields. */
const PLACES_IN_FIELDS = ['transcript'] as const;

/** What these names mean in a transcript; null where they mean nothing here. */
export function actionNamed(
  names: readonly string[],
  keys: ShortcutKeys,
  platform: AppState['platform'],
  isInField: boolean,
): TranscriptAction | HeldAction | null {
  const found = meaningOf(names, keys, isInField ? PLACES_IN_FIELDS : PLACES, platform);
  // Fixed ones are no meaning: the digits have a hearer of their own.
  return found as TranscriptAction | HeldAction | null;
}

/** What a key press means; null where it means nothing here. */
export function actionFor(
  event: KeyPress,
  keys: ShortcutKeys,
  platform: AppState['platform'],
  isInField: boolean,
): TranscriptAction | HeldAction | null {
  const names = namesOf(event, platform);
  return typeof names === 'string' ? null : actionNamed(names, keys, platform, isInField);
}

/** Whether an action lasts for as long as its key is down. */
export function isHeld(action: TranscriptAction | HeldAction): action is HeldAction {
  return shortcutEntry(action).kind === 'held';
}

/** Whether a key that stays down does an action again and again. */
export function repeats(action: TranscriptAction): boolean {
  return shortcutEntry(action).kind === 'repeats';
}

/** What a held action is where no key can be held: a press of the system's media controls. */
export function unheld(action: HeldAction): TranscriptAction {
  return ({ playWhileHeld: 'playPause', backWhileHeld: 'back', forwardWhileHeld: 'forward' } as const)[
    action
  ];
}

/** Which speaker a digit alone stands for: 1 to 9; null for any other key. */
export function speakerNumber(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  const place = shortcutEntry('speakerDigit').keys.indexOf(event.key);
  return place < 0 ? null : place + 1;
}
