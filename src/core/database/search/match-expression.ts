/**
 * A full-text query for what a user typed: each word in quotation marks, so that nothing in it is parsed as query
 * syntax; all must occur, the last as a prefix. A word with punctuation inside (`well-known`) becomes a phrase. Null if
 * there is nothing to search for. Syntax: sqlite.org/fts5.html.
 */
export function matchExpression(typed: string): string | null {
  const words = typed
    .toWellFormed()
    // NUL would end the query in the middle of a quotation.
    .split(/[\s\0]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  return `${words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ')} *`;
}
