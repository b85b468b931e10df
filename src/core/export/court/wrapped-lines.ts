import { columnsOf } from '../text-columns.ts';

/** A text as lines of at most so many columns, each with the blanks that begin it. */
export function wrappedLines(
  text: string,
  { first, further, columns }: { readonly first: string; readonly further: number; readonly columns: number },
): string[] {
  const lines: string[] = [];
  const start = ' '.repeat(further);
  let line = first;
  let isFresh = true;
  const end = () => {
    lines.push(line.trimEnd());
    line = start;
    isFresh = true;
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
      isFresh = false;
      end();
    }
    line += isFresh ? rest : ` ${rest}`;
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
