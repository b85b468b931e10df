import { endsSentence } from '../readable-text.ts';
import { CLEAN_WORDS, type CleanWords } from './filler-words.ts';

/** A word as it is written, with the punctuation at it. */
export interface WrittenWord {
  readonly text: string;
}

/** Words without fillers and repetitions, and how many were left out. */
export interface CleanedWords<W extends WrittenWord> {
  readonly words: W[];
  readonly leftOut: number;
}

const BROKEN_OFF = /[-\u2010-\u2014]$/u;
const LOOSE_END = /[,;:\u2010-\u2014-]+$/u;
const CLOSING = /[.?!\u2026]+["'\p{Pf}\p{Pe}]*$/u;

/**
 * Leaves out hesitations, words that are said twice at once, and broken-off beginnings of the word that follows, by the lists of
 * the language; without a list nothing is. The full stop of what is left out, and a capital letter, go to its neighbour.
 */
export function cleanedWords<W extends WrittenWord>(words: readonly W[], language: string): CleanedWords<W> {
  const lists = CLEAN_WORDS.get(language);
  if (lists === undefined) return { words: [...words], leftOut: 0 };
  const kept = withoutRepetitions(withoutFillers(words, lists), lists);
  return { words: kept, leftOut: words.length - kept.length };
}

function withoutFillers<W extends WrittenWord>(words: readonly W[], { fillers }: CleanWords): W[] {
  const kept: W[] = [];
  let capital = false;
  for (const word of words) {
    if (fillers.has(core(word.text))) {
      const previous = kept.at(-1);
      capital ||= (previous === undefined || endsSentence(previous.text)) && isCapital(word.text);
      if (previous !== undefined) kept[kept.length - 1] = closedLike(previous, word);
      continue;
    }
    kept.push(capital ? capitalised(word) : word);
    capital = false;
  }
  return kept;
}

/** A word with the end of the sentence that was left out behind it. */
function closedLike<W extends WrittenWord>(previous: W, leftOut: WrittenWord): W {
  const [end] = CLOSING.exec(leftOut.text) ?? [];
  if (end === undefined || endsSentence(previous.text)) return previous;
  return { ...previous, text: previous.text.replace(LOOSE_END, '') + end };
}

function withoutRepetitions<W extends WrittenWord>(words: readonly W[], lists: CleanWords): W[] {
  const kept: W[] = [];
  for (const word of words) {
    let said = word;
    // A beginning that was broken off may follow the whole word: the the th- the.
    for (let previous = kept.at(-1); previous !== undefined; previous = kept.at(-1)) {
      if (!isRepeated(previous.text, said.text, lists)) break;
      if (isCapital(previous.text)) said = capitalised(said);
      kept.pop();
    }
    kept.push(said);
  }
  return kept;
}

/** Whether the second word says the first again. */
function isRepeated(first: string, second: string, { doubled, letters }: CleanWords): boolean {
  if (endsSentence(first)) return false;
  const [one, other] = [core(first), core(second)];
  if (one === '' || /\p{N}/u.test(one)) return false;
  if (BROKEN_OFF.test(first) && one !== other) return other.startsWith(one);
  if (one !== other || doubled.has(one)) return false;
  return one.length > 1 || letters.has(one);
}

/** The word in small letters without punctuation around it. */
function core(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '').toLowerCase();
}

function isCapital(text: string): boolean {
  return /^[^\p{L}]*\p{Lu}/u.test(text);
}

function capitalised<W extends WrittenWord>(word: W): W {
  return { ...word, text: word.text.replace(/\p{L}/u, (letter) => letter.toUpperCase()) };
}
