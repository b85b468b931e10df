import { z } from './schema.ts';

/**
 * A shortcut as it is stored: modifiers in the order `Ctrl`, `Mod`, `Alt`, `Shift`, then the key by its name in UI
 * Events (`F4`, `ArrowLeft`, `MediaPlayPause`), a letter in capitals, `Space` or `Plus`: `Mod+Shift+K`. `Mod` is Ctrl, on a
 * Mac Cmd; `Ctrl` is the Mac's own. A pedal's button is `hid:` with vendor and product in hexadecimal, report id and bit:
 * `hid:05f3:00ff:0:1`.
 */
export type Shortcut = string;

const HID = /^hid:[0-9a-f]{4}:[0-9a-f]{4}:\d{1,3}:\d{1,4}$/;
const KEYS = /^(Ctrl\+)?(Mod\+)?(Alt\+)?(Shift\+)?([A-Z][A-Za-z0-9]{1,30}|(?![a-z])[^\s+\p{C}])$/u;

/** Whether a text is a valid shortcut. */
export function isShortcut(text: string): boolean {
  return HID.test(text) || KEYS.test(text);
}

/**
 * Scope of a shortcut. `system` is any program, this one need not have the keyboard; `everywhere` is inside the vault; `library` is a row of it; `transcript` is the whole screen of
 * a transcript, `editor` the same but for its other text fields; `window` is the application menu.
 */
export type ShortcutPlace = 'system' | 'everywhere' | 'library' | 'transcript' | 'editor' | 'window';

type Platform = 'linux' | 'darwin' | 'win32';

/** One line of the table of shortcuts. */
interface ShortcutEntry {
  readonly place: ShortcutPlace;
  /** Default keys, the one to show first. */
  readonly keys: readonly Shortcut[];
  /** Those of macOS and of Windows, if different. */
  readonly macKeys?: readonly Shortcut[];
  readonly winKeys?: readonly Shortcut[];
  /**
   * `repeats`: a key that is held down repeats it. `held`: it lasts while the key is down.
   * `whilePlaying`: active only during playback and outside typing, so that a character alone can be its key.
   */
  readonly kind?: 'repeats' | 'held' | 'whilePlaying';
  /** Standard for any list or text, or the system's: listed, but not configurable. */
  readonly fixed?: true | Platform;
}

/**
 * Every shortcut of the window: palette, menus, tooltips, keys and the list in the settings are made of it. The ids are
 * stored with what users have changed, and never get another meaning. Not in it are the keys by which widgets are operated
 * after the ARIA patterns (Tab, arrows, Enter and Escape in lists, fields and dialogs), and those of text editing
 * (CodeMirror's standard keymap).
 */
const TABLE = {
  palette: { place: 'everywhere', keys: ['Mod+K'] },
  search: { place: 'everywhere', keys: ['Mod+Shift+F'] },
  record: { place: 'everywhere', keys: ['Mod+Shift+R'] },
  recordOptions: { place: 'everywhere', keys: [] },
  recordAnywhere: { place: 'system', keys: ['Mod+Shift+F9'] },
  // While a text is open and another program has the keyboard. Off until they have keys.
  playPauseAnywhere: { place: 'system', keys: [] },
  backAnywhere: { place: 'system', keys: [], kind: 'repeats' },
  forwardAnywhere: { place: 'system', keys: [], kind: 'repeats' },
  slowerAnywhere: { place: 'system', keys: [], kind: 'repeats' },
  fasterAnywhere: { place: 'system', keys: [], kind: 'repeats' },
  markAnywhere: { place: 'system', keys: [] },
  pauseRecording: { place: 'everywhere', keys: ['Mod+Shift+P'] },
  setMarker: { place: 'everywhere', keys: ['Mod+Shift+M'] },
  addFiles: { place: 'everywhere', keys: ['Mod+O'] },
  addFolder: { place: 'everywhere', keys: [] },
  addSamples: { place: 'everywhere', keys: [] },
  addModel: { place: 'everywhere', keys: [] },
  newMatter: { place: 'everywhere', keys: ['Mod+N'] },
  allRecordings: { place: 'everywhere', keys: [] },
  bin: { place: 'everywhere', keys: [] },
  models: { place: 'everywhere', keys: [] },
  settings: { place: 'everywhere', keys: ['Mod+,'] },
  shortcuts: { place: 'everywhere', keys: [] },
  report: { place: 'everywhere', keys: [] },
  lightTheme: { place: 'everywhere', keys: [] },
  darkTheme: { place: 'everywhere', keys: [] },
  // On a Mac Option and an arrow go a word further in any text.
  goBack: { place: 'everywhere', keys: ['Alt+ArrowLeft'], macKeys: ['Mod+['] },
  lock: { place: 'everywhere', keys: ['Mod+L'] },

  librarySearch: { place: 'library', keys: ['Mod+F'] },
  openRecording: { place: 'library', keys: ['Enter'], fixed: true },
  selectRow: { place: 'library', keys: ['Space'], fixed: true },
  selectAll: { place: 'library', keys: ['Mod+A'], fixed: true },
  clearSelection: { place: 'library', keys: ['Escape'], fixed: true },
  hearHit: { place: 'library', keys: ['Space'], fixed: true },
  exportRecordings: { place: 'library', keys: ['Mod+E'] },
  rename: { place: 'library', keys: ['F2'] },
  toBin: { place: 'library', keys: ['Delete'] },
  earlier: { place: 'library', keys: ['Alt+ArrowUp'] },
  later: { place: 'library', keys: ['Alt+ArrowDown'] },

  // Those of the player are oTranscribe's, if it has them.
  playPause: { place: 'transcript', keys: ['Escape', 'MediaPlayPause', 'MediaPlay'] },
  pause: { place: 'transcript', keys: ['MediaStop', 'MediaPause'] },
  playWhileHeld: { place: 'transcript', keys: [], kind: 'held' },
  back: { place: 'transcript', keys: ['F1', 'MediaTrackPrevious', 'MediaRewind'], kind: 'repeats' },
  forward: { place: 'transcript', keys: ['F2', 'MediaTrackNext', 'MediaFastForward'], kind: 'repeats' },
  backWhileHeld: { place: 'transcript', keys: [], kind: 'held' },
  forwardWhileHeld: { place: 'transcript', keys: [], kind: 'held' },
  slower: { place: 'transcript', keys: ['F3'], kind: 'repeats' },
  faster: { place: 'transcript', keys: ['F4'], kind: 'repeats' },
  quieter: { place: 'transcript', keys: ['Shift+F3'], kind: 'repeats' },
  louder: { place: 'transcript', keys: ['Shift+F4'], kind: 'repeats' },
  hearChannel1: { place: 'transcript', keys: ['Shift+F1'] },
  hearChannel2: { place: 'transcript', keys: ['Shift+F2'] },
  playFromCaret: { place: 'editor', keys: ['Mod+Enter'] },
  loop: { place: 'editor', keys: ['Mod+Shift+L'] },
  insertTime: { place: 'editor', keys: ['Mod+J'] },
  snippet1: { place: 'editor', keys: ['Mod+1'] },
  snippet2: { place: 'editor', keys: ['Mod+2'] },
  snippet3: { place: 'editor', keys: ['Mod+3'] },
  snippet4: { place: 'editor', keys: ['Mod+4'] },
  snippet5: { place: 'editor', keys: ['Mod+5'] },
  snippet6: { place: 'editor', keys: ['Mod+6'] },
  snippet7: { place: 'editor', keys: ['Mod+7'] },
  snippet8: { place: 'editor', keys: ['Mod+8'] },
  snippet9: { place: 'editor', keys: ['Mod+9'] },
  snippet10: { place: 'editor', keys: [] },
  snippet11: { place: 'editor', keys: [] },
  snippet12: { place: 'editor', keys: [] },
  undo: { place: 'editor', keys: ['Mod+Z'], kind: 'repeats' },
  redo: { place: 'editor', keys: ['Mod+Shift+Z', 'Mod+Y'], kind: 'repeats' },
  // On a Mac Cmd+H hides the application.
  find: { place: 'transcript', keys: ['Mod+F', 'Mod+H'], macKeys: ['Mod+F'] },
  nextDoubt: { place: 'transcript', keys: ['Mod+.'], kind: 'repeats' },
  previousDoubt: { place: 'transcript', keys: ['Mod+Shift+.'], kind: 'repeats' },
  misspelling: { place: 'editor', keys: ['F7'] },
  speaker: { place: 'editor', keys: ['Mod+Shift+S'] },
  speakers: { place: 'transcript', keys: ['Mod+Shift+A'] },
  speaker1: { place: 'editor', keys: ['1'], kind: 'whilePlaying' },
  speaker2: { place: 'editor', keys: ['2'], kind: 'whilePlaying' },
  speaker3: { place: 'editor', keys: ['3'], kind: 'whilePlaying' },
  speaker4: { place: 'editor', keys: ['4'], kind: 'whilePlaying' },
  speaker5: { place: 'editor', keys: ['5'], kind: 'whilePlaying' },
  speaker6: { place: 'editor', keys: ['6'], kind: 'whilePlaying' },
  speaker7: { place: 'editor', keys: ['7'], kind: 'whilePlaying' },
  speaker8: { place: 'editor', keys: ['8'], kind: 'whilePlaying' },
  speaker9: { place: 'editor', keys: ['9'], kind: 'whilePlaying' },
  reset: { place: 'editor', keys: ['Mod+Shift+Backspace'] },
  again: { place: 'editor', keys: ['Mod+Shift+T'] },
  copyCitation: { place: 'editor', keys: ['Mod+Shift+C'] },
  goToCitation: { place: 'transcript', keys: ['Mod+Shift+G'] },
  pseudonyms: { place: 'editor', keys: [] },
  checked: { place: 'transcript', keys: [] },
  nextUnheard: { place: 'transcript', keys: ['Mod+Shift+U'] },
  readAloud: { place: 'editor', keys: ['F8'] },
  readAloudOnwards: { place: 'editor', keys: ['Shift+F8'] },
  versions: { place: 'transcript', keys: ['Mod+Shift+H'] },
  export: { place: 'transcript', keys: ['Mod+E'] },
  save: { place: 'transcript', keys: ['Mod+S'] },

  actualSize: { place: 'window', keys: ['Mod+0'] },
  zoomIn: { place: 'window', keys: ['Mod+Plus'] },
  zoomOut: { place: 'window', keys: ['Mod+-'] },
  fullScreen: { place: 'window', keys: ['F11'], macKeys: ['Ctrl+Mod+F'] },
  minimize: { place: 'window', keys: ['Mod+M'] },
  closeWindow: { place: 'window', keys: ['Mod+W'] },
  // On a Mac it is in the system's application menu; Windows has Alt+F4.
  quit: { place: 'window', keys: ['Mod+Q'], winKeys: [], fixed: 'darwin' },
} as const satisfies Record<string, ShortcutEntry>;

/** The id of an action with configurable keys. */
export type ShortcutId = keyof typeof TABLE;

/** All actions, in the order in which they are listed. */
export const SHORTCUT_IDS = Object.keys(TABLE) as readonly ShortcutId[];

/** The actions that insert snippets, by the snippets' places from 1. */
export const SNIPPET_IDS = [
  'snippet1',
  'snippet2',
  'snippet3',
  'snippet4',
  'snippet5',
  'snippet6',
  'snippet7',
  'snippet8',
  'snippet9',
  'snippet10',
  'snippet11',
  'snippet12',
] as const satisfies readonly ShortcutId[];

/** The action that inserts the snippet at a place. */
export function snippetAction(place: number): (typeof SNIPPET_IDS)[number] {
  return SNIPPET_IDS[place - 1] ?? SNIPPET_IDS[0];
}

/** Actions on the open text from any program, by keys that the system hands over. */
export const TRANSPORT_IDS = [
  'playPauseAnywhere',
  'backAnywhere',
  'forwardAnywhere',
  'slowerAnywhere',
  'fasterAnywhere',
  'markAnywhere',
] as const satisfies readonly ShortcutId[];
export type TransportId = (typeof TRANSPORT_IDS)[number];

/** The actions of some places, as a type. */
export type ShortcutIdIn<Place extends ShortcutPlace> = {
  [Id in ShortcutId]: (typeof TABLE)[Id]['place'] extends Place ? Id : never;
}[ShortcutId];

/** The table's entry of an action. */
export function shortcutEntry(id: ShortcutId): ShortcutEntry {
  return TABLE[id];
}

/** Whether the keys of an action cannot be changed. */
export function isFixed(id: ShortcutId, platform: Platform): boolean {
  const { fixed } = shortcutEntry(id);
  return fixed === true || fixed === platform;
}

/** The default keys of an action. */
export function deliveredKeys(id: ShortcutId, platform: Platform): readonly Shortcut[] {
  const { keys, macKeys, winKeys }: ShortcutEntry = TABLE[id];
  return (platform === 'darwin' ? macKeys : platform === 'win32' ? winKeys : undefined) ?? keys;
}

/** Maximum keys per action. */
export const MOST_KEYS = 8;

/** The user's changes: the keys of an action, instead of the default ones. */
export const ChangedShortcuts = z.partialRecord(
  z.enum(SHORTCUT_IDS as [ShortcutId, ...ShortcutId[]]),
  z.array(z.string().max(80).refine(isShortcut)).max(MOST_KEYS),
);
export type ChangedShortcuts = z.infer<typeof ChangedShortcuts>;

/** The keys of every action. */
export type ShortcutKeys = Readonly<Record<ShortcutId, readonly Shortcut[]>>;

/**
 * The effective keys: those changed, else the default ones. Fixed ones are always the default. What the user has given to an
 * action is no other's default any more, also if a newer version delivers it.
 */
export function shortcutKeys(changed: ChangedShortcuts, platform: Platform): ShortcutKeys {
  const entries = SHORTCUT_IDS.map((id) => {
    const own = isFixed(id, platform) ? undefined : changed[id];
    if (own !== undefined || isFixed(id, platform)) return [id, own ?? deliveredKeys(id, platform)] as const;
    const isGiven = (key: Shortcut) =>
      SHORTCUT_IDS.some(
        (other) =>
          changed[other]?.includes(key) === true &&
          placesMeet(shortcutEntry(id).place, shortcutEntry(other).place),
      );
    return [id, deliveredKeys(id, platform).filter((key) => !isGiven(key))] as const;
  });
  return Object.fromEntries(entries) as Record<ShortcutId, readonly Shortcut[]>;
}

/** Whether shortcuts of two places can conflict. */
export function placesMeet(a: ShortcutPlace, b: ShortcutPlace): boolean {
  const isGeneral = (place: ShortcutPlace) => ['system', 'everywhere', 'window'].includes(place);
  return isGeneral(a) || isGeneral(b) || (a === 'library') === (b === 'library');
}

/** Other actions with the same shortcut in the scope of `id`. */
export function rivalsOf(id: ShortcutId, shortcut: Shortcut, keys: ShortcutKeys): readonly ShortcutId[] {
  const { place } = shortcutEntry(id);
  return SHORTCUT_IDS.filter(
    (other) =>
      other !== id && keys[other].includes(shortcut) && placesMeet(place, shortcutEntry(other).place),
  );
}

/** Electron's names of keys that it names differently, and of those that only it can put into a menu. */
const ACCELERATOR_KEYS: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  MediaTrackNext: 'MediaNextTrack',
  MediaTrackPrevious: 'MediaPreviousTrack',
  MediaPlayPause: 'MediaPlayPause',
  MediaStop: 'MediaStop',
  Plus: 'Plus',
  Space: 'Space',
  Enter: 'Enter',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Escape: 'Escape',
  Tab: 'Tab',
};

/** A shortcut as Electron's accelerator; null for keys that it does not know. */
export function acceleratorOf(shortcut: Shortcut): string | null {
  if (!KEYS.test(shortcut)) return null;
  const parts = shortcut.split('+');
  const key = parts.pop() as string;
  const isPlain = /^(F([1-9]|1\d|2[0-4])|[!-*,-~])$/.test(key);
  const name = isPlain ? key : ACCELERATOR_KEYS[key];
  if (name === undefined) return null;
  const modifiers = parts.map((part) => ({ Mod: 'CommandOrControl', Ctrl: 'Control' })[part] ?? part);
  return [...modifiers, name].join('+');
}
