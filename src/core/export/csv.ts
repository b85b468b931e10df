import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment, SkippedStretch } from '../../contract/transcript.ts';
import { preciseClockTime } from './clock-times.ts';
import { exportWords } from './export-words.ts';
import { readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';

/** The columns, in order. Never renamed: other programs read them. */
export const CSV_COLUMNS = ['start', 'end', 'speaker', 'language', 'confidence', 'text', 'flags'] as const;

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';

/**
 * The transcript as a table (RFC 4180; UTF-8 with the byte order mark that spreadsheets want): a segment a row, times as
 * `00:03:12.345`, confidence from 0 to 1 with two digits. What a spreadsheet would take for a formula is kept from being
 * one by an apostrophe before it. A stretch that was not understood is a row too, with a flag of its own and no confidence.
 */
export function* csvOf(
  document: TranscriptDocument,
  { language: userLanguage }: Pick<RenderOptions, 'language'>,
): Generator<string> {
  const unclear = exportWords(userLanguage).notUnderstoodHere;
  yield BYTE_ORDER_MARK + CSV_COLUMNS.join(',') + LINE_END;
  const gaps = document.skipped.filter(({ reason }) => reason === 'notUnderstood');
  for (const row of inOrderOfTime(document.segments, gaps)) {
    if ('reason' in row) {
      yield rowOf([...timeCells(row), '', '', '', textCell(unclear), row.reason]);
      continue;
    }
    const { speaker, language, confidence, text, flags } = row;
    yield rowOf([
      ...timeCells(row),
      textCell(speaker ?? ''),
      textCell(language),
      confidence.toFixed(2),
      textCell(text),
      flags.join(' '),
    ]);
  }
}

/** Segments, and the stretches before the first one that begins after them. */
function* inOrderOfTime(
  segments: readonly Segment[],
  gaps: readonly SkippedStretch[],
): Generator<Segment | SkippedStretch> {
  let next = 0;
  for (const segment of segments) {
    for (; (gaps[next]?.startMs ?? Number.POSITIVE_INFINITY) <= segment.startMs; next++) {
      yield gaps[next] as SkippedStretch;
    }
    yield segment;
  }
  yield* gaps.slice(next);
}

function timeCells({ startMs, endMs }: Span): string[] {
  return [preciseClockTime(startMs, '.'), preciseClockTime(endMs, '.')];
}

function rowOf(cells: readonly string[]): string {
  return cells.join(',') + LINE_END;
}

// What begins a formula in Excel, LibreOffice or Google Sheets, in full width too (OWASP, "CSV Injection").
const FORMULA_START = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

function textCell(text: string): string {
  const line = readableText(text);
  const harmless = FORMULA_START.test(line) ? `'${line}` : line;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
