import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Reference {
  readonly segments: readonly { readonly end: number; readonly text: string }[];
}

const REFERENCES: Readonly<Record<string, Reference>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'references.json'), 'utf8'),
);

/**
 * The share of a fixture's spoken words, in order, that a text contains: from 0 to 1.
 * @param seconds where the fixture was cut.
 */
export function shareHeard(recording: string, text: string, seconds = Number.POSITIVE_INFINITY): number {
  const reference = REFERENCES[recording];
  if (reference === undefined) throw new Error(`There is no reference for ${recording}.`);
  const sentences = reference.segments.filter(({ end }) => end < seconds);
  return shareOfWords(sentences.map((sentence) => sentence.text).join(' '), text);
}

/** The share of the spoken words, in order, that a text contains: from 0 to 1. */
export function shareOfWords(spoken: string, text: string): number {
  const words = wordsOf(spoken);
  return longestCommon(words, wordsOf(text)) / words.length;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The length in words of two texts' longest common subsequence. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [index, other] of b.entries()) {
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
