import type { EngineWord } from '../../contract/engine.ts';

/** Punctuation that belongs to the word after it. */
const OPENING = /^\s*[\p{Ps}\p{Pi}¿¡]+$|^\s+["'„‚*#]+$/u;

/**
 * Attaches punctuation that the engine returns as a word of its own to the word it belongs to: `¿`, `(` and `“` to the
 * next, everything else to the one before. Texts stay verbatim, whitespace included, so that joining them restores the
 * engine's text; times and probability are those of the spoken part. Empty if nothing is spoken.
 */
export function joinWords(heard: readonly EngineWord[]): EngineWord[] {
  const words: EngineWord[] = [];
  let opening = '';
  for (const word of heard) {
    const previous = words.at(-1);
    if (isSpoken(word.text)) {
      words.push({ ...word, text: opening + word.text });
      opening = '';
    } else if (previous === undefined || opening !== '' || OPENING.test(word.text)) {
      opening += word.text;
    } else {
      words[words.length - 1] = { ...previous, text: previous.text + word.text };
    }
  }
  const last = words.at(-1);
  if (last !== undefined) words[words.length - 1] = { ...last, text: last.text + opening };
  return words;
}

/** Whether a text has anything that can be spoken: a letter, a digit or a symbol such as `%`. */
export function isSpoken(text: string): boolean {
  return /[\p{L}\p{N}\p{Sc}%&+=@°§]/u.test(text);
}
