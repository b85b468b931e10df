/** What the placeholders of a snippet stand for. */
export interface SnippetValues {
  readonly time: string;
  readonly speaker: string;
  readonly date: string;
}

/** A snippet as it is inserted; `caret` is the place in the text where the caret goes. */
export interface FilledSnippet {
  readonly text: string;
  readonly caret: number;
}

const PLACEHOLDER = /\{(time|speaker|date|cursor)\}/g;

/** Fills a snippet's placeholders. The caret goes to the first `{cursor}`, else to the end; braces of other words stay. */
export function fillSnippet(snippet: string, values: SnippetValues): FilledSnippet {
  let text = '';
  let caret: number | null = null;
  let from = 0;
  for (const match of snippet.matchAll(PLACEHOLDER)) {
    text += snippet.slice(from, match.index);
    const name = match[1] as keyof SnippetValues | 'cursor';
    if (name === 'cursor') caret ??= text.length;
    else text += values[name];
    from = match.index + match[0].length;
  }
  text += snippet.slice(from);
  return { text, caret: caret ?? text.length };
}

/** The name typed at the end of a text, after a semicolon; null if none is. */
export function typedName(before: string): string | null {
  return /(?:^|[^\p{L}\p{N}]);([\p{L}\p{N}_-]{1,30})$/u.exec(before)?.[1] ?? null;
}

/** Sets a blank between a snippet and the words around it, as between words. */
export function spaced(filled: FilledSnippet, before: string, after: string): FilledSnippet {
  const isPunctuation = /^[\s,.;:!?)\]]/u.test(filled.text);
  const lead = /[^\s([«“¿¡]$/u.test(before) && !isPunctuation ? ' ' : '';
  const trail = /^[\p{L}\p{N}([«“¿¡]/u.test(after) && !/\s$/u.test(filled.text) ? ' ' : '';
  const isAtEnd = filled.caret === filled.text.length;
  const caret = lead.length + filled.caret + (isAtEnd ? trail.length : 0);
  return { text: `${lead}${filled.text}${trail}`, caret };
}
