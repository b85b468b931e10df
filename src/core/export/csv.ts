import type { TranscriptDocument } from '../../contract/document.ts';
import { preciseClockTime } from './clock-times.ts';
import { readableText } from './readable-text.ts';

/** The columns, in order. Never renamed: other programs read them. */
export const CSV_COLUMNS = ['start', 'end', 'speaker', 'language', 'confidence', 'text', 'flags'] as const;

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/**
 * The transcript as a table (RFC 4180; UTF-8 with the byte order mark that spreadsheets want): a segment a row, times as
 * `00:03:12.345`, confidence from 0 to 1 with two digits. What a spreadsheet would take for a formula is kept from being
 * one by an apostrophe before it.
 */
export function* csvOf(document: TranscriptDocument): Generator<string> {
  yield BYTE_ORDER_MARK + CSV_COLUMNS.join(',') + LINE_END;
  for (const { startMs, endMs, speaker, language, confidence, text, flags } of document.segments) {
    const cells = [
      preciseClockTime(startMs, '.'),
      preciseClockTime(endMs, '.'),
      textCell(speaker ?? ''),
      textCell(language),
      confidence.toFixed(2),
      textCell(text),
      flags.join(' '),
    ];
    yield cells.join(',') + LINE_END;
  }
}

// What begins a formula in Excel, LibreOffice or Google Sheets, in full width too (OWASP, "CSV Injection").
const FORMULA_START = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

function textCell(text: string): string {
  const line = readableText(text);
  const harmless = FORMULA_START.test(line) ? `'${line}` : line;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
