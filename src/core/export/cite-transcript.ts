import type { TranscriptDocument } from '../../contract/document.ts';
import { needWordTimes } from './conventions/in-conventions.ts';
import type { Citation, CitedExport, TextPlace } from './court/citations.ts';
import { inExportThread } from './export-thread.ts';

// The pages of ten hours take a second: they are made in the thread of the exports, which keeps the last ones while it runs.

/** What is cited from one place to another (`CitedPages.citation`). Throws `export.failed`. */
export async function citationOf(
  document: TranscriptDocument,
  cited: CitedExport,
  from: TextPlace,
  to: TextPlace,
): Promise<Citation | null> {
  const request = { type: 'cite', cited, from, to } as const;
  const { citation } = await inExportThread(document, needWordTimes(cited.style.conventions), request);
  return citation;
}

/** Where in the text a line of its pages begins (`CitedPages.placeAt`). Throws `export.failed`. */
export async function placeOfLine(
  document: TranscriptDocument,
  cited: CitedExport,
  page: number,
  line: number,
): Promise<TextPlace | null> {
  const request = { type: 'findLine', cited, page, line } as const;
  const { place } = await inExportThread(document, needWordTimes(cited.style.conventions), request);
  return place;
}
