import type { Segment } from '../../contract/transcript.ts';
import { commonPairs } from './common-words.ts';
import { soundOf } from './split-words.ts';

/** Both texts are of the same audio: the same word cannot be further apart in time. */
const NEAR_MS = 5_000;

/** How much of the texts before and after a segment is compared with it, so that its edges are found. */
const AROUND_MS = 10_000;

/** A word that corresponds to none belongs to a segment if it is no further from it than this. */
const BESIDE_MS = 700;

/** A segment of the earlier text. */
export interface EarlierSegment {
  readonly id: string;
  readonly segment: Segment;
}

interface PlacedWord {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Index of its segment, and its own in that. */
  readonly segment: number;
  readonly word: number;
}

/**
 * Which words of a fresh text were said where some segments of an earlier text of the same audio stand: for each fresh
 * segment and each of its words (one for a segment without words) the id of that segment, or null. Words are aligned by a
 * longest common subsequence near these segments, as two passes give the same word different times; what corresponds to
 * no word is placed by its neighbours and its time. Both texts are in their order.
 */
export function counterpartsOf(
  earlier: readonly EarlierSegment[],
  wanted: ReadonlySet<string>,
  fresh: readonly Segment[],
): (string | null)[][] {
  const found = fresh.map((segment) => unitsOf(segment).map((): string | null => null));
  const oldWords = earlier.flatMap(({ segment }, index) => placed(segment, index));
  const freshWords = fresh.flatMap((segment, index) => placed(segment, index));
  for (const { startMs, endMs } of neighbourhoods(earlier, wanted)) {
    const isIn = (word: PlacedWord) => middleOf(word) >= startMs && middleOf(word) < endMs;
    const old = oldWords.filter(isIn);
    const now = freshWords.filter(isIn);
    for (const [index, place] of placesOf(old, now, earlier).entries()) {
      const id = place === null ? null : (earlier[place]?.id ?? null);
      const { segment, word } = now[index] as PlacedWord;
      if (id !== null && wanted.has(id)) (found[segment] as (string | null)[])[word] = id;
    }
  }
  return found;
}

/** The earlier segment of each fresh word, by its index; null for a word that the earlier text does not have. */
function placesOf(
  old: readonly PlacedWord[],
  now: readonly PlacedWord[],
  earlier: readonly EarlierSegment[],
): (number | null)[] {
  const pairs = commonPairs(old, now, {
    keyOf: ({ text }) => soundOf(text),
    isSame: (a, b) => Math.abs(a.startMs - b.startMs) <= NEAR_MS,
  });
  const places: (number | null)[] = [];
  let [i, j] = [-1, -1];
  for (const [nextI, nextJ] of [...pairs, [old.length, now.length] as const]) {
    const [before, after] = [old[i]?.segment, old[nextI]?.segment];
    const between = old.slice(i + 1, nextI).map(({ segment }) => earlier[segment]);
    for (const word of now.slice(j + 1, nextJ)) {
      // Words that have no counterpart were heard in the place of those, or are between two of one segment.
      if (before !== undefined && before === after) places.push(before);
      else
        places.push(
          nearest(
            word,
            between.flatMap((one) => one ?? []),
            earlier,
          ),
        );
    }
    if (after !== undefined) places.push(after);
    [i, j] = [nextI, nextJ];
  }
  return places;
}

/** Of these segments the one that a word is in or beside, by its index. */
function nearest(
  word: PlacedWord,
  candidates: readonly EarlierSegment[],
  earlier: readonly EarlierSegment[],
): number | null {
  const middleMs = middleOf(word);
  const apart = candidates.map(({ segment: { startMs, endMs } }) =>
    Math.max(startMs - middleMs, middleMs - endMs, 0),
  );
  const leastMs = Math.min(...apart);
  if (leastMs > BESIDE_MS) return null;
  return earlier.indexOf(candidates[apart.indexOf(leastMs)] as EarlierSegment);
}

/** The time around the wanted segments, as ranges apart from each other. */
function neighbourhoods(earlier: readonly EarlierSegment[], wanted: ReadonlySet<string>) {
  const ranges: { startMs: number; endMs: number }[] = [];
  for (const { id, segment } of earlier) {
    if (!wanted.has(id)) continue;
    const startMs = segment.startMs - AROUND_MS;
    const endMs = segment.endMs + AROUND_MS;
    const last = ranges.at(-1);
    if (last !== undefined && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else ranges.push({ startMs, endMs });
  }
  return ranges;
}

function placed(segment: Segment, index: number): PlacedWord[] {
  return unitsOf(segment).map(({ text, startMs, endMs }, word) => ({
    ...{ text, startMs, endMs, segment: index, word },
  }));
}

function unitsOf({ words, text, startMs, endMs }: Segment): Pick<PlacedWord, 'text' | 'startMs' | 'endMs'>[] {
  return words.length > 0 ? words : [{ text, startMs, endMs }];
}

function middleOf({ startMs, endMs }: Pick<PlacedWord, 'startMs' | 'endMs'>): number {
  return (startMs + endMs) / 2;
}
