import { distance } from 'fastest-levenshtein';

/** A word of a text, at a range of its characters. */
export interface SpelledPlace {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Letters, with an apostrophe between them; what has digits, an @ or the like in it is no word. */
const WORD = /[\p{L}\p{M}\p{N}_@/\\#&]+(?:['’ʼ.][\p{L}\p{M}\p{N}_@]+)*/gu;
const LETTERS = /^[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*$/u;
/** Abbreviations, and names such as VoiceSync. */
const CAPITALS = /^\p{Lu}[\p{Lu}\p{M}'’]+s?$|\p{Ll}\p{Lu}/u;

/** The longest that is looked up. */
const LONGEST = 60;

/**
 * The words of a text that have a spelling to be checked: of two letters or more, no abbreviations in capitals, no numbers,
 * no addresses. `offset` is added to every place.
 */
export function spelledWords(text: string, offset = 0): SpelledPlace[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: found, index }) => {
    const word = found.replace(/^['’]+|['’]+$/gu, '');
    if (word.length < 2 || word.length > LONGEST || !LETTERS.test(word) || CAPITALS.test(word)) return [];
    return [{ word, from: offset + index, to: offset + index + word.length }];
  });
}

/** A word as it is compared: capitals and kinds of apostrophes make no difference. */
export function wordKey(word: string): string {
  return word.normalize('NFC').replace(/[’ʼ]/gu, "'").toLowerCase();
}

/** Keys under which a word may be known: itself, and without a possessive. */
export function wordKeys(word: string): readonly string[] {
  const key = wordKey(word);
  return key.endsWith("'s") ? [key, key.slice(0, -2)] : [key];
}

/** How many suggestions are shown. */
const MOST_SUGGESTIONS = 6;

/**
 * Suggestions for a word as they are shown: known words that are nearly the same first, then the dictionary's, in the word's own
 * capitals.
 */
export function shownSuggestions(
  word: string,
  known: Iterable<string>,
  fromDictionary: readonly string[],
): string[] {
  const key = wordKey(word);
  const most = key.length < 5 ? 1 : 2;
  const near = [...known]
    .map((one) => ({
      one,
      away: Math.abs(one.length - key.length) > most ? most + 1 : distance(key, wordKey(one)),
    }))
    .filter(({ away }) => away > 0 && away <= most)
    .sort((a, b) => a.away - b.away)
    .map(({ one }) => one);
  const isCapital = /^\p{Lu}/u.test(word);
  const cased = fromDictionary.map((one) => (isCapital ? one.charAt(0).toUpperCase() + one.slice(1) : one));
  return [...new Set([...near, ...cased])].filter((one) => one !== word).slice(0, MOST_SUGGESTIONS);
}
