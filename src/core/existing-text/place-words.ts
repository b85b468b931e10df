import { distance } from 'fastest-levenshtein';
import type { Span } from '../../contract/audio.ts';
import { soundOf } from '../text-alignment/split-words.ts';
import type { HeardWord, Sound, TextWord } from './text-words.ts';

/** So many words in a row are told as a stretch of their own; single ones are the machine's mistakes, or the writer's. */
export const STRETCH_WORDS = 4;
/** A stretch stands for what was heard in its place unless one side is so many times as long. */
const MUCH_LONGER = 2.5;
/** Slow speech: a word whose place is not known takes no longer. */
const SLOW_MS_PER_LETTER = 130;

/** Confidences: found in the sound; something else was heard; nothing was heard. */
const FOUND = 1;
const HEARD_OTHERWISE = 0.5;
const UNHEARD = 0;

/** Two ways to write the same sounds share this much of their letters; different sentences share less. */
const ALIKE = 0.45;
/** Longer stretches without a common word say something else, and take long to compare. */
const LONGEST_COMPARED = 1_000;

/** Indices of words, the last excluded. */
interface Words {
  readonly from: number;
  readonly to: number;
}

/** Words of the text that were heard, and where. */
export interface Found {
  readonly text: Words;
  readonly heard: Words;
}

/** A word of the text with its time. */
export interface PlacedWord extends Span {
  readonly text: string;
  readonly confidence: number;
  /** The word that was heard; null if it was not found in the sound. */
  readonly heard: HeardWord | null;
  /** Of a run of words for which nothing was heard. */
  readonly isUnheard: boolean;
}

/** Times for all words, and where words were heard that the text does not have. */
export interface PlacedWords {
  readonly words: PlacedWord[];
  readonly notInText: Span[];
}

/**
 * Puts the words of a text in time.
 * @param found in the order of both.
 * @param boundsOf from when to when a passage is said, if its file says so.
 */
export function placeWords(
  words: readonly TextWord[],
  { heard, durationMs }: Sound,
  found: readonly Found[],
  boundsOf: (passage: number) => Span | null,
): PlacedWords {
  const placed: PlacedWord[] = [];
  const notInText: Span[] = [];
  let before: Words = { from: 0, to: 0 };
  let reachedMs = 0;
  const push = (word: PlacedWord) => {
    const startMs = Math.max(reachedMs, word.startMs);
    placed.push({ ...word, startMs, endMs: Math.max(startMs, word.endMs) });
    reachedMs = startMs;
  };
  for (const one of [...found, null]) {
    const gap = words.slice(placed.length, one?.text.from ?? words.length);
    const other = heard.slice(before.to, one?.heard.from ?? heard.length);
    const limits = {
      startMs: before.to === 0 ? null : (heard[before.to - 1]?.endMs ?? null),
      endMs: one === null ? null : (heard[one.heard.from]?.startMs ?? null),
    };
    const [written, said] = [lettersOf(gap), lettersOf(other)];
    const differs = gap.length >= STRETCH_WORDS && other.length >= STRETCH_WORDS && !isAlike(gap, other);
    const isUnheard = gap.length > 0 && (differs || written > MUCH_LONGER * said);
    if (other.length >= STRETCH_WORDS && (differs || said > MUCH_LONGER * written))
      notInText.push(spanOf(other));
    const bounds = cueBounds(gap, boundsOf) ?? windowOf(limits, other, written, durationMs);
    const confidence = isUnheard ? UNHEARD : HEARD_OTHERWISE;
    for (const word of spread(gap, bounds)) push({ ...word, confidence, heard: null, isUnheard });
    if (one === null) break;
    const own = heard.slice(one.heard.from, one.heard.to);
    const [first] = own;
    for (const word of spread(words.slice(one.text.from, one.text.to), spanOf(own)))
      push({ ...word, confidence: FOUND, heard: first ?? null, isUnheard: false });
    before = one.heard;
  }
  return { words: placed, notInText };
}

/** The time of a passage of which no word was found, if its file tells it. */
function cueBounds(gap: readonly TextWord[], boundsOf: (passage: number) => Span | null): Span | null {
  const [first, last] = [gap[0], gap.at(-1)];
  if (first === undefined || last === undefined || first.passage !== last.passage) return null;
  const bounds = boundsOf(first.passage);
  return bounds === null || !Number.isFinite(bounds.endMs) ? null : bounds;
}

/** The time of what was heard in place of these letters or, if nothing was, the pause between the neighbours. */
function windowOf(
  limits: { readonly startMs: number | null; readonly endMs: number | null },
  other: readonly HeardWord[],
  letters: number,
  durationMs: number,
): Span {
  const longestMs = letters * SLOW_MS_PER_LETTER;
  if (other.length > 0) {
    const { startMs, endMs } = spanOf(other);
    return { startMs, endMs: Math.min(endMs, startMs + longestMs) };
  }
  // Nothing in the sound tells where: before the first word that was found, or behind the last.
  if (limits.startMs === null && limits.endMs === null) return { startMs: 0, endMs: durationMs };
  if (limits.startMs === null) {
    const endMs = limits.endMs ?? 0;
    return { startMs: Math.max(0, endMs - longestMs), endMs };
  }
  const startMs = limits.startMs;
  const endMs = Math.min(limits.endMs ?? durationMs, startMs + longestMs);
  return { startMs, endMs: Math.max(startMs, endMs) };
}

function spanOf(words: readonly Span[]): Span {
  const startMs = words[0]?.startMs ?? 0;
  return { startMs, endMs: Math.max(startMs, words.at(-1)?.endMs ?? 0) };
}

/** Words one after the other over a range, in proportion to their length. */
function spread(words: readonly TextWord[], { startMs, endMs }: Span): (Span & { text: string })[] {
  const total = words.reduce((sum, { text }) => sum + text.length + 1, 0);
  const at = (length: number) => Math.round(startMs + ((endMs - startMs) * length) / total);
  let length = 0;
  return words.map(({ text }) => {
    const from = length;
    length += text.length + 1;
    return { text, startMs: at(from), endMs: at(length) };
  });
}

/** Whether a stretch may be what was heard in its place, misheard or misspelt. */
function isAlike(
  gap: readonly { readonly text: string }[],
  other: readonly { readonly text: string }[],
): boolean {
  const [written, said] = [gap, other].map((words) => words.map(({ text }) => soundOf(text)).join(' '));
  if (written === undefined || said === undefined) return false;
  const longer = Math.max(written.length, said.length);
  return longer <= LONGEST_COMPARED && 1 - distance(written, said) / longer >= ALIKE;
}

function lettersOf(words: readonly { readonly text: string }[]): number {
  return words.reduce((sum, { text }) => sum + text.length, 0);
}
