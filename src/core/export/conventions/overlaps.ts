import type { Span } from '../../../contract/audio.ts';
import { type SpokenSegment, type SpokenWord, spokenSpan } from './spoken-segments.ts';

/**
 * Square brackets around the words that are said while another speaker talks, on both sides, as in GAT 2 and in Jefferson's
 * notation. Which they are is told by the middle of each word; a segment without times of words has all of it in brackets.
 */
export function withOverlapBrackets(segments: readonly SpokenSegment[]): SpokenSegment[] {
  const marked = segments.filter(({ segment }) => segment.flags.includes('overlap'));
  return segments.map((one) => {
    if (!one.segment.flags.includes('overlap')) return one;
    const { startMs, endMs } = one.segment;
    const others = marked
      .filter(({ segment }) => segment.speaker !== one.segment.speaker)
      .map(spokenSpan)
      .filter((span) => span.startMs < endMs && span.endMs > startMs);
    return { ...one, words: bracketed(one.words, others) };
  });
}

function bracketed(words: readonly SpokenWord[], others: readonly Span[]): SpokenWord[] {
  const isWithin = words.map(({ span }) => span === null || others.some((other) => isInside(span, other)));
  return words.map((word, at) => {
    if (!isWithin[at]) return word;
    const open = at === 0 || !isWithin[at - 1] ? '[' : '';
    const close = at === words.length - 1 || !isWithin[at + 1] ? ']' : '';
    return { ...word, text: open + word.text + close };
  });
}

function isInside(word: Span, other: Span): boolean {
  const middleMs = (word.startMs + word.endMs) / 2;
  return middleMs >= other.startMs && middleMs < other.endMs;
}
