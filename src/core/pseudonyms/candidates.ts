import type { TranscriptDocument } from '../../contract/document.ts';
import type { Pseudonym, PseudonymCandidate, PseudonymKind } from '../../contract/pseudonyms.ts';
import { KeyMatcher, patternOf } from './key-matcher.ts';
import { NAME_RULES, type NameRules, OTHER_RULES } from './name-rules.ts';

/** At most so many are proposed at once. */
const MOST_PROPOSED = 500;
const CONTEXT_CHARACTERS = 40;

/** What dates, numbers and addresses look like, in the order in which they are looked for. */
const FIGURES: readonly { readonly kind: PseudonymKind; readonly pattern: RegExp }[] = [
  { kind: 'other', pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu },
  { kind: 'date', pattern: /(?<![\p{N}])\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?![\p{N}])/gu },
  { kind: 'number', pattern: /(?<![\p{L}\p{N}])\+?\d[\d\s()./-]{5,}\d(?![\p{L}\p{N}])/gu },
  // Plates, account and file numbers: letters and digits together.
  {
    kind: 'number',
    pattern:
      /(?<![\p{L}\p{N}])(?=[\p{Lu}\p{N}-]*\d)(?=[\p{Lu}\p{N}-]*\p{Lu})[\p{Lu}\p{N}-]{4,}(?![\p{L}\p{N}])/gu,
  },
  { kind: 'date', pattern: /(?<![\p{L}\p{N}.,])(?:19|20)\d{2}(?![\p{L}\p{N}]|[.,]\d)/gu },
  { kind: 'number', pattern: /(?<![\p{L}\p{N}.,])\d{3,}(?:[.,]\d{3})*(?![\p{L}\p{N}])/gu },
];

/** A found text before its places are counted. */
interface Found {
  readonly text: string;
  readonly kind: PseudonymKind;
}

/**
 * Names, dates, numbers and addresses in a text that the key does not cover and nobody decided to leave, by plain rules for
 * each language: capitalised words within sentences, words behind titles, names of speakers, and patterns of figures. The
 * most frequent come first. They are proposals: a name that the rules miss is replaced only when somebody says so.
 */
export function candidatesOf(
  document: TranscriptDocument,
  key: readonly Pseudonym[],
  plain: readonly string[],
  knownNames: readonly string[],
): PseudonymCandidate[] {
  const matcher = new KeyMatcher(key);
  const isPlain = new Set(plain.map(folded));
  const texts = document.segments.map(({ text, startMs, language }) => ({ text, startMs, language }));
  const found = new Map<string, Found>();
  const note = ({ text, kind }: Found) => {
    const trimmed = text.trim();
    if (trimmed === '' || isPlain.has(folded(trimmed)) || matcher.find(trimmed).length > 0) return;
    if (!found.has(folded(trimmed))) found.set(folded(trimmed), { text: trimmed, kind });
  };
  for (const name of knownNames) note({ text: name, kind: 'person' });
  const all = texts.map(({ text }) => text).join('\n');
  for (const { text, language } of [
    ...texts,
    ...document.markers.map(({ label }) => ({ text: label, language: '' })),
  ]) {
    const uncovered = covered(text, matcher);
    const rules = NAME_RULES[language] ?? OTHER_RULES;
    for (const one of figuresIn(uncovered.replace(rules.dates, (date) => ' '.repeat(date.length)))) note(one);
    for (const one of namesIn(uncovered, rules, all)) note(one);
  }
  return [...found.values()]
    .map((one) => counted(one, texts, all))
    .sort((a, b) => b.count - a.count || a.startMs - b.startMs)
    .slice(0, MOST_PROPOSED);
}

/** A text in which what the key covers is blanked out. */
function covered(text: string, matcher: KeyMatcher): string {
  let made = text;
  for (const { from, to } of matcher.find(text))
    made = made.slice(0, from) + ','.repeat(to - from) + made.slice(to);
  return made;
}

function* figuresIn(text: string): Generator<Found> {
  let rest = text;
  for (const { kind, pattern } of FIGURES) {
    for (const [figure] of rest.matchAll(pattern)) yield { text: figure, kind };
    rest = rest.replace(pattern, (figure) => ' '.repeat(figure.length));
  }
}

/** Runs of capitalised words that are names by the rules of a language, and its dates in words. */
function* namesIn(text: string, rules: NameRules, all: string): Generator<Found> {
  for (const [date] of text.matchAll(rules.dates)) yield { text: date, kind: 'date' };
  const words = [
    ...text
      .replace(rules.dates, (date) => ','.repeat(date.length))
      .matchAll(/[\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]*/gu),
  ];
  let run: RegExpExecArray[] = [];
  const runs: RegExpExecArray[][] = [];
  for (const word of words) {
    const isJoined = run.length > 0 && /^[ .]{1,2}$/.test(text.slice(endOf(run.at(-1)), word.index));
    const goesOn = isJoined && (isCapital(word[0]) || rules.particles.has(word[0]));
    if (!goesOn && run.length > 0) {
      runs.push(run);
      run = [];
    }
    if (goesOn || isCapital(word[0])) run.push(word);
  }
  if (run.length > 0) runs.push(run);
  for (const one of runs) yield* nameOf(one, text, rules, all);
}

function* nameOf(
  run: readonly RegExpExecArray[],
  text: string,
  rules: NameRules,
  all: string,
): Generator<Found> {
  let words = [...run];
  const isNoName = (word: string) => rules.particles.has(word) || rules.common.has(folded(word));
  while (words.length > 0 && isNoName(words.at(-1)?.[0] ?? '')) words.pop();
  const startsSentence = words[0] !== undefined && isSentenceStart(text, words[0].index);
  let hasTitle = false;
  while (words.length > 0 && rules.titles.has(folded(words[0]?.[0] ?? ''))) {
    hasTitle = true;
    words = words.slice(1);
  }
  // The first word of a sentence is a name only if it is one elsewhere, or others follow.
  const first = words[0]?.[0] ?? '';
  if (startsSentence && !hasTitle) {
    const isWord = rules.common.has(folded(first)) || !isNameElsewhere(first, all);
    if (isWord && (words.length === 1 || rules.common.has(folded(first)))) words = words.slice(1);
  }
  while (words.length > 0 && rules.common.has(folded(words[0]?.[0] ?? ''))) words = words.slice(1);
  const [begin, end] = [words[0], words.at(-1)];
  if (begin === undefined || end === undefined) return;
  if (rules.capitalisesNouns && !hasTitle && words.length < 2) return;
  const name = text.slice(begin.index, endOf(end)).replace(/['’]s?$/u, '');
  if (name.length < 2) return;
  const before = /(\p{L}+)\s+$/u.exec(text.slice(0, begin.index))?.[1]?.toLocaleLowerCase() ?? '';
  const isPlace = !hasTitle && (rules.placeWords.test(name) || rules.before.has(before));
  yield { text: name, kind: isPlace ? 'place' : 'person' };
}

function counted(
  { text, kind }: Found,
  texts: readonly { readonly text: string; readonly startMs: number }[],
  all: string,
): PseudonymCandidate {
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${patternOf(text)}(\\p{L}{0,3}|['’]s?)(?![\\p{L}\\p{N}])`,
    'giu',
  );
  const forms = new Map<string, number>();
  for (const [one] of all.matchAll(pattern)) {
    const form = one.replace(/['’]s?$/u, '');
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  const place = texts.find((one) => one.text.includes(text));
  return {
    text,
    kind,
    forms: [...forms].filter(([form]) => form !== text).map(([form, count]) => ({ text: form, count })),
    count: [...forms.values()].reduce((sum, count) => sum + count, 0),
    context: place === undefined ? '' : contextOf(text, place.text),
    startMs: place?.startMs ?? 0,
  };
}

/** The words around the first place of a text; what is left out is an ellipsis. */
function contextOf(text: string, within: string): string {
  const at = within.indexOf(text);
  const end = at + text.length;
  const before = within.slice(0, at);
  const after = within.slice(end);
  const shownBefore =
    before.length <= CONTEXT_CHARACTERS
      ? before
      : `… ${before.slice(-CONTEXT_CHARACTERS).replace(/^\S*\s+/, '')}`;
  const shownAfter =
    after.length <= CONTEXT_CHARACTERS
      ? after
      : `${after.slice(0, CONTEXT_CHARACTERS).replace(/\s+\S*$/, '')} …`;
  return `${shownBefore}${text}${shownAfter}`;
}

/** Whether a word stands capitalised within a sentence too, and never in small letters. */
function isNameElsewhere(word: string, all: string): boolean {
  const small = new RegExp(
    `(?<![\\p{L}\\p{N}])${patternOf(word.toLocaleLowerCase())}(?![\\p{L}\\p{N}])`,
    'u',
  );
  if (small.test(all)) return false;
  return new RegExp(`[\\p{L},;] ${patternOf(word)}(?![\\p{L}\\p{N}])`, 'u').test(all);
}

function isSentenceStart(text: string, at: number): boolean {
  return /(^|[.?!…:¿¡"“«-])\s*$/u.test(text.slice(0, at));
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
