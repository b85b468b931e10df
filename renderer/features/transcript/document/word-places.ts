import type { Word } from '../../../../src/contract/transcript.ts';

/** A word and its range in its segment's text: characters from `from` up to `to`. */
export interface PlacedWord {
  readonly word: Word;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds a segment's words in its text. While the text is being changed, words before and after the change keep
 * their ranges; words within the change are left out.
 */
export function placeWords(text: string, words: readonly Word[]): PlacedWord[] {
  const placed: PlacedWord[] = [];
  let position = 0;
  let index = 0;
  for (; index < words.length; index += 1) {
    const word = words[index] as Word;
    const from = skipBlanks(text, position);
    if (!text.startsWith(word.text, from)) break;
    position = from + word.text.length;
    placed.push({ word, from, to: position });
  }
  if (index === words.length) return placed;
  return [...placed, ...placeFromEnd(text, words, index, position)];
}

/** The words from `first` on that are still at the end of the text, after `start`. */
function placeFromEnd(text: string, words: readonly Word[], first: number, start: number): PlacedWord[] {
  const placed: PlacedWord[] = [];
  let end = text.length;
  for (let index = words.length - 1; index >= first; index -= 1) {
    const word = words[index] as Word;
    end = trimBlanks(text, end);
    const from = end - word.text.length;
    if (from < start || !text.startsWith(word.text, from)) break;
    placed.push({ word, from, to: end });
    end = from;
  }
  return placed.reverse();
}

function skipBlanks(text: string, position: number): number {
  let at = position;
  while (at < text.length && /\s/u.test(text[at] as string)) at += 1;
  return at;
}

function trimBlanks(text: string, position: number): number {
  let at = position;
  while (at > 0 && /\s/u.test(text[at - 1] as string)) at -= 1;
  return at;
}

/** The word at this character, or the next one after it; the last one if none follows. */
export function wordAtOffset(words: readonly PlacedWord[], offset: number): PlacedWord | null {
  return words.find(({ to }) => offset < to) ?? words.at(-1) ?? null;
}

/** The word spoken at this time: the last that has begun; null before the first. */
export function wordAtTime(words: readonly PlacedWord[], timeMs: number): PlacedWord | null {
  return words.findLast(({ word }) => word.startMs <= timeMs) ?? null;
}
