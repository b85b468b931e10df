import type { EngineSegment } from '../../../contract/engine.ts';

/** Words up to this far away may be the ones that belong to a range. */
const NEIGHBOURHOOD_MS = 4_000;

/** A range repeats its neighbours if this share of its words is there in the same order. */
const REPEATED_SHARE = 0.6;

/**
 * Whether what was transcribed from a range is in the segments around it already: the times of their words are wrong then,
 * and keeping them twice would be worse. A single short word is no evidence.
 */
export function repeatsNeighbours(
  found: readonly EngineSegment[],
  segments: readonly EngineSegment[],
): boolean {
  const startMs = Math.min(...found.map((segment) => segment.startMs)) - NEIGHBOURHOOD_MS;
  const endMs = Math.max(...found.map((segment) => segment.endMs)) + NEIGHBOURHOOD_MS;
  const words = plainWords(found.flatMap((segment) => segment.words.map(({ text }) => text)));
  const around = plainWords(
    segments.flatMap((segment) =>
      segment.words.filter((word) => word.startMs < endMs && word.endMs > startMs).map(({ text }) => text),
    ),
  );
  return words.length > 1 && commonLength(words, around) >= REPEATED_SHARE * words.length;
}

function plainWords(texts: readonly string[]): string[] {
  return texts
    .map((text) => text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ''))
    .filter((text) => text !== '');
}

/** Length of the longest common subsequence. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [index, other] of b.entries()) {
      const matched = word === other ? (row[index] as number) + 1 : 0;
      next.push(Math.max(matched, row[index + 1] as number, next[index] as number));
    }
    row = next;
  }
  return row[b.length] as number;
}
