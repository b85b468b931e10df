/**
 * A full-text query for what a user typed: each word in quotation marks, so that nothing in it is taken for the query
 * language; all must occur, and the last may be only begun. A word with signs inside (`well-known`) becomes a phrase.
 * Null where there is nothing to look for. Syntax: sqlite.org/fts5.html.
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
