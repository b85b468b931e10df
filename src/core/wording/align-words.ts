import type { Word } from '../../contract/transcript.ts';
import { soundOf } from './split-words.ts';

/** Where words may lie. */
export interface TimeBounds {
  readonly startMs: number;
  readonly endMs: number;
}

/** More cells than this are not compared word by word: whoever rewrites that much keeps no word on purpose. */
const MOST_CELLS = 4_000_000;

/** What a person has typed is not in doubt. */
const CERTAIN = 1;

/** A member of the old sequence and the one of the fresh sequence that is the same, by their indices. */
export type Pair = readonly [old: number, fresh: number];

/**
 * Gives the words of a changed text their times: a longest common subsequence, blind to case and punctuation, finds the
 * words that stayed, which keep their times exactly; those between them are spread over the time of the words they replace
 * or, where they replace none, over the pause they stand in. Words that are the same to the letter keep their confidence.
 */
export function alignWords(old: readonly Word[], texts: readonly string[], bounds: TimeBounds): Word[] {
  const aligned: Word[] = [];
  let previous: Pair = [-1, -1];
  const pairs = commonWords(
    old.map((word) => soundOf(word.text)),
    texts.map(soundOf),
  );
  for (const pair of [...pairs, [old.length, texts.length] as Pair]) {
    const [oldIndex, freshIndex] = pair;
    const gap = texts.slice(previous[1] + 1, freshIndex);
    aligned.push(...spread(gap, timeBetween(old, previous[0], oldIndex, bounds)));
    const word = old[oldIndex];
    const text = texts[freshIndex];
    if (word !== undefined && text !== undefined) {
      aligned.push({ ...word, text, confidence: word.text === text ? word.confidence : CERTAIN });
    }
    previous = pair;
  }
  return aligned;
}

/** The time of the old words between two that stayed or, where there are none, the pause between them. */
function timeBetween(old: readonly Word[], before: number, behind: number, bounds: TimeBounds): TimeBounds {
  const first = old[before + 1];
  const last = old[behind - 1];
  if (behind - before > 1 && first !== undefined && last !== undefined) {
    return { startMs: first.startMs, endMs: Math.max(first.startMs, last.endMs) };
  }
  const startMs = old[before]?.endMs ?? Math.min(bounds.startMs, old[behind]?.startMs ?? bounds.startMs);
  const endMs = old[behind]?.startMs ?? Math.max(startMs, bounds.endMs);
  return { startMs, endMs: Math.max(startMs, endMs) };
}

/** Words one after the other over a stretch of time, long ones longer. */
function spread(texts: readonly string[], { startMs, endMs }: TimeBounds): Word[] {
  const lengths = texts.map((text) => [...text].length + 1);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const at = (length: number) => Math.round(startMs + ((endMs - startMs) * length) / total);
  let length = 0;
  return texts.map((text, index) => {
    const from = length;
    length += lengths[index] ?? 0;
    return { startMs: at(from), endMs: at(length), text, confidence: CERTAIN };
  });
}

/** A longest common subsequence: the indices of its words on both sides, in order. */
function commonWords(old: readonly string[], fresh: readonly string[]): Pair[] {
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < fresh.length - start &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end += 1;
  }
  const head = Array.from({ length: start }, (_, index): Pair => [index, index]);
  const middle = longestCommon(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
  const tail = Array.from(
    { length: end },
    (_, index): Pair => [old.length - end + index, fresh.length - end + index],
  );
  return [...head, ...middle.map(([a, b]): Pair => [a + start, b + start]), ...tail];
}

function longestCommon(old: readonly string[], fresh: readonly string[]): Pair[] {
  if (old.length * fresh.length > MOST_CELLS) return [];
  return commonPairs(old.length, fresh.length, (i, j) => old[i] === fresh[j]);
}

/** A longest common subsequence of two sequences of these lengths: the indices of its members on both sides, in order. */
export function commonPairs(
  oldLength: number,
  freshLength: number,
  isSame: (old: number, fresh: number) => boolean,
): Pair[] {
  const width = freshLength + 1;
  // lengths[i * width + j]: how many members the rests from old i and fresh j have in common.
  const lengths = new Uint32Array((oldLength + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = oldLength - 1; i >= 0; i -= 1) {
    for (let j = freshLength - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = isSame(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < oldLength && j < freshLength; ) {
    if (isSame(i, j)) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return pairs;
}
