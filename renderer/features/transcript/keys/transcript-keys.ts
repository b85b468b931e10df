import { type ShortcutIdIn, type ShortcutKeys, shortcutEntry } from '../../../../src/contract/shortcuts.ts';
import type { AppState } from '../../../../src/contract/views.ts';
import { type KeyPress, namesOf } from '../../../lib/key-press.ts';
import { meaningOf } from '../../../lib/shortcuts.ts';

/** Actions that last while a key is down. */
export type HeldAction = 'playWhileHeld' | 'backWhileHeld' | 'forwardWhileHeld';

/** The speakers that have keys. */
const SPEAKERS = [
  'speaker1',
  'speaker2',
  'speaker3',
  'speaker4',
  'speaker5',
  'speaker6',
  'speaker7',
  'speaker8',
  'speaker9',
] as const satisfies readonly ShortcutIdIn<'editor'>[];

/** Assign, during playback, who speaks from there. */
export type SpeakerAction = (typeof SPEAKERS)[number];

/** How many speakers have keys. */
export const MOST_KEY_SPEAKERS = SPEAKERS.length;

/** Single actions of keys, wherever the focus is. */
export type TranscriptAction = Exclude<ShortcutIdIn<'transcript' | 'editor'>, HeldAction | SpeakerAction>;

/** Every action of a press in a transcript. */
export type PressedAction = TranscriptAction | HeldAction | SpeakerAction;

const PLACES = ['transcript', 'editor'] as const;
/** Places whose keys work in other fields too. */
const PLACES_IN_FIELDS = ['transcript'] as const;

/** The action of these key names in a transcript; null if they have none. */
export function actionNamed(
  names: readonly string[],
  keys: ShortcutKeys,
  platform: AppState['platform'],
  isInField: boolean,
): PressedAction | null {
  return meaningOf(names, keys, isInField ? PLACES_IN_FIELDS : PLACES, platform);
}

/** The action of a key press; null if it has none. */
export function actionFor(
  event: KeyPress,
  keys: ShortcutKeys,
  platform: AppState['platform'],
  isInField: boolean,
): PressedAction | null {
  const names = namesOf(event, platform);
  return typeof names === 'string' ? null : actionNamed(names, keys, platform, isInField);
}

/** Whether an action lasts while its key is down. */
export function isHeld(action: PressedAction): action is HeldAction {
  return shortcutEntry(action).kind === 'held';
}

/** Whether a held key repeats an action; characters are looked up at each repetition. */
export function repeats(action: TranscriptAction | SpeakerAction): boolean {
  const { kind } = shortcutEntry(action);
  return kind === 'repeats' || kind === 'whilePlaying';
}

/** Replaces a held action if no key can be held: in the system's media controls. */
export function unheld(action: HeldAction): TranscriptAction {
  return ({ playWhileHeld: 'playPause', backWhileHeld: 'back', forwardWhileHeld: 'forward' } as const)[
    action
  ];
}

/** The index of an action's speaker, from 0; null for any other action. */
export function speakerPlace(action: TranscriptAction | SpeakerAction): number | null {
  const place = (SPEAKERS as readonly string[]).indexOf(action);
  return place < 0 ? null : place;
}

/** The action for the speaker at an index, from 0; undefined if that one has no key. */
export function speakerAction(place: number): SpeakerAction | undefined {
  return SPEAKERS[place];
}
