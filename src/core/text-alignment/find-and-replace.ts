/** What is looked for. */
export interface Search {
  readonly find: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
}

/** The text with every place of what is looked for replaced, and how many there were. */
export function replacedIn(
  text: string,
  search: Search,
  replacement: string,
): { text: string; count: number } {
  let count = 0;
  const changed = text.replace(patternOf(search), () => {
    count += 1;
    return replacement;
  });
  return { text: changed, count };
}

/** What is looked for as a pattern: to the letter, but any blanks for a blank. */
function patternOf({ find, matchCase, wholeWords }: Search): RegExp {
  const literal = find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/gu, '\\s+');
  const source = wholeWords ? `(?<![\\p{L}\\p{N}\\p{M}_])${literal}(?![\\p{L}\\p{N}\\p{M}_])` : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
