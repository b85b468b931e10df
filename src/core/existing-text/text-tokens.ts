import { soundOf } from '../text-alignment/split-words.ts';
import { spelledNumberAt } from './spelled-numbers.ts';

/** What is compared of a text: a normal form, and the words that it stands for. */
export interface Token {
  readonly key: string;
  /** Indices of words, the last excluded. */
  readonly from: number;
  readonly to: number;
}

/** Scripts that write no blanks: there each sign is compared by itself, for words are divided differently each time. */
const SIGN_BY_SIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Words that stand for a sign. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['percent', '%'],
  ['prozent', '%'],
  ['pourcent', '%'],
]);

/**
 * The tokens of words, so that the same speech has the same tokens however it was written: without case, accents and
 * punctuation, words with hyphens in parts, and numbers as digits, whether written in words or not.
 */
export function tokensOf(words: readonly string[], language: string): Token[] {
  const parts = words.flatMap((word, index) =>
    partsOf(word).map((key) => ({ key, from: index, to: index + 1 })),
  );
  const keys = parts.map(({ key }) => key);
  const tokens: Token[] = [];
  for (let at = 0; at < parts.length; ) {
    const number = spelledNumberAt(keys, at, language);
    const length = number?.length ?? 1;
    const [first, last] = [parts[at], parts[at + length - 1]];
    if (first === undefined || last === undefined) break;
    tokens.push({ key: number === null ? first.key : String(number.value), from: first.from, to: last.to });
    at += length;
  }
  return tokens;
}

function partsOf(word: string): string[] {
  const pieces = word.split(/[-‐‑–—/]+/u).flatMap((piece) => piece.split(/(?=%)/u));
  return pieces.flatMap((piece) => {
    const sound = soundOf(piece);
    if (!/[\p{L}\p{N}%]/u.test(sound)) return [];
    if (SIGN_BY_SIGN.test(sound)) return [...sound];
    const plain = sound.normalize('NFD').replace(/[\p{M}\p{Sc}]/gu, '');
    const ordinal = /^(\p{N}+)(?:st|nd|rd|th|er|eme|e|o|a|º|ª|te|ten|ter)$/u.exec(plain);
    return [ordinal?.[1] ?? SIGNS.get(plain) ?? plain];
  });
}
