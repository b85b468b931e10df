import { commonPairs, type Pair } from '../text-alignment/common-words.ts';
import type { Token } from './text-tokens.ts';

/** So many pairs in a row are looked at to tell whether both texts say the same there. */
const RUN = 6;
/** Texts that say the same have this share of their letters in common; in others the frequent short words make up far less. */
const ALIKE = 0.45;

/** When two tokens can be the same besides their keys, by their indices; without it all can. */
export type CanMatch = (text: number, heard: number) => boolean;

/**
 * The tokens that a text and what was heard have in common, as pairs of indices in order. Where the two say different
 * things, the frequent words that they still share by chance are no pairs.
 */
export function matchTokens(text: readonly Token[], heard: readonly Token[], canMatch?: CanMatch): Pair[] {
  const textPlaces = text.map((token, index) => ({ key: token.key, index }));
  const heardPlaces = heard.map((token, index) => ({ key: token.key, index }));
  const pairs = commonPairs(textPlaces, heardPlaces, {
    keyOf: ({ key }) => key,
    ...(canMatch && { isSame: (a, b) => canMatch(a.index, b.index) }),
  });
  const textLetters = letters(text);
  const heardLetters = letters(heard);
  const isAlike = (from: number, to: number): boolean => {
    const [first, last] = [pairs[from], pairs[to]];
    if (first === undefined || last === undefined) return false;
    let common = 0;
    for (let at = from; at <= to; at += 1) common += text[pairs[at]?.[0] ?? 0]?.key.length ?? 0;
    const spans = [between(textLetters, first[0], last[0]), between(heardLetters, first[1], last[1])];
    return common >= ALIKE * Math.max(...spans);
  };
  const run = Math.min(RUN, Math.ceil(text.length / 2), Math.ceil(heard.length / 2));
  return pairs.filter(
    (_, at) => isAlike(at - run + 1, at) || isAlike(at, at + run - 1) || isInRun(at, run, isAlike),
  );
}

/** Whether a pair stands within a run that is alike: at the beginning and end of a text no whole run is on one side. */
function isInRun(at: number, run: number, isAlike: (from: number, to: number) => boolean): boolean {
  for (let from = at - run + 2; from < at; from += 1) if (isAlike(from, from + run - 1)) return true;
  return false;
}

/** How many letters stand before each token, and behind the last. */
function letters(tokens: readonly Token[]): number[] {
  const sums = [0];
  for (const { key } of tokens) sums.push((sums.at(-1) ?? 0) + key.length);
  return sums;
}

function between(sums: readonly number[], first: number, last: number): number {
  return (sums[last + 1] ?? 0) - (sums[first] ?? 0);
}
