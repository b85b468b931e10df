import { randomUUID } from 'node:crypto';
import { BrowserWindow, type Session } from 'electron';
import type { Paper } from '../app/export/paper.ts';
import { APP_SCHEME, COMMON_HEADERS, refusal } from '../app/window/app-scheme.ts';
import { AppError } from '../contract/errors.ts';
import { RunningDeadline } from '../core/running-deadline.ts';
import { HARDENED_PAGE, hardenContents, isolatedSession } from './hardening.ts';

const PRINT_ORIGIN = `${APP_SCHEME}://print`;

// Ten hours of transcript take some ten seconds.
const DEADLINE_MS = 120_000;

/**
 * Nothing may be loaded or run by a page that is printed: not even what its own policy would allow. Its styles stand in
 * it; `sandbox` denies it scripts, forms and an origin.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox";

/**
 * Prints HTML pages to PDF in windows that are never shown. Each page is given once, from memory, under an address of its
 * own in a session of its own, which answers nothing else; it runs no script.
 */
export class PdfPrinting {
  readonly #paper: Paper;
  readonly #waiting = new Map<string, readonly Uint8Array[]>();
  readonly #windows = new Set<BrowserWindow>();
  #session: Session | null = null;

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  /** The bytes of the printed page. Throws `export.failed`. */
  async print(html: readonly Uint8Array[]): Promise<Uint8Array> {
    const address = `${PRINT_ORIGIN}/${randomUUID()}`;
    this.#waiting.set(address, html);
    const window = this.#makeWindow();
    this.#windows.add(window);
    try {
      return await beforeDeadline(printed(window, address, this.#paper), window);
    } catch (error) {
      throw new AppError('export.failed', {}, { cause: error });
    } finally {
      this.#waiting.delete(address);
      this.#windows.delete(window);
      if (!window.isDestroyed()) window.destroy();
    }
  }

  /** Gives up what is being printed: behind the curtain no window may hold a transcript. */
  stop(): void {
    for (const window of this.#windows) if (!window.isDestroyed()) window.destroy();
  }

  #makeWindow(): BrowserWindow {
    this.#session ??= this.#makeSession();
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        session: this.#session,
        javascript: false,
        devTools: false,
        images: false,
        ...HARDENED_PAGE,
      },
    });
    hardenContents(window.webContents);
    return window;
  }

  #makeSession(): Session {
    const own = isolatedSession('voicesync-print', `${PRINT_ORIGIN}/`);
    own.protocol.handle(APP_SCHEME, (request) => {
      const html = this.#waiting.get(request.url);
      this.#waiting.delete(request.url);
      if (html === undefined) return refusal(404);
      const headers = {
        ...COMMON_HEADERS,
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
      };
      return new Response(Buffer.concat(html), { headers });
    });
    return own;
  }
}

/** Margins and the numbered footer are the page's own; the shell adds no header, footer or address. */
async function printed(window: BrowserWindow, address: string, paper: Paper): Promise<Uint8Array> {
  await window.loadURL(address);
  return await window.webContents.printToPDF({
    pageSize: paper,
    printBackground: true,
    displayHeaderFooter: false,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
}

/** What is being printed, unless its window dies or takes too long: then it would never come. */
async function beforeDeadline(printing: Promise<Uint8Array>, window: BrowserWindow): Promise<Uint8Array> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const onPassed = () => reject(new Error('printing took too long'));
  const deadline = new RunningDeadline({ limitMs: DEADLINE_MS, onPassed });
  window.once('closed', () => reject(new Error('the printing window was closed')));
  window.webContents.once('render-process-gone', () => reject(new Error('the printing page died')));
  // Whichever comes second has nobody waiting for it.
  printing.catch(() => undefined);
  ended.catch(() => undefined);
  try {
    return await Promise.race([printing, ended]);
  } finally {
    deadline.end();
  }
}
