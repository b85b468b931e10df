import type { TriedModel, TriedPiece } from '../../contract/models.ts';
import type { Segment } from '../../contract/transcript.ts';
import { commonPairs } from '../../core/text-alignment/common-words.ts';
import { soundOf } from '../../core/text-alignment/split-words.ts';

/** A text to be compared, as far as it has come. */
export interface ComparedText {
  readonly segments: readonly Segment[];
  /** Up to where it is transcribed, in the recording. */
  readonly untilMs: number;
}

interface PlacedWord {
  readonly sound: string;
  readonly startMs: number;
  readonly segment: number;
  /** The end of the word in its segment's text. */
  readonly end: number;
}

/** The same word cannot be further apart in time: both texts are of the same sound. */
const NEAR_MS = 5_000;

/**
 * The paragraphs of a text, with the words marked that any of the others does not have, as far as those have come; case and
 * punctuation do not count. Words are aligned as those of versions are: by a longest common subsequence.
 */
export function markedText(
  text: ComparedText,
  others: readonly ComparedText[],
): Pick<TriedModel, 'paragraphs' | 'differences'> {
  const words = wordsOf(text.segments);
  const differing = new Set<number>();
  for (const other of others) {
    const until = Math.min(text.untilMs, other.untilMs);
    const theirs = wordsOf(other.segments);
    const pairs = commonPairs(words, theirs, {
      keyOf: ({ sound }) => sound,
      isSame: (a, b) => Math.abs(a.startMs - b.startMs) <= NEAR_MS,
    });
    const shared = new Set(pairs.map(([own]) => own));
    for (const [index, { startMs }] of words.entries()) {
      if (startMs < until && !shared.has(index)) differing.add(index);
    }
  }
  const paragraphs = text.segments.map(({ startMs, text: whole }, segment) => ({
    startMs,
    pieces: piecesOf(
      whole,
      [...words.entries()].flatMap(([index, word]) =>
        word.segment === segment ? [{ end: word.end, differs: differing.has(index) }] : [],
      ),
    ),
  }));
  return { paragraphs, differences: others.length === 0 ? null : differing.size };
}

function wordsOf(segments: readonly Segment[]): PlacedWord[] {
  return segments.flatMap(({ text, words }, segment) => {
    let from = 0;
    return words.map((word) => {
      const at = text.indexOf(word.text, from);
      from = (at === -1 ? from : at) + word.text.length;
      return { sound: soundOf(word.text), startMs: word.startMs, segment, end: from };
    });
  });
}

/** A text cut where marked words begin and end; a mark leaves out the blank before its word. */
function piecesOf(text: string, words: readonly { end: number; differs: boolean }[]): TriedPiece[] {
  const pieces: TriedPiece[] = [];
  const add = (piece: string, differs: boolean) => {
    const last = pieces.at(-1);
    if (piece === '') return;
    if (last?.differs === differs) last.text += piece;
    else pieces.push({ text: piece, differs });
  };
  let from = 0;
  let wasDiffering = false;
  for (const { end, differs } of words) {
    const word = text.slice(from, end);
    const blank = word.length - word.trimStart().length;
    add(word.slice(0, blank), differs && wasDiffering);
    add(word.slice(blank), differs);
    wasDiffering = differs;
    from = end;
  }
  add(text.slice(from), false);
  return pieces;
}
