import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  type IpcMainEvent,
  ipcMain,
  powerMonitor,
  type RenderProcessGoneDetails,
  type Session,
  systemPreferences,
} from 'electron';
import type { CaptureDevices } from '../app/capture/capture-devices.ts';
import { type CaptureCommand, CaptureMessage, type InputLoss } from '../contract/capture.ts';
import {
  CAPTURE_COMMAND_CHANNEL,
  CAPTURE_MESSAGE_CHANNEL,
  type CapturePageCommand,
} from '../contract/capture-bridge.ts';
import { AppError } from '../contract/errors.ts';
import { CAPTURE_PAGE, type CaptureAccess } from './capture-access.ts';
import { HARDENED_PAGE, hardenContents } from './hardening.ts';

const PRELOAD = join(import.meta.dirname, '..', 'preload', 'capture-preload.cjs');

/** How long the page may take until it listens. */
const READY_MS = 15_000;

type CloseCommand = Extract<CaptureCommand, { type: 'close' }>;
type OpenCommand = Extract<CaptureCommand, { type: 'open' }>;

/** A window with the capture page in it. */
interface Page {
  readonly window: BrowserWindow;
  /** Resolves once it takes commands. Rejects with `capture.unavailable`. */
  readonly ready: Promise<void>;
  readonly isReady: () => void;
  readonly failed: () => void;
}

/** Dependencies of the capture window. */
export interface CaptureWindowParts {
  readonly session: Session;
  readonly access: CaptureAccess;
  /** The page has crashed or was killed. */
  readonly onGone: (reason: RenderProcessGoneDetails['reason'], exitCode: number) => void;
}

/**
 * The holder of the devices: a window that is never shown, so that recording goes on behind the curtain and whatever
 * becomes of the app's own window. It is there while somebody holds it. When its page crashes, every open input is told as
 * `lost`, `failed`; the next command gets a new page, which tells `ready`.
 */
export class CaptureWindow implements CaptureDevices {
  readonly #parts: CaptureWindowParts;
  readonly #listeners = new Set<(message: CaptureMessage) => void>();
  readonly #open = new Map<string, OpenCommand>();
  /** Commands of one input reach the page in their order, however long the system takes to ask the user. */
  readonly #sending = new Map<string, Promise<void>>();
  #page: Page | null = null;
  #holders = 0;

  constructor(parts: CaptureWindowParts) {
    this.#parts = parts;
    ipcMain.on(CAPTURE_MESSAGE_CHANNEL, (event, message: unknown) => this.#receive(event, message));
    powerMonitor.on('resume', () => this.#post({ type: 'slept' }));
  }

  send(command: CaptureCommand): void {
    if (command.type === 'listDevices') {
      void this.#sendToPage(command).catch(() => undefined);
      return;
    }
    const key = keyOf(command);
    if (command.type === 'open') this.#open.set(key, command);
    const before = this.#sending.get(key) ?? Promise.resolve();
    const sent = before.then(() =>
      command.type === 'open' ? this.#sendOpen(command) : this.#sendClose(command),
    );
    this.#sending.set(key, sent);
    void sent.finally(() => {
      if (this.#sending.get(key) === sent) this.#sending.delete(key);
    });
  }

  listen(listener: (message: CaptureMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async hold(): Promise<() => void> {
    this.#holders += 1;
    let isHeld = true;
    const release = () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.close();
    };
    try {
      await this.#needPage().ready;
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** Closes the page: whatever it holds is lost. */
  close(): void {
    this.#loseAll('ended');
    this.#drop();
  }

  /** What the system itself says about the input: macOS asks the user, Windows has a switch for all programs. */
  async #mayOpen({ input }: OpenCommand): Promise<InputLoss | null> {
    if (input !== 'microphone') return null;
    if (process.platform === 'darwin') {
      return (await systemPreferences.askForMediaAccess('microphone')) ? null : 'denied';
    }
    if (process.platform !== 'win32') return null;
    return systemPreferences.getMediaAccessStatus('microphone') === 'denied' ? 'denied' : null;
  }

  async #sendOpen(command: OpenCommand): Promise<void> {
    const { captureId, input } = command;
    try {
      const loss = await this.#mayOpen(command);
      if (loss !== null) {
        this.#lose(command, loss);
        this.#tell({ type: 'closed', captureId, input, frames: 0, crc32: 0 });
        return;
      }
      this.#parts.access.allow(captureId, input);
      await this.#sendToPage(command);
    } catch {
      this.#lose(command, 'failed');
    }
  }

  async #sendClose(command: CloseCommand): Promise<void> {
    // What was lost with its page is closed.
    if (!this.#open.has(keyOf(command))) return;
    await this.#sendToPage(command).catch(() => undefined);
  }

  async #sendToPage(command: CaptureCommand): Promise<void> {
    const page = this.#needPage();
    await page.ready;
    // Electron grants a page the system's sound only after a user's action; the action was in the app's window.
    if (command.type === 'open' && command.input === 'system') {
      await page.window.webContents.executeJavaScript('undefined', true);
    }
    if (page === this.#page) this.#post(command);
  }

  #post(command: CapturePageCommand): void {
    const contents = this.#page?.window.webContents;
    if (contents !== undefined && !contents.isDestroyed()) contents.send(CAPTURE_COMMAND_CHANNEL, command);
  }

  #needPage(): Page {
    this.#page ??= this.#makePage();
    return this.#page;
  }

  #makePage(): Page {
    const { session, access, onGone } = this.#parts;
    const window = new BrowserWindow({
      show: false,
      skipTaskbar: true,
      webPreferences: {
        session,
        preload: PRELOAD,
        devTools: !app.isPackaged,
        backgroundThrottling: false,
        autoplayPolicy: 'no-user-gesture-required',
        ...HARDENED_PAGE,
      },
    });
    const { promise: ready, resolve: isReady, reject } = Promise.withResolvers<void>();
    const failed = () => reject(new AppError('capture.unavailable', {}));
    const page: Page = { window, ready, isReady, failed };
    // Whoever needs the page is told; a page that nobody needs any more may fail.
    ready.catch(() => undefined);
    const timer = setTimeout(failed, READY_MS);
    ready.finally(() => clearTimeout(timer)).catch(() => undefined);
    access.page = window.webContents;
    hardenContents(window.webContents);
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      onGone(reason, exitCode);
      this.#pageGone(page);
    });
    window.on('closed', () => this.#pageGone(page));
    window.loadURL(CAPTURE_PAGE).catch(failed);
    return page;
  }

  #pageGone(page: Page): void {
    page.failed();
    if (page !== this.#page) return;
    this.#drop();
    this.#loseAll('failed');
  }

  #drop(): void {
    const page = this.#page;
    this.#page = null;
    this.#parts.access.page = null;
    page?.failed();
    if (page !== null && !page.window.isDestroyed()) page.window.destroy();
  }

  #receive({ sender, senderFrame }: IpcMainEvent, message: unknown): void {
    const page = this.#page;
    const contents = page?.window.webContents;
    const isPage =
      contents !== undefined &&
      sender === contents &&
      senderFrame?.parent === null &&
      senderFrame.url === CAPTURE_PAGE;
    if (!isPage) return;
    const parsed = CaptureMessage.safeParse(message);
    if (!parsed.success) return;
    const { data } = parsed;
    if (data.type === 'ready') page?.isReady();
    if (data.type === 'closed') this.#forget(data);
    this.#tell(data);
  }

  #loseAll(reason: InputLoss): void {
    for (const command of [...this.#open.values()]) this.#lose(command, reason);
  }

  #lose({ captureId, input }: OpenCommand, reason: InputLoss): void {
    this.#forget({ captureId, input });
    this.#tell({ type: 'lost', captureId, input, reason });
  }

  #forget(command: Pick<OpenCommand, 'captureId' | 'input'>): void {
    this.#open.delete(keyOf(command));
    this.#parts.access.withdraw(command.captureId, command.input);
  }

  #tell(message: CaptureMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}

function keyOf({ captureId, input }: Pick<OpenCommand, 'captureId' | 'input'>): string {
  return `${captureId} ${input}`;
}
