import { type MatchExtended, ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import * as spanish from '@zxcvbn-ts/language-es-es';
import { distance } from 'fastest-levenshtein';
import { countedPassphrase, type PassphraseWeakness } from '../../contract/passphrase.ts';
import { KNOWN_PHRASES } from './known-phrases.ts';

/** The estimated effort of guessing a passphrase. */
export interface GuessEstimate {
  /** Decimal logarithm of the guesses that a good attacker needs. */
  readonly guessesLog10: number;
  /** The main weakness; null if there is none in particular. */
  readonly weakness: PassphraseWeakness | null;
}

/** Characters after these are ignored: they make a passphrase no weaker, and the time grows faster than linearly. */
const LONGEST = 64;

/** Substitutions of letters by symbols that are tried: all that people use, in bounded time. */
const MOST_SUBSTITUTIONS = 16;

/** Least letters of a word that is recognized with one letter wrong. */
const SHORTEST_MISSPELT = 7;
/** All words of all languages with all their forms, as a decimal logarithm, and the longest's letters. */
const ANY_WORD = { log10: 7, longest: 24 };

/** One wrong letter in a word, in another case or as a symbol: an attacker's factor, as a decimal logarithm. */
const MISSPELT_LOG10 = 3;

/** Symbols for some of a word's letters, and capitals: an attacker's factor, as a decimal logarithm. */
const SIGNS_LOG10 = 2;

const dictionary = {
  ...common.dictionary,
  ...english.dictionary,
  ...spanish.dictionary,
  phrases: [...KNOWN_PHRASES],
};

const estimator = new ZxcvbnFactory({
  dictionary,
  graphs: common.adjacencyGraphs,
  maxLength: LONGEST,
  l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
});

/** Long words by their first letter and their length. */
const longWords = new Map<string, Set<string>>();
for (const word of Object.values(dictionary).flat().map(String)) {
  if (word.length < SHORTEST_MISSPELT || !/^\p{L}+$/u.test(word)) continue;
  const shelf = shelfOf(word.charAt(0), word.length);
  const words = longWords.get(shelf) ?? new Set();
  longWords.set(shelf, words.add(word));
}

/**
 * Estimates the guesses that a passphrase needs by zxcvbn (Wheeler 2016), with English and Spanish dictionaries and the
 * words in `own`, which an attacker who has the vault would try. Beyond zxcvbn, accents and separators between words
 * count for little, long words with one wrong letter are recognized, and what is pronounceable is a word. Random text
 * is underestimated, as zxcvbn does. Takes some tenths of a second at most.
 */
export function estimateGuesses(passphrase: string, own: readonly string[]): GuessEstimate {
  const text = [...countedPassphrase(passphrase)].slice(0, LONGEST).join('');
  const ownWords = [
    ...new Set(own.flatMap((name) => [name, squeezed(name), ...name.split(/[^\p{L}\p{N}]+/u)])),
  ];
  const inputs = ownWords.filter((word) => word.length > 2);
  const estimates = variantsOf(text).map(({ variant, factorLog10, isMisspelt }): GuessEstimate => {
    const { guessesLog10, sequence } = estimator.check(variant, inputs);
    const weakness = isMisspelt ? 'word' : weaknessOf(sequence);
    return { guessesLog10: guessesLog10 + factorLog10, weakness };
  });
  estimates.push(wordByWord(text, inputs));
  const signless = withoutSigns(text);
  if (signless !== text) {
    const { guessesLog10, weakness } = wordByWord(signless, inputs);
    estimates.push({ guessesLog10: guessesLog10 + SIGNS_LOG10, weakness });
  }
  const least = estimates.reduce((best, next) => (next.guessesLog10 < best.guessesLog10 ? next : best));
  return signless === text ? least : { ...least, weakness: least.weakness ?? 'word' };
}

interface Variant {
  readonly variant: string;
  readonly factorLog10: number;
  readonly isMisspelt: boolean;
}

/** Variants of a passphrase as an attacker would build it, with the extra cost of each. */
function variantsOf(text: string): Variant[] {
  const plain = { factorLog10: 0, isMisspelt: false };
  const found: Variant[] = [{ variant: text, ...plain }];
  const joined = squeezed(text);
  // One kind of separator between words is soon found; several are not habitual.
  const signs = new Set(text.match(BETWEEN_WORDS)?.join('')).size;
  if (joined !== '' && joined !== text) found.push({ variant: joined, ...plain, factorLog10: signs });
  const bare = joined.normalize('NFD').replace(/\p{M}/gu, '');
  if (bare !== joined) found.push({ variant: bare, ...plain, factorLog10: signs + 1 });
  const spelt = rightlySpelt(text);
  if (spelt !== text) found.push({ variant: spelt, factorLog10: MISSPELT_LOG10, isMisspelt: true });
  return found;
}

/**
 * The cost of guessing each word and the separators, in any order, as zxcvbn counts it: every word is in some
 * dictionary.
 */
function wordByWord(text: string, inputs: string[]): GuessEstimate {
  const pieces = [...new Set(text.match(/\p{L}+|[^\p{L}]+/gu))];
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  let guessesLog10 = 0;
  let weakness: PassphraseWeakness | null = null;
  for (const [index, piece] of pieces.entries()) {
    const found = estimator.check(piece, inputs);
    const isUnknownWord = isPronounceable(piece) && found.guessesLog10 > ANY_WORD.log10;
    guessesLog10 += (isUnknownWord ? ANY_WORD.log10 : found.guessesLog10) + Math.log10(index + 1);
    if (piece === longest) weakness = isUnknownWord ? 'word' : weaknessOf(found.sequence);
  }
  return { guessesLog10, weakness };
}

/** Letters and digits alone. */
function squeezed(text: string): string {
  return text.replace(BETWEEN_WORDS, '');
}

const BETWEEN_WORDS = /[^\p{L}\p{N}\p{M}]+/gu;

const LETTERS_OF_SIGNS: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** A text with misspelt long words replaced by the word one letter away. */
function rightlySpelt(text: string): string {
  return withStems(text, (stem, letters) => nearestWord(letters) ?? stem);
}

/** A text with the symbols within words replaced by their letters. */
function withoutSigns(text: string): string {
  return withStems(text, (stem, letters) => (letters === stem.toLowerCase() ? stem : letters));
}

/** A text with each word, up to its last letter, mapped by `change`: passed as written and as lower-case letters. */
function withStems(text: string, change: (stem: string, letters: string) => string): string {
  return text.replace(/[\p{L}\p{N}@$!]+/gu, (token) => {
    const [, stem = '', end = ''] = /^(.*\p{L})([^\p{L}]*)$/u.exec(token) ?? [];
    const letters = [...stem.toLowerCase()].map((sign) => LETTERS_OF_SIGNS[sign] ?? sign).join('');
    return stem === '' ? token : change(stem, letters) + end;
  });
}

/** A long word that differs in one letter; null if there is none, or if the text is a word itself. */
function nearestWord(letters: string): string | null {
  if (letters.length < SHORTEST_MISSPELT) return null;
  const first = letters.charAt(0);
  const wordsOf = (length: number) => longWords.get(shelfOf(first, length)) ?? new Set<string>();
  if (wordsOf(letters.length).has(letters)) return null;
  for (const length of [letters.length, letters.length + 1, letters.length - 1]) {
    for (const word of wordsOf(length)) if (distance(word, letters) === 1) return word;
  }
  return null;
}

function shelfOf(first: string, length: number): string {
  return `${first}${length}`;
}

/** Whether letters have enough vowels, and no long run of vowels or consonants, for a word of a European language. */
function isPronounceable(piece: string): boolean {
  const plain = piece.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  if (plain.length > ANY_WORD.longest || !/^[a-z]+$/.test(plain)) return false;
  const vowels = plain.match(/[aeiouy]/g)?.length ?? 0;
  return vowels >= 0.2 * plain.length && !/[^aeiouy]{5}|[aeiouy]{5}/.test(plain);
}

/** The kind of the longest part of a passphrase that is on an attacker's list. */
function weaknessOf(sequence: readonly MatchExtended[]): PassphraseWeakness | null {
  const longest = sequence.reduce<MatchExtended | null>(
    (best, match) => (match.token.length > (best?.token.length ?? 0) ? match : best),
    null,
  );
  switch (longest?.pattern) {
    case 'dictionary':
      return weaknessOfDictionary(String(longest.dictionaryName));
    case 'spatial':
      return 'keyboard';
    case 'repeat':
      return 'repeated';
    case 'sequence':
    case 'wordSequence':
      return 'sequence';
    case 'date':
    case 'regex':
      return 'date';
    default:
      return null;
  }
}

function weaknessOfDictionary(name: string): PassphraseWeakness {
  if (name === 'userInputs') return 'own';
  if (name === 'phrases') return 'phrase';
  if (name.startsWith('passwords')) return 'common';
  return name.startsWith('firstnames') || name.startsWith('lastnames') ? 'name' : 'word';
}
