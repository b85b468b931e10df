import { indexAtPosition, type SegmentTable } from './segment-table.ts';

/** A search query in a transcript. */
export interface TextSearch {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
}

/** A match: a range of characters of the document, and the segment that contains it. */
export interface Match {
  readonly from: number;
  readonly to: number;
  readonly index: number;
}

/**
 * All matches of a text within one segment, in order: literal, except that any whitespace matches a space,
 * as in replace all.
 */
export function findInText(document: string, table: SegmentTable, search: TextSearch): Match[] {
  if (search.text.trim() === '') return [];
  const matches: Match[] = [];
  for (const found of document.matchAll(searchPattern(search))) {
    const to = found.index + found[0].length;
    const index = indexAtPosition(table, found.index);
    if (index >= 0 && to <= (table.to[index] as number)) matches.push({ from: found.index, to, index });
  }
  return matches;
}

/** Index of the first match at or after a character, of the very first if none follows; -1 without matches. */
export function matchFrom(matches: readonly Match[], position: number): number {
  if (matches.length === 0) return -1;
  const next = matches.findIndex(({ from }) => from >= position);
  return next < 0 ? 0 : next;
}

/** The query as a pattern that finds all matches. */
function searchPattern({ text, matchCase, wholeWords }: TextSearch): RegExp {
  const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/gu, '\\s+');
  const source = wholeWords ? `(?<![\\p{L}\\p{N}\\p{M}_])${literal}(?![\\p{L}\\p{N}\\p{M}_])` : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
