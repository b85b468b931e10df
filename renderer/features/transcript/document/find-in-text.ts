import { indexAtPosition, type SegmentTable } from './segment-table.ts';

/** What is looked for in a transcript. */
export interface Search {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
}

/** A place where it stands: characters of the document, and the segment they are in. */
export interface Match {
  readonly from: number;
  readonly to: number;
  readonly index: number;
}

/**
 * Every place where a text stands within one segment, in order: to the letter, but any blanks for a blank, just as
 * replacing all of them sees it.
 */
export function findInText(document: string, table: SegmentTable, search: Search): Match[] {
  if (search.text.trim() === '') return [];
  const matches: Match[] = [];
  for (const found of document.matchAll(searchPattern(search))) {
    const to = found.index + found[0].length;
    const index = indexAtPosition(table, found.index);
    if (index >= 0 && to <= (table.to[index] as number)) matches.push({ from: found.index, to, index });
  }
  return matches;
}

/** The place of the first match at or behind a character; the very first where none follows; -1 where there is none. */
export function matchFrom(matches: readonly Match[], position: number): number {
  if (matches.length === 0) return -1;
  const next = matches.findIndex(({ from }) => from >= position);
  return next < 0 ? 0 : next;
}

/** What is looked for as a pattern that finds all of it. */
function searchPattern({ text, matchCase, wholeWords }: Search): RegExp {
  const literal = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/gu, '\\s+');
  const source = wholeWords ? `(?<![\\p{L}\\p{N}\\p{M}_])${literal}(?![\\p{L}\\p{N}\\p{M}_])` : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
