/** A part of a snippet, and whether it is a match. */
export interface SnippetPiece {
  /** Its start in the snippet. */
  readonly start: number;
  readonly text: string;
  readonly isMatch: boolean;
}

/** Splits a snippet at its matches; those may overlap or be in any order. */
export function highlighted(
  snippet: string,
  matches: readonly { readonly start: number; readonly end: number }[],
): SnippetPiece[] {
  const pieces: SnippetPiece[] = [];
  const add = (start: number, end: number, isMatch: boolean) => {
    if (end > start) pieces.push({ start, text: snippet.slice(start, end), isMatch });
  };
  let at = 0;
  for (const match of [...matches].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, match.start);
    add(at, start, false);
    add(start, match.end, true);
    at = Math.max(start, match.end);
  }
  add(at, snippet.length, false);
  return pieces;
}
