import type { CorrectionRuleText } from '../../contract/correction-rules.ts';
import { patternOf } from './find-and-replace.ts';

/** One replacement in a text. */
export interface MadeCorrection {
  /** Where the replacement begins in the corrected text, in UTF-16 units. */
  readonly index: number;
  readonly found: string;
  readonly replacement: string;
}

/** A text and what rules have replaced in it. */
export interface CorrectedText {
  readonly text: string;
  readonly made: readonly MadeCorrection[];
}

/** Rules made ready for many texts. */
export interface ReadyRules {
  /** A quick look whether any can apply; null if there are none. */
  readonly any: RegExp | null;
  /** In the order in which they are tried. */
  readonly rules: readonly { readonly pattern: RegExp; readonly rule: CorrectionRuleText }[];
}

/**
 * Rules in the order in which they are tried: list by list, in each the longest first, so that "Mr Thorn" comes before
 * "Thorn".
 */
export function readyRules(lists: readonly (readonly CorrectionRuleText[])[]): ReadyRules {
  const ordered = lists.flatMap((list) => list.toSorted((a, b) => b.find.length - a.find.length));
  const rules = ordered.map((rule) => ({
    rule,
    pattern: patternOf({ find: rule.find, matchCase: rule.matchCase, wholeWords: true }),
  }));
  const any = rules.map(({ pattern }) => `(?:${pattern.source})`).join('|');
  return { any: any === '' ? null : new RegExp(any, 'iu'), rules };
}

/**
 * The text with every whole word or phrase that a rule finds replaced. What one rule has replaced no other looks at again,
 * so that rules never work on one another's results. Null if nothing changes.
 */
export function correctByRules(text: string, { any, rules }: ReadyRules): CorrectedText | null {
  if (any === null || !any.test(text)) return null;
  const places: { start: number; end: number; found: string; replacement: string }[] = [];
  for (const { pattern, rule } of rules) {
    for (const match of text.matchAll(pattern)) {
      const [found] = match;
      const end = match.index + found.length;
      if (places.some((place) => match.index < place.end && end > place.start)) continue;
      const replacement = rule.matchCase ? rule.replacement : inCaseOf(found, rule);
      places.push({ start: match.index, end, found, replacement });
    }
  }
  places.sort((a, b) => a.start - b.start);
  const made: MadeCorrection[] = [];
  let corrected = '';
  let done = 0;
  for (const { start, end, found, replacement } of places) {
    corrected += text.slice(done, start);
    if (found !== replacement) made.push({ index: corrected.length, found, replacement });
    corrected += replacement;
    done = end;
  }
  return made.length === 0 ? null : { text: corrected + text.slice(done), made };
}

/**
 * Two texts of which the second goes on where the first ends, with a phrase replaced that begins in the one and ends in the other,
 * word by word: only by rules that put as many words as they find, so that each word stays in its text and keeps its time. What
 * was replaced in either before is not looked at again. Null if there is none.
 */
export function correctAcross(
  first: CorrectedText,
  second: CorrectedText,
  { any, rules }: ReadyRules,
): readonly [CorrectedText, CorrectedText] | null {
  const joined = `${first.text} ${second.text}`;
  if (any === null || !any.test(joined)) return null;
  const boundary = first.text.length;
  const untouchedFrom = Math.max(
    0,
    ...first.made.map(({ index, replacement }) => index + replacement.length),
  );
  const untouchedTo = boundary + 1 + Math.min(second.text.length, ...second.made.map(({ index }) => index));
  for (const { pattern, rule } of rules) {
    for (const match of joined.matchAll(pattern)) {
      const [found] = match;
      const end = match.index + found.length;
      if (match.index >= boundary || end <= boundary + 1) continue;
      if (match.index < untouchedFrom || end > untouchedTo) continue;
      const replacement = rule.matchCase ? rule.replacement : inCaseOf(found, rule);
      const words = replacement.split(' ');
      if (words.length !== found.split(/\s+/u).length) continue;
      const left = joined.slice(match.index, boundary);
      const right = joined.slice(boundary + 1, end);
      const leftWords = left.trim().split(/\s+/u).length;
      const leftNow = words.slice(0, leftWords).join(' ');
      const rightNow = words.slice(leftWords).join(' ');
      const shift = rightNow.length - right.length;
      return [
        {
          text: first.text.slice(0, match.index) + leftNow,
          made: [...first.made, ...madeOf(match.index, left, leftNow)],
        },
        {
          text: rightNow + second.text.slice(right.length),
          made: [
            ...madeOf(0, right, rightNow),
            ...second.made.map((one) => ({ ...one, index: one.index + shift })),
          ],
        },
      ];
    }
  }
  return null;
}

function madeOf(index: number, found: string, replacement: string): MadeCorrection[] {
  return found === replacement ? [] : [{ index, found, replacement }];
}

/** The replacement in the case of what was found: all capitals, or a capital at a sentence's beginning. */
function inCaseOf(found: string, { find, replacement }: CorrectionRuleText): string {
  const isShouted = (one: string) => /\p{L}.*\p{L}/u.test(one) && one === one.toLocaleUpperCase();
  if (isShouted(found) && !isShouted(find)) return replacement.toLocaleUpperCase();
  const first = (one: string) => String.fromCodePoint(one.codePointAt(0) ?? 0);
  const isRaised = first(found) !== first(find) && first(found) === first(find).toLocaleUpperCase();
  if (!isRaised) return replacement;
  const initial = first(replacement);
  return initial.toLocaleUpperCase() + replacement.slice(initial.length);
}

/**
 * The places in a text at which these corrections still stand, as they are now; null for those that do not. Each place
 * is given to one correction, the nearest to where it was made.
 */
export function standingPlaces(text: string, made: readonly MadeCorrection[]): (number | null)[] {
  const taken = new Set<number>();
  return made.map(({ index, found, replacement }) => {
    const before = placesOf(text, found).map((start) => ({ start, end: start + found.length }));
    const isUndone = (start: number) =>
      found.includes(replacement) &&
      before.some((one) => start >= one.start && start + replacement.length <= one.end);
    const [nearest] = placesOf(text, replacement)
      .filter((start) => !taken.has(start) && !isUndone(start))
      .sort((a, b) => Math.abs(a - index) - Math.abs(b - index));
    if (nearest === undefined) return null;
    taken.add(nearest);
    return nearest;
  });
}

function placesOf(text: string, words: string): number[] {
  const pattern = patternOf({ find: words, matchCase: true, wholeWords: true });
  return [...text.matchAll(pattern)].map(({ index }) => index);
}
