import type { NumberedEvent } from '../../contract/ipc.ts';
import type { UnsavedCount } from '../../contract/views.ts';
import type { LeavingAnswer } from '../vault/leaving.ts';
import type { AttentionShell } from './attention.ts';

/** What quitting can leave undone. */
export type Undone = 'reading' | 'exporting' | 'making' | 'recovering' | 'renewing' | 'keeping';

/** The system's dialogs. Each gives nothing where the user cancels; nothing chosen is kept as a recent document. */
export interface ShellDialogs {
  /** Lets the user choose files or a folder; files with these endings, without a dot, are shown first. */
  recordings(what: 'files' | 'folder', endings: readonly string[]): Promise<string[]>;
  model(): Promise<string | null>;
  folder(): Promise<string | null>;
  keyFile(): Promise<string | null>;
  reportFile(): Promise<string | null>;
  /** Asks where to write what is unsaved, so that anybody can read it. */
  unsavedFile(): Promise<string | null>;
  /**
   * Asks what shall become of what is unsaved; `problem` is why saving it elsewhere has just failed. Without `mayShow` it is
   * not offered to be written where anybody can read it.
   */
  unsaved(
    unsaved: UnsavedCount,
    leaving: { readonly how: 'lock' | 'quit'; readonly mayShow: boolean; readonly problem: string | null },
  ): Promise<LeavingAnswer>;
  /** Whether to quit although something is left undone. */
  quitsOver(undone: Undone): Promise<boolean>;
  /** Asks what shall be done with a page that fails again and again. */
  failing(): Promise<'library' | 'quit'>;
  /** Asks whether the app shall be started anew, which has failed again and again. */
  failingProgram(): Promise<'restart' | 'stay'>;
}

/** The one window of the app. */
export interface ShellWindow {
  /** Brings the window to the front, making it if it is not there. */
  show(): Promise<void>;
  /** Replaces the window, if there is one, by a fresh one, whose page remembers nothing. */
  renew(): Promise<void>;
  /** Loads the page anew, in the window of the moment. */
  reload(): void;
  /** Sends an event to the page, if there is one. */
  send(event: NumberedEvent): void;
}

/** What only the shell can do for the running app: windows, the system's dialogs, notifications, the clipboard. */
export interface Shell {
  readonly version: string;
  /** The system's language, as a BCP 47 tag. */
  readonly locale: string;
  readonly window: ShellWindow;
  readonly dialogs: ShellDialogs;
  readonly attention: AttentionShell;
  /** Prints a page to PDF. Throws `export.failed`. */
  print(html: readonly Uint8Array[]): Promise<Uint8Array>;
  /** Gives up what is being printed. */
  stopPrinting(): void;
  copy(text: string): void;
  showInFolder(path: string): void;
  /** The settings have changed: theme, language and keys. */
  applySettings(): void;
  /** Ends the app, as if the user had asked for it. */
  quit(): void;
  /** Starts the app anew once it has ended. */
  relaunch(): void;
}
