import type { BrowserWay, EgressEnd, EgressTarget } from '../../contract/egress.ts';
import type { NumberedEvent } from '../../contract/ipc.ts';
import type { TransportId } from '../../contract/shortcuts.ts';
import type { UnsavedCount } from '../../contract/views.ts';
import type { LeavingAnswer } from '../vault/leaving.ts';
import type { AttentionShell } from './attention.ts';

/** What quitting can leave undone. */
export type Undone =
  | 'recording'
  | 'reading'
  | 'exporting'
  | 'making'
  | 'recovering'
  | 'renewing'
  | 'keeping'
  | 'moving';

/** The system's dialogs. Each returns nothing if the user cancels; no choice is kept as a recent document. */
export interface ShellDialogs {
  /** Lets the user choose files or a folder; files with these extensions, without a dot, are shown first. */
  recordings(what: 'files' | 'folder', endings: readonly string[]): Promise<string[]>;
  model(): Promise<string | null>;
  /** Lets the user choose an existing text; files with these endings are shown first. */
  text(endings: readonly string[]): Promise<string | null>;
  /** Lets the user choose a Word template. */
  template(): Promise<string | null>;
  folder(): Promise<string | null>;
  keyFile(): Promise<string | null>;
  reportFile(): Promise<string | null>;
  /** Asks where to write the privacy report, by the ending that says how. */
  privacyFile(): Promise<string | null>;
  /** Where a certificate of erasing is saved; its ending tells the format. */
  certificateFile(): Promise<string | null>;
  /** A file of rules for corrections, to be read or to be written. */
  ruleFile(what: 'open' | 'save'): Promise<string | null>;
  /** Asks where to write a text that is read aloud, with this ending. */
  spokenFile(ending: string): Promise<string | null>;
  /** Asks where to write what is unsaved, unencrypted. */
  unsavedFile(): Promise<string | null>;
  /**
   * Asks what to do with what is unsaved; `problem` is why saving it elsewhere has just failed. Without `mayShow` it is
   * not offered to be written unencrypted.
   */
  unsaved(
    unsaved: UnsavedCount,
    leaving: { readonly how: 'lock' | 'quit'; readonly mayShow: boolean; readonly problem: string | null },
  ): Promise<LeavingAnswer>;
  /** Asks whether to quit although something is left undone. */
  quitsOver(undone: Undone): Promise<boolean>;
  /** Asks whether to stop the running recordings, which keep what was said, so that the vault can be sealed. */
  sealsOverRecording(): Promise<boolean>;
  /** Asks what to do with a page that fails repeatedly. */
  failing(): Promise<'library' | 'quit'>;
  /** Asks whether to restart the app, which has failed repeatedly. */
  failingProgram(): Promise<'restart' | 'stay'>;
}

/** The one window of the app. */
export interface ShellWindow {
  /** Brings the window to the front, creating it if needed. */
  show(): Promise<void>;
  /** Replaces the window, if there is one, by a fresh one, whose page has no state. */
  renew(): Promise<void>;
  /** Reloads the page in the current window. */
  reload(): void;
  /** Sends an event to the page, if there is one. */
  send(event: NumberedEvent): void;
}

/** What the running app needs of the shell: windows, the system's dialogs, notifications, the clipboard. */
export interface Shell {
  readonly version: string;
  /** The system's language, as a BCP 47 tag. */
  readonly locale: string;
  readonly window: ShellWindow;
  readonly dialogs: ShellDialogs;
  readonly attention: AttentionShell;
  /** Prints a page to PDF. Throws `export.failed`. */
  print(html: readonly Uint8Array[]): Promise<Uint8Array>;
  /** Aborts printing. */
  stopPrinting(): void;
  /** Tries to reach the listener of a self-test by way of Chromium. Throws nothing. */
  tryBrowser(way: BrowserWay, target: EgressTarget): Promise<EgressEnd>;
  copy(text: string): void;
  showInFolder(path: string): void;
  /** Applies changed settings: theme, language and keys. */
  applySettings(): void;
  /** Whether the key that records from any program could not be had: another program has it. */
  isRecordKeyTaken(): boolean;
  /** Takes the keys that act on the open text from any program, or gives them back. */
  wantTransportKeys(isWanted: boolean): void;
  /** Which of those actions could not have one of their keys, when they were last taken. */
  refusedKeys(): readonly TransportId[];
  /** Quits the app, as if the user had requested it. */
  quit(): void;
  /** Restarts the app once it has ended. */
  relaunch(): void;
}
