import type { EngineWord } from '../../contract/engine.ts';

/** A character of a script written without blanks between words: there, each group of the engine is a word. */
export const BLANKLESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Punctuation that belongs to the word after it. */
const OPENING = /^\s*[\p{Ps}\p{Pi}¿¡]+$|^\s+["'„‚*#]+$/u;

/**
 * Makes words of the engine's token groups: parts without a blank between them become one word, and punctuation
 * that stands alone is attached to its word. Texts stay verbatim, blanks included, so that joining them gives the
 * engine's text back; times and probability are those of the spoken parts alone.
 */
export function joinWords(groups: readonly EngineWord[]): EngineWord[] {
  const words: EngineWord[] = [];
  let opening = '';
  for (const word of joinParts(groups)) {
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

/** Whether a text has anything that can be said: a letter, a digit or a symbol such as `%`. */
export function isSpoken(text: string): boolean {
  return /[\p{L}\p{N}\p{Sc}%&+=@°§]/u.test(text);
}

/** Joins groups that no blank separates. */
function joinParts(groups: readonly EngineWord[]): EngineWord[] {
  const words: EngineWord[] = [];
  for (const group of groups) {
    const previous = words.at(-1);
    if (previous !== undefined && continues(previous.text, group.text)) {
      words[words.length - 1] = joinTwo(previous, group);
    } else {
      words.push(group);
    }
  }
  return words;
}

function continues(before: string, after: string): boolean {
  if (/\s$/u.test(before) || /^\s/u.test(after)) return before.trim() === '';
  return !(BLANKLESS.test(before.slice(-1)) || BLANKLESS.test(after.slice(0, 1)));
}

function joinTwo(before: EngineWord, after: EngineWord): EngineWord {
  const text = before.text + after.text;
  if (!isSpoken(after.text)) return { ...before, text };
  if (!isSpoken(before.text)) return { ...after, text };
  const share = before.text.length / text.length;
  return {
    text,
    startMs: Math.min(before.startMs, after.startMs),
    endMs: Math.max(before.endMs, after.endMs),
    probability: before.probability * share + after.probability * (1 - share),
  };
}
