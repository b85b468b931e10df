import { randomUUID } from 'node:crypto';
import { BrowserWindow, type Session } from 'electron';
import type { Paper } from '../app/export/paper.ts';
import type { PrintedPage } from '../app/export/pdf-printing.ts';
import { APP_SCHEME, COMMON_HEADERS, refusal } from '../app/window/app-scheme.ts';
import { HARDENED_PAGE, hardenContents, isolatedSession } from './hardening.ts';

const PRINT_ORIGIN = `${APP_SCHEME}://print`;

/**
 * A printed page may load or run nothing: not even what its own policy would allow. Its styles are inline; `sandbox`
 * denies it scripts, forms and an origin.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox";

/**
 * Prints HTML pages in hidden windows. Each page is served once, from memory, under its own URL in its own session,
 * which serves nothing else; it runs no script.
 */
export class PrintingWindows {
  readonly #paper: Paper;
  readonly #waiting = new Map<string, readonly Uint8Array[]>();
  #session: Session | null = null;

  constructor(paper: Paper) {
    this.#paper = paper;
  }

  /** Starts printing a page. */
  begin(html: readonly Uint8Array[]): PrintedPage {
    const address = `${PRINT_ORIGIN}/${randomUUID()}`;
    this.#waiting.set(address, html);
    const window = this.#makeWindow();
    const { promise: gone, reject } = Promise.withResolvers<never>();
    window.once('closed', () => reject(new Error('the printing window was closed')));
    window.webContents.once('render-process-gone', () => reject(new Error('the printing page died')));
    const close = () => {
      this.#waiting.delete(address);
      if (!window.isDestroyed()) window.destroy();
    };
    return { pdf: printed(window, address, this.#paper), gone, close };
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

/** Margins and the numbered footer are the page's; the shell adds no header, footer or URL. */
async function printed(window: BrowserWindow, address: string, paper: Paper): Promise<Uint8Array> {
  await window.loadURL(address);
  return await window.webContents.printToPDF({
    pageSize: paper,
    // A court's pages are made for a paper of their own.
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: false,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  });
}
