import { type ShortcutIdIn, type ShortcutKeys, shortcutEntry } from '../../../../src/contract/shortcuts.ts';
import type { AppState } from '../../../../src/contract/views.ts';
import { type KeyPress, namesOf } from '../../../lib/key-press.ts';
import { meaningOf } from '../../../lib/shortcuts.ts';

/** What lasts for as long as a key is down. */
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

/** Says, while it plays, who speaks from there on. */
export type SpeakerAction = (typeof SPEAKERS)[number];

/** How many speakers have keys. */
export const MOST_KEY_SPEAKERS = SPEAKERS.length;

/** What keys do once in a transcript, wherever the keyboard is. */
export type TranscriptAction = Exclude<ShortcutIdIn<'transcript' | 'editor'>, HeldAction | SpeakerAction>;

/** All that a press can mean in a transcript. */
export type PressedAction = TranscriptAction | HeldAction | SpeakerAction;

const PLACES = ['transcript', 'editor'] as const;
/** What keeps its meaning inside of other text fields. */
const PLACES_IN_FIELDS = ['transcript'] as const;

/** What these names mean in a transcript; null where they mean nothing here. */
export function actionNamed(
  names: readonly string[],
  keys: ShortcutKeys,
  platform: AppState['platform'],
  isInField: boolean,
): PressedAction | null {
  return meaningOf(names, keys, isInField ? PLACES_IN_FIELDS : PLACES, platform);
}

/** What a key press means; null where it means nothing here. */
export function actionFor(
  event: KeyPress,
  keys: ShortcutKeys,
  platform: AppState['platform'],
  isInField: boolean,
): PressedAction | null {
  const names = namesOf(event, platform);
  return typeof names === 'string' ? null : actionNamed(names, keys, platform, isInField);
}

/** Whether an action lasts for as long as its key is down. */
export function isHeld(action: PressedAction): action is HeldAction {
  return shortcutEntry(action).kind === 'held';
}

/** Whether a key that stays down does an action again and again; what characters mean is asked of each of them. */
export function repeats(action: TranscriptAction | SpeakerAction): boolean {
  const { kind } = shortcutEntry(action);
  return kind === 'repeats' || kind === 'whilePlaying';
}

/** What a held action is where no key can be held: a press of the system's media controls. */
export function unheld(action: HeldAction): TranscriptAction {
  return ({ playWhileHeld: 'playPause', backWhileHeld: 'back', forwardWhileHeld: 'forward' } as const)[
    action
  ];
}

/** Which speaker an action names, from 0 on; null for any other action. */
export function speakerPlace(action: TranscriptAction | SpeakerAction): number | null {
  const place = SPEAKERS.findIndex((speaker) => speaker === action);
  return place < 0 ? null : place;
}

/** The action that names the speaker at a place, from 0 on; undefined where that one has no key. */
export function speakerAction(place: number): SpeakerAction | undefined {
  return SPEAKERS[place];
}
