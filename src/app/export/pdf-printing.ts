import { AppError } from '../../contract/errors.ts';
import { RunningDeadline } from '../../core/running-deadline.ts';

// Ten hours of transcript take some ten seconds.
const DEADLINE_MS = 120_000;

/** A page that is being printed by the shell, from memory, where nobody sees it. */
export interface PrintedPage {
  /** The bytes of the PDF. */
  readonly pdf: Promise<Uint8Array>;
  /** Rejects when what prints it has gone: then `pdf` would never come. */
  readonly gone: Promise<never>;
  /** Ends it, printed or not. */
  close(): void;
}

/** Prints HTML pages to PDF, in time or not at all. */
export class PdfPrinting {
  readonly #begin: (html: readonly Uint8Array[]) => PrintedPage;
  readonly #pages = new Set<PrintedPage>();

  /** @param begin begins to print a page. */
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

  /** Gives up what is being printed: a locked vault's transcript may be in no window. */
  stop(): void {
    for (const page of this.#pages) page.close();
  }
}

/** What is being printed, unless what prints it dies or takes too long. */
async function beforeDeadline({ pdf, gone }: PrintedPage): Promise<Uint8Array> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onPassed = () => reject(new Error('printing took too long'));
  const deadline = new RunningDeadline({ limitMs: DEADLINE_MS, onPassed });
  // Whichever comes second has nobody waiting for it.
  for (const unawaited of [pdf, gone, late]) unawaited.catch(() => undefined);
  try {
    return await Promise.race([pdf, gone, late]);
  } finally {
    deadline.end();
  }
}
