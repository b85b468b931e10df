// Scripts written without blanks between words. Hangul has blanks.
const BLANKLESS_END =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303F\uFF01-\uFF60]$/u;
const BLANKLESS_START =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303F\uFF01-\uFF60]/u;

// What could hide or reorder other text on the page: controls, bidirectional overrides, byte order marks.
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu;

/**
 * Text as it may stand in a document: one line, well-formed Unicode, no control characters and no bidirectional
 * overrides, single blanks between words.
 */
export function readableText(text: string): string {
  const oneLine = text.toWellFormed().replace(/\s+/gu, ' ');
  return oneLine.replace(UNPRINTABLE, '').replace(/ {2,}/g, ' ').trim();
}

/** Whether a blank belongs between two pieces of running text, in their order: not in scripts that have none. */
export function needsBlankBetween(before: string, after: string): boolean {
  if (before === '' || after === '') return false;
  return !(BLANKLESS_END.test(before) && BLANKLESS_START.test(after));
}
