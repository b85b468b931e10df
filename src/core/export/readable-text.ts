// Scripts written without spaces between words. Hangul has spaces.
const BLANKLESS = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((script) => `\\p{Script=${script}}`)
  .join('');
// Their punctuation, and the full-width forms.
const WIDE_MARKS = '\\u3000-\\u303F\\uFF01-\\uFF60';

const BLANKLESS_ANYWHERE = new RegExp(`[${BLANKLESS}]`, 'u');
const BLANKLESS_START = new RegExp(`^[${BLANKLESS}${WIDE_MARKS}]`, 'u');
const BLANKLESS_END = new RegExp(`[${BLANKLESS}${WIDE_MARKS}]$`, 'u');

// Latin, full-width, Arabic and Indic sentence ends, with the closing quotes and brackets after them.
const SENTENCE_END = /[.?!\u2026\u3002\uFF01\uFF1F\uFF0E\u061F\u06D4\u0964]["'\p{Pf}\p{Pe}]*$/u;

// Characters that could hide or reorder other text on the page: controls, bidirectional overrides, byte order marks.
const UNPRINTABLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu;

/**
 * Text cleaned for a document: one line, well-formed Unicode, no control characters and no bidirectional
 * overrides, single spaces between words.
 */
export function readableText(text: string): string {
  const oneLine = text.toWellFormed().replace(/\s+/gu, ' ');
  return oneLine.replace(UNPRINTABLE, '').replace(/ {2,}/g, ' ').trim();
}

/** Whether a space belongs between two pieces of running text, in their order: not in scripts that have none. */
export function needsBlankBetween(before: string, after: string): boolean {
  if (before === '' || after === '') return false;
  return !(BLANKLESS_END.test(before) && BLANKLESS_START.test(after));
}

/** Whether a text has letters of a script that is written without spaces between words. */
export function hasBlanklessScript(text: string): boolean {
  return BLANKLESS_ANYWHERE.test(text);
}

/** Whether a sentence ends here, in the punctuation of any of Whisper's languages. */
export function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text);
}
