import type { DisplayMediaRequestHandlerHandlerRequest, Streams, WebContents } from 'electron';
import { APP_ORIGIN } from '../app/window/app-scheme.ts';
import type { CaptureInput } from '../contract/capture.ts';

/** URL of the capture page. */
export const CAPTURE_PAGE = `${APP_ORIGIN}/capture/index.html`;

/** A frame that asks, as Electron tells it. */
export interface AskingFrame {
  readonly isMainFrame: boolean;
  readonly requestingUrl?: string;
}

/**
 * Who may get sound, and when: the capture page's own frame alone. While it is there it may read the names of the
 * microphones; it may get an input only from the moment a session asks for it until it is closed.
 */
export class CaptureAccess {
  #page: WebContents | null = null;
  readonly #inputs = new Map<string, CaptureInput>();

  /** The contents of the capture page; null if there is none. With another page no input is open. */
  set page(page: WebContents | null) {
    this.#page = page;
    this.#inputs.clear();
  }

  /** A session asks for an input. */
  allow(captureId: string, input: CaptureInput): void {
    this.#inputs.set(`${captureId} ${input}`, input);
  }

  /** The input is closed. */
  withdraw(captureId: string, input: CaptureInput): void {
    this.#inputs.delete(`${captureId} ${input}`);
  }

  /** Whether a frame is the capture page's. */
  isPage(contents: WebContents | null, { isMainFrame, requestingUrl }: AskingFrame): boolean {
    return contents !== null && contents === this.#page && isMainFrame && requestingUrl === CAPTURE_PAGE;
  }

  /** Whether any input may be opened. The system's own sound may be that of a device, too. */
  get isAnyAllowed(): boolean {
    return this.#inputs.size > 0;
  }

  /** Whether an input may be opened, by the capture page. */
  isAllowed(input: CaptureInput): boolean {
    return [...this.#inputs.values()].includes(input);
  }

  /** Answers the page's wish for the system's sound: with it, and the picture of the page itself, which is empty. */
  systemSound({ frame }: DisplayMediaRequestHandlerHandlerRequest): Streams {
    const isPage = frame !== null && frame === this.#page?.mainFrame && frame.url === CAPTURE_PAGE;
    return isPage && this.isAllowed('system') ? { video: frame, audio: 'loopback' } : {};
  }
}
