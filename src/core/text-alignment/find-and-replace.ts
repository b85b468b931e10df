/** The search query. */
export interface Search {
  readonly find: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
}

/** The text with every match replaced, and the number of matches. */
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

/** The query as a pattern: literal, but any whitespace for a space. */
export function patternOf({ find, matchCase, wholeWords }: Search): RegExp {
  const literal = find.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/gu, '\\s+');
  const source = wholeWords ? `(?<![\\p{L}\\p{N}\\p{M}_])${literal}(?![\\p{L}\\p{N}\\p{M}_])` : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
