import type { SubtitleShape } from '../../../contract/format-options.ts';
import { endsSentence } from '../readable-text.ts';
import { columnsOf } from '../text-columns.ts';
import type { CueToken } from './cue-tokens.ts';

const CLAUSE_END = /[,;:\u2013\u2014\uFF0C\u3001\uFF1B\uFF1A\u060C\u061B]["'\p{Pf}\p{Pe}]*$/u;

/** Whether a clause ends here, in the punctuation of any of Whisper's languages. */
export function endsClause(text: string): boolean {
  return CLAUSE_END.test(text);
}

/** Tokens as one line of text. */
export function lineOf(tokens: readonly CueToken[]): string {
  let line = '';
  for (const { text, blankBefore } of tokens) line += line !== '' && blankBefore ? ` ${text}` : text;
  return line;
}

/** How many lines the tokens need. */
export function lineCount(tokens: readonly CueToken[], lineLength: number): number {
  let lines = 0;
  let columns = Number.POSITIVE_INFINITY;
  for (const { text, blankBefore } of tokens) {
    const width = columnsOf(text);
    const longer = columns + (blankBefore ? 1 : 0) + width;
    if (longer > lineLength) lines++;
    columns = longer > lineLength ? width : longer;
  }
  return lines;
}

/** The tokens in as few lines as possible, as even as the words allow, broken preferably at sentences and clauses. */
export function linesOf(
  tokens: readonly CueToken[],
  { lineLength }: Pick<SubtitleShape, 'lineLength'>,
): string[] {
  const count = lineCount(tokens, lineLength);
  const blanks = tokens.some(({ blankBefore }) => blankBefore) ? count - 1 : 0;
  const evenColumns = (columnsOf(lineOf(tokens)) - blanks) / Math.max(1, count);
  const seen = new Map<string, Lines | null>();

  const best = (from: number, left: number): Lines | null => {
    const key = `${from} ${left}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    let found: Lines | null = null;
    const ends = left === 1 ? [tokens.length] : range(from + 1, tokens.length);
    for (const end of ends) {
      const line = lineOf(tokens.slice(from, end));
      // A token wider than a line has one to itself: no word is ever left out.
      if (columnsOf(line) > lineLength && end > from + 1) break;
      const rest = left === 1 ? { cost: 0, lines: [] } : best(end, left - 1);
      if (rest === null) continue;
      const cost = lineCost(line, evenColumns, left === 1) + rest.cost;
      if (found === null || cost < found.cost) found = { cost, lines: [line, ...rest.lines] };
    }
    seen.set(key, found);
    return found;
  };
  return [...(best(0, count)?.lines ?? [])];
}

interface Lines {
  readonly cost: number;
  readonly lines: readonly string[];
}

function lineCost(line: string, evenColumns: number, isLast: boolean): number {
  const columns = columnsOf(line);
  const uneven = Math.abs(columns - evenColumns);
  if (isLast) return uneven;
  const reward = endsSentence(line) ? 16 : endsClause(line) ? 8 : 0;
  // Of two even breaks the one with the shorter first line hides less of the picture.
  const topHeavy = columns > evenColumns ? 2 : 0;
  return uneven + topHeavy - reward;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
