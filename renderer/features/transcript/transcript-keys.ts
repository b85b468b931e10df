import type { AppState } from '../../../src/contract/views.ts';
import { isShortcut, type Shortcut } from '../../lib/shortcuts.ts';

/** What keys do in a transcript, wherever the keyboard is. */
export type TranscriptAction =
  | 'playPause'
  | 'back'
  | 'forward'
  | 'slower'
  | 'faster'
  | 'insertTime'
  | 'playFromCaret'
  | 'loop'
  | 'undo'
  | 'redo'
  | 'find'
  | 'nextDoubt'
  | 'previousDoubt'
  | 'speaker'
  | 'reset'
  | 'again'
  | 'versions'
  | 'export'
  | 'save';

/** The keys of each action, the one to show first: those of oTranscribe where it has them. */
export const TRANSCRIPT_KEYS: Readonly<Record<TranscriptAction, readonly [Shortcut, ...Shortcut[]]>> = {
  playPause: ['Escape'],
  back: ['F1'],
  forward: ['F2'],
  slower: ['F3'],
  faster: ['F4'],
  insertTime: ['Mod+J'],
  playFromCaret: ['Mod+Enter'],
  loop: ['Mod+Shift+L'],
  undo: ['Mod+Z'],
  redo: ['Mod+Shift+Z', 'Mod+Y'],
  find: ['Mod+F', 'Mod+H'],
  nextDoubt: ['Mod+.'],
  previousDoubt: ['Mod+Shift+.'],
  speaker: ['Mod+Shift+S'],
  reset: ['Mod+Shift+Backspace'],
  again: ['Mod+Shift+T'],
  versions: ['Mod+Shift+H'],
  export: ['Mod+E'],
  save: ['Mod+S'],
};

const ACTIONS = Object.keys(TRANSCRIPT_KEYS) as TranscriptAction[];

/** Keys that keep their meaning inside of other text fields. */
const EVERYWHERE: ReadonlySet<TranscriptAction> = new Set([
  'playPause',
  'back',
  'forward',
  'slower',
  'faster',
  'find',
  'nextDoubt',
  'previousDoubt',
  'versions',
  'export',
  'save',
]);

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** What a key press means; null where it means nothing here. */
export function actionFor(
  event: KeyPress,
  platform: AppState['platform'],
  isInField: boolean,
): TranscriptAction | null {
  const press = keyOnTheCap(event);
  for (const action of ACTIONS) {
    if (isInField && !EVERYWHERE.has(action)) continue;
    if (TRANSCRIPT_KEYS[action].some((shortcut) => isShortcut(press, shortcut, platform))) return action;
  }
  return null;
}

/** Which speaker a digit alone stands for: 1 to 9; null for any other key. */
export function speakerNumber(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): number | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  return /^[1-9]$/.test(event.key) ? Number(event.key) : null;
}

/** With Shift a full stop becomes another character: what counts is the key. */
function keyOnTheCap(event: KeyPress): KeyPress {
  const isPeriod = event.shiftKey && (event.code === 'Period' || event.key === ':' || event.key === '>');
  if (!isPeriod) return event;
  const { code, ctrlKey, metaKey, shiftKey, altKey } = event;
  return { key: '.', code, ctrlKey, metaKey, shiftKey, altKey };
}
