import type { Span } from '../../contract/audio.ts';
import { preciseClockTime } from '../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { type CsvDelimiter, USUAL_FORMAT_OPTIONS } from '../../contract/format-options.ts';
import type { Segment } from '../../contract/transcript.ts';
import { exportTexts } from './export-texts.ts';
import { readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';

/** The columns, in order. Never renamed: other programs read them. */
export const CSV_COLUMNS = ['start', 'end', 'speaker', 'language', 'confidence', 'text', 'flags'] as const;

const BYTE_ORDER_MARK = '\uFEFF';
const LINE_END = '\r\n';
const DELIMITERS: Readonly<Record<CsvDelimiter, string>> = { comma: ',', semicolon: ';', tab: '\t' };

/**
 * The transcript as a table (RFC 4180; UTF-8 with the byte order mark for spreadsheets): a segment a row, times as
 * `00:03:12.345`, confidence from 0 to 1 with two digits; if the delimiter is a semicolon, decimals have a comma. Cells
 * that a spreadsheet would parse as a formula are escaped by a prefix: an apostrophe, or a no-break
 * space before the dash of a dialogue. Ranges that were not understood and the user's
 * markers are rows too, each with a flag of its own and no confidence; a marker's text is its label.
 */
export function* csvOf(
  document: TranscriptDocument,
  {
    language: userLanguage,
    formatOptions = USUAL_FORMAT_OPTIONS,
  }: Pick<RenderOptions, 'language' | 'formatOptions'>,
): Generator<string> {
  const { csvDelimiter } = formatOptions;
  const decimalSign = csvDelimiter === 'semicolon' ? ',' : '.';
  const rowOf = (cells: readonly string[]) =>
    cells.map((cell) => quoted(cell, csvDelimiter)).join(DELIMITERS[csvDelimiter]) + LINE_END;
  const unclear = exportTexts(userLanguage).t('notUnderstoodHere');
  yield BYTE_ORDER_MARK + rowOf(CSV_COLUMNS);
  const gaps = document.skipped
    .filter(({ reason }) => reason === 'notUnderstood')
    .map(({ startMs, endMs, reason }): ExtraRow => ({ startMs, endMs, extra: reason, text: unclear }));
  const marks = document.markers.map(
    ({ atMs, label }): ExtraRow => ({ startMs: atMs, endMs: atMs, extra: 'marker', text: label }),
  );
  const extras = [...gaps, ...marks].sort((one, other) => one.startMs - other.startMs);
  for (const row of inOrderOfTime(document.segments, extras)) {
    if ('extra' in row) {
      yield rowOf([...timeCells(row, decimalSign), '', '', '', textCell(row.text), row.extra]);
      continue;
    }
    const { speaker, language, confidence, text, flags } = row;
    yield rowOf([
      ...timeCells(row, decimalSign),
      textCell(speaker ?? ''),
      textCell(language),
      confidence.toFixed(2).replace('.', decimalSign),
      textCell(text),
      flags.join(' '),
    ]);
  }
}

/** A row that is no segment. */
interface ExtraRow extends Span {
  /** What it is, in the column of flags. */
  readonly extra: string;
  readonly text: string;
}

/** Segments, and the other rows before the first one that begins after them. */
function* inOrderOfTime(
  segments: readonly Segment[],
  gaps: readonly ExtraRow[],
): Generator<Segment | ExtraRow> {
  let next = 0;
  for (const segment of segments) {
    for (; (gaps[next]?.startMs ?? Number.POSITIVE_INFINITY) <= segment.startMs; next++) {
      yield gaps[next] as ExtraRow;
    }
    yield segment;
  }
  yield* gaps.slice(next);
}

function timeCells({ startMs, endMs }: Span, decimalSign: ',' | '.'): string[] {
  return [preciseClockTime(startMs, decimalSign), preciseClockTime(endMs, decimalSign)];
}

/** A cell as it is written in its row. */
function quoted(cell: string, delimiter: CsvDelimiter): string {
  const special = delimiter === 'tab' ? /["\t\r\n]/ : delimiter === 'semicolon' ? /[";\r\n]/ : /[",\r\n]/;
  return special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

// What begins a formula in Excel, LibreOffice or Google Sheets, in full width too (OWASP, "CSV Injection").
const FORMULA_START = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

// Speech that a dash opens, as in a dialogue. Excel makes `- No` the formula =-No and shows #NAME?.
const DIALOGUE = /^[-\uFF0D]+(?:[\p{Zs}\p{L}\p{M}"'\u2018-\u201F«»‹›¿¡…([♪*]|\.\.|\d[\d.,]*\p{Zs}\p{L}|$)/u;
const NO_BREAK_SPACE = '\u00A0';

/** Text that is no formula. After a no-break space, which no spreadsheet trims, a dash is text, and shown as it is. */
function textCell(text: string): string {
  const line = readableText(text);
  if (!FORMULA_START.test(line)) return line;
  return (DIALOGUE.test(line) ? NO_BREAK_SPACE : "'") + line;
}
