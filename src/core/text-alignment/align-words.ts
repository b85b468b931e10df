import type { Word } from '../../contract/transcript.ts';
import { commonPairs, type Pair } from './common-words.ts';
import { soundOf } from './split-words.ts';

/** The range in which words may be. */
export interface TimeBounds {
  readonly startMs: number;
  readonly endMs: number;
}

/** Text typed by a person has full confidence. */
const CERTAIN = 1;

/**
 * Assigns times to the words of a changed text: what both have in common, ignoring case and punctuation, are the
 * words that stayed, which keep their times exactly; those between them are spread over the time of the words they replace
 * or, if they replace none, over the pause they are in. Words that are exactly the same keep their confidence.
 */
export function alignWords(old: readonly Word[], texts: readonly string[], bounds: TimeBounds): Word[] {
  const aligned: Word[] = [];
  let previous: Pair = [-1, -1];
  const pairs = commonPairs(
    old.map((word) => soundOf(word.text)),
    texts.map(soundOf),
    { keyOf: (sound) => sound },
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

/** The time of the old words between two that stayed or, if there are none, the pause between them. */
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

/** Spreads words one after the other over a range, in proportion to their length. */
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
