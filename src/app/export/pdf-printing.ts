import { AppError } from '../../contract/errors.ts';
import { RunningDeadline } from '../../core/running-deadline.ts';

// Ten hours of transcript take some ten seconds.
const DEADLINE_MS = 120_000;

/** A page that the shell is printing, from memory, in no visible window. */
export interface PrintedPage {
  /** The bytes of the PDF. */
  readonly pdf: Promise<Uint8Array>;
  /** Rejects when the printing process has ended: `pdf` would never settle. */
  readonly gone: Promise<never>;
  /** Closes it, printed or not. */
  close(): void;
}

/** Prints HTML pages to PDF, with a timeout. */
export class PdfPrinting {
  readonly #begin: (html: readonly Uint8Array[]) => PrintedPage;
  readonly #pages = new Set<PrintedPage>();

  /** @param begin starts printing a page. */
  constructor(begin: (html: readonly Uint8Array[]) => PrintedPage) {
    this.#begin = begin;
  }

  /** The bytes of the printed page. Throws `export.failed`. */
  async print(html: readonly Uint8Array[]): Promise<Uint8Array> {
    const page = this.#begin(html);
    this.#pages.add(page);
    try {
      return await beforeDeadline(page);
    } catch (error) {
      throw new AppError('export.failed', {}, { cause: error });
    } finally {
      this.#pages.delete(page);
      page.close();
    }
  }

  /** Aborts printing: a locked vault's transcript may be in no window. */
  stop(): void {
    for (const page of this.#pages) page.close();
  }
}

/** The printed bytes, unless the printing process dies or times out. */
async function beforeDeadline({ pdf, gone }: PrintedPage): Promise<Uint8Array> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onPassed = () => reject(new Error('printing took too long'));
  const deadline = new RunningDeadline({ limitMs: DEADLINE_MS, onPassed });
  // Nothing awaits the one that settles second.
  for (const unawaited of [pdf, gone, late]) unawaited.catch(() => undefined);
  try {
    return await Promise.race([pdf, gone, late]);
  } finally {
    deadline.end();
  }
}
