import { columnsOf } from '../text-columns.ts';
import type { CourtLayout } from './court-layout.ts';
import type { CourtDocument, CourtPage } from './court-pages.ts';

/** Width of the line numbers in plain text, with the blanks behind them. */
const NUMBER_COLUMNS = 5;

/**
 * A court's pages as plain text: heading with the page's number, numbered lines, and a form feed between two pages, at which
 * printers and transcript programs turn the page. UTF-8, `\n`.
 */
export function* courtText({ heading, pages }: CourtDocument, layout: CourtLayout): Generator<string> {
  for (const page of pages) {
    if (page.number > 1) yield '\f';
    const line = headingLine(heading, page, layout);
    if (layout.pageNumber === 'top') yield `${indented(line)}\n\n`;
    yield pageLines(page)
      .map((text) => `${text}\n`)
      .join('');
    if (layout.pageNumber === 'bottom') yield `\n${indented(line)}\n`;
  }
}

/** The heading at the left margin and the page's number at the right one. */
export function headingLine(
  heading: string,
  { number }: Pick<CourtPage, 'number'>,
  { columns }: Pick<CourtLayout, 'columns'>,
): string {
  const page = String(number);
  let shown = heading;
  while (columnsOf(shown) > columns - page.length - 2) shown = [...shown].slice(0, -1).join('');
  return shown + ' '.repeat(columns - columnsOf(shown) - page.length) + page;
}

/** The lines of a page with their numbers. */
function pageLines({ isNumbered, lines }: CourtPage): string[] {
  return lines.map((text, at) =>
    (isNumbered ? `${String(at + 1).padStart(2)}   ${text}` : indented(text)).trimEnd(),
  );
}

function indented(text: string): string {
  return text === '' ? '' : ' '.repeat(NUMBER_COLUMNS) + text;
}
