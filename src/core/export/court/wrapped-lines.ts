import { columnsOf } from '../text-columns.ts';

/** A line, and where in the text it begins. */
export interface WrappedLine {
  readonly text: string;
  readonly from: number;
}

/** How a text is broken into lines. */
export interface Wrapping {
  readonly first: string;
  readonly further: number;
  readonly columns: number;
}

/** A text as lines of at most so many columns, each with the blanks that begin it. */
export function wrappedLines(text: string, wrapping: Wrapping): string[] {
  return placedLines(text, wrapping).map((line) => line.text);
}

/** The lines of `wrappedLines` with their places. */
export function placedLines(text: string, { first, further, columns }: Wrapping): WrappedLine[] {
  const lines: WrappedLine[] = [];
  const start = ' '.repeat(further);
  let line = first;
  let isFresh = true;
  /** Where the line begins, and where the rest of the text does. */
  let from = 0;
  let at = 0;
  const end = () => {
    lines.push({ text: line.trimEnd(), from });
    line = start;
    isFresh = true;
    from = at;
  };
  for (const word of text.split(' ')) {
    const needed = columnsOf(word) + (isFresh ? 0 : 1);
    if (!isFresh && columnsOf(line) + needed > columns) end();
    let rest = word;
    // A word that is longer than a line is broken where the line ends.
    while (columnsOf(line) + columnsOf(rest) > columns) {
      const taken = fitting(rest, columns - columnsOf(line));
      if (taken === '') {
        if (isFresh) break;
        end();
        continue;
      }
      line += taken;
      rest = rest.slice(taken.length);
      at += taken.length;
      isFresh = false;
      end();
    }
    line += isFresh ? rest : ` ${rest}`;
    at += rest.length + 1;
    isFresh = false;
  }
  if (line.trim() !== '') end();
  return lines;
}

/** The beginning of a word that fits into so many columns. */
function fitting(word: string, columns: number): string {
  let taken = '';
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (columnsOf(taken + segment) > columns) break;
    taken += segment;
  }
  return taken;
}
