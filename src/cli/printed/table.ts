import { showable } from '../../contract/untrusted-text.ts';
import { displayWidth, padded } from './display-width.ts';

/** A cell of a numeric column: digits, a unit, or nothing. */
const FIGURE = /^[\d.,:×–\u00a0-]*( ?(s|%|[kMGT]?B))?$/;

/** Rows as aligned columns under their headings; figures to the right. Names in them cannot control the terminal. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(showable));
  const columns = headings.map((heading, index) => {
    const column = cells.map((row) => row[index] ?? '');
    return {
      width: Math.max(...[heading, ...column].map(displayWidth)),
      ofFigures: rows.length > 0 && column.every((cell) => FIGURE.test(cell)),
    };
  });
  const line = (row: readonly string[]) =>
    columns
      .map(({ width, ofFigures }, index) => {
        const cell = row[index] ?? '';
        return ofFigures ? ' '.repeat(width - displayWidth(cell)) + cell : padded(cell, width);
      })
      .join('  ')
      .trimEnd();
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('  ');
  return [line(headings), rule, ...cells.map(line)].join('\n');
}

/** Facts as lines of name and value, the values below each other. */
export function factList(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...facts.map(([name]) => displayWidth(name)));
  return facts.map(([name, value]) => `${padded(name, width)}  ${showable(value)}`).join('\n');
}
