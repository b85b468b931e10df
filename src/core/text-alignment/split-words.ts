import { isSpoken, joinWords } from './join-words.ts';

/** Languages written without spaces between words. */
const WITHOUT_BLANKS = new Set(['zh', 'yue', 'ja', 'th', 'lo', 'km', 'my', 'bo']);

/** A text as it is stored: in one line, with single spaces. */
export function normalText(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/**
 * The words of a text as the machine divides it: at spaces, with punctuation attached to the word it belongs to. In
 * scripts without spaces, words of the old text that still begin or end it are kept; the text between is divided by
 * Unicode's rules. A text that cannot be spoken is one word.
 */
export function splitWords(text: string, language: string, oldWords: readonly string[]): string[] {
  const normal = normalText(text);
  if (normal === '') return [];
  const pieces = WITHOUT_BLANKS.has(language)
    ? dividedLike(normal, oldWords, language)
    : normal.split(' ').map((word) => ` ${word}`);
  const words = joinWords(pieces.map((piece) => ({ startMs: 0, endMs: 0, text: piece, probability: 1 })));
  const texts = words.map((word) => word.text.trim());
  return texts.length === 0 ? [normal] : texts;
}

function dividedLike(text: string, oldWords: readonly string[], language: string): string[] {
  const start: string[] = [];
  let rest = text;
  let from = 0;
  for (let word = oldWords[from]; word !== undefined && startsWithWord(rest, word); word = oldWords[from]) {
    start.push(word);
    rest = rest.slice(word.length).trimStart();
    from += 1;
  }
  const end: string[] = [];
  for (let to = oldWords.length - 1; to >= from; to -= 1) {
    const word = oldWords[to] ?? '';
    if (word === '' || !rest.endsWith(word)) break;
    end.unshift(word);
    rest = rest.slice(0, rest.length - word.length).trimEnd();
  }
  const divided = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(rest)];
  return [...start, ...divided.map(({ segment }) => segment), ...end];
}

function startsWithWord(text: string, word: string): boolean {
  return word !== '' && text.startsWith(word);
}

/** A word without case and punctuation, for comparison. A word of punctuation alone is itself. */
export function soundOf(word: string): string {
  const sound = word.toLowerCase().replace(/[^\p{L}\p{N}\p{M}\p{Sc}%&+=@°§]+/gu, '');
  return isSpoken(sound) ? sound : word;
}
