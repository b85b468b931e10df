import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  type Rectangle,
  type RenderProcessGoneDetails,
  type Session,
  screen,
} from 'electron';
import type { InterfaceStore, WindowBounds } from '../app/settings/interface-store.ts';
import { APP_ORIGIN } from '../app/window/app-scheme.ts';
import type { ShellWindow } from '../app/window/shell.ts';
import type { NumberedEvent } from '../contract/ipc.ts';
import { HARDENED_PAGE, hardenContents } from './hardening.ts';
import { tellWindow } from './ipc.ts';

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'preload.cjs');

/** Colours of the empty window, so that it does not flash in the other theme. */
const BACKGROUND = { light: '#fafaf8', dark: '#16171a' } as const;

/** Callbacks of the window. */
export interface WindowParts {
  readonly isDark: () => boolean;
  /** The page crashed or was killed: the window is blank. */
  readonly onFailure: () => void;
  /** The page is gone, for any reason. */
  readonly onGone: (reason: RenderProcessGoneDetails['reason'], exitCode: number) => void;
  /** The window was closed, and no other has taken its place. */
  readonly onClosed: () => void;
  /** Whether closing the window now without a question loses something. */
  readonly mustAsk: () => boolean;
  /** The user's session on the computer ends (Windows). */
  readonly onSessionEnd: () => void;
}

/** The one window of the app. It is destroyed when the curtain falls, with its memory. */
export class AppWindow implements ShellWindow {
  readonly #session: Session;
  readonly #store: InterfaceStore;
  readonly #parts: WindowParts;
  #window: BrowserWindow | null = null;

  constructor(session: Session, store: InterfaceStore, parts: WindowParts) {
    this.#session = session;
    this.#store = store;
    this.#parts = parts;
  }

  /** The current window, or null. */
  get current(): BrowserWindow | null {
    return this.#window !== null && !this.#window.isDestroyed() ? this.#window : null;
  }

  /** Brings the window to the front, creating it if needed. */
  async show(): Promise<void> {
    const window = this.current;
    if (window === null) return await this.#open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Replaces the window by a new one, whose page has no state. The old one is hidden at once. */
  async renew(): Promise<void> {
    const old = this.current;
    if (old === null) return;
    this.#saveViewState(old);
    const wasMinimized = old.isMinimized();
    const wasFocused = old.isFocused();
    old.hide();
    await this.#open((window) => {
      if (wasMinimized) window.minimize();
      else if (wasFocused) window.show();
      else window.showInactive();
    });
    old.destroy();
  }

  /** Reloads the page of the current window. */
  reload(): void {
    this.current?.webContents.reload();
  }

  /** Sends an event to the page of the current window, if there is one. */
  send(event: NumberedEvent): void {
    tellWindow(this.current, event);
  }

  async #open(appear: (window: BrowserWindow) => void = (window) => window.show()): Promise<void> {
    const window = new BrowserWindow({
      ...placeOnScreen(this.#store.place),
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: 'VoiceSync',
      autoHideMenuBar: true,
      backgroundColor: this.#parts.isDark() ? BACKGROUND.dark : BACKGROUND.light,
      webPreferences: {
        session: this.#session,
        preload: PRELOAD,
        devTools: !app.isPackaged,
        ...HARDENED_PAGE,
      },
    });
    this.#window = window;
    hardenContents(window.webContents);
    if (this.#store.place.maximized) window.maximize();
    window.once('ready-to-show', () => appear(window));
    window.on('close', (event) => {
      this.#saveViewState(window);
      // The question before quitting needs the window.
      if (!this.#parts.mustAsk()) return;
      event.preventDefault();
      app.quit();
    });
    window.on('closed', () => {
      if (this.current === null) this.#parts.onClosed();
    });
    window.on('query-session-end', (event) => {
      if (!this.#parts.mustAsk()) return;
      event.preventDefault();
      app.quit();
    });
    window.on('session-end', () => this.#parts.onSessionEnd());
    window.on('page-title-updated', (event) => event.preventDefault());
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.#parts.onGone(reason, exitCode);
      if (reason !== 'clean-exit' && window === this.current) this.#parts.onFailure();
    });
    // A load aborted by a newer one or the window's end is no failure.
    await window.loadURL(`${APP_ORIGIN}/index.html`).catch(() => undefined);
  }

  #saveViewState(window: BrowserWindow): void {
    const { x, y, width, height } = window.getNormalBounds();
    this.#store.saveViewState({ x, y, width, height, maximized: window.isMaximized() });
  }
}

/** The window's bounds, unless they are on a screen that is gone. */
function placeOnScreen({ x, y, width, height }: WindowBounds): Partial<Rectangle> {
  if (x === null || y === null) return { width, height };
  const isVisible = screen.getAllDisplays().some(({ workArea }) => {
    const overlapX = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    const overlapY = Math.min(y + height, workArea.y + workArea.height) - Math.max(y, workArea.y);
    return overlapX >= 100 && overlapY >= 50;
  });
  return isVisible ? { x, y, width, height } : { width, height };
}
