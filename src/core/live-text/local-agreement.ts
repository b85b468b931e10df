import { type HeardWord, plainWord } from './heard-words.ts';

/**
 * Local agreement: words are confirmed once two successive passes over the growing sound agree on them (LocalAgreement-2 of
 * Macháček, Dabre and Bojar 2023, "Turning Whisper into Real-Time Transcription System"). Words are the same if
 * their plain texts are and their times are near: that of a repeated word tells which of them it is.
 */

/** Two passes time the same word within this. */
const SAME_TIME_MS = 1000;

/** Words whose times are further apart are never aligned. */
const FAR_MS = 3000;

/** What a second of difference in time costs in the alignment, and another word; one that is missing or inserted costs 1. */
const COST_PER_SECOND = 0.25;
const OTHER_WORD = 0.9;

/**
 * The words of a pass that follow those confirmed already, which it heard again, perhaps differently. `confirmed`:
 * the last words confirmed in the pass's range. The two are aligned as wholes, so that "no, no, no" after a confirmed "no, no"
 * leaves one "no".
 */
export function wordsAfter(confirmed: readonly HeardWord[], heard: readonly HeardWord[]): HeardWord[] {
  const last = confirmed.at(-1);
  if (last === undefined) return [...heard];
  const from = alignedLength(confirmed, heard);
  const aligned = heard[from - 1];
  const isFound = aligned !== undefined && plainWord(aligned) === plainWord(last);
  // Where the last confirmed word was heard as another or not at all, only the time tells what comes after it.
  const untilMs = isFound ? last.startMs : last.endMs;
  const isBefore = (word: HeardWord) => word.startMs + word.endMs < 2 * untilMs;
  const first = heard.findIndex((word, index) => index >= from && !isBefore(word));
  return first < 0 ? [] : heard.slice(first);
}

/** How many of the first words heard are best aligned with all of the confirmed ones. */
function alignedLength(confirmed: readonly HeardWord[], heard: readonly HeardWord[]): number {
  // Row i holds, for each j, the least cost of aligning the first i confirmed words with the first j heard ones.
  let row = heard.map((_, index) => index + 1);
  row.unshift(0);
  for (const [index, word] of confirmed.entries()) {
    const next = [index + 1];
    for (const [place, other] of heard.entries()) {
      const paired = (row[place] as number) + pairCost(word, other);
      next.push(Math.min(paired, (row[place + 1] as number) + 1, (next[place] as number) + 1));
    }
    row = next;
  }
  const endMs = confirmed.at(-1)?.endMs ?? 0;
  const distance = (length: number) =>
    Math.abs((heard[length - 1]?.endMs ?? Number.NEGATIVE_INFINITY) - endMs);
  let best = 0;
  for (let length = 1; length < row.length; length += 1) {
    const difference = (row[length] as number) - (row[best] as number);
    if (difference < 0 || (difference === 0 && distance(length) < distance(best))) best = length;
  }
  return best;
}

function pairCost(a: HeardWord, b: HeardWord): number {
  const apartMs = Math.abs(a.startMs - b.startMs);
  if (apartMs > FAR_MS) return Number.POSITIVE_INFINITY;
  return (plainWord(a) === plainWord(b) ? 0 : OTHER_WORD) + (apartMs / 1000) * COST_PER_SECOND;
}

/**
 * The first words of a pass on which the pass before it agrees, in the newer spelling. Both are what follows the
 * confirmed words. `settledMs`: a word that ends later may go on in sound that the earlier pass did not have.
 */
export function agreedWords(
  before: readonly HeardWord[],
  heard: readonly HeardWord[],
  settledMs: number,
): HeardWord[] {
  const differs = heard.findIndex((word, index) => {
    const other = before[index];
    return (
      other === undefined ||
      word.flags.length > 0 ||
      plainWord(other) !== plainWord(word) ||
      Math.abs(other.startMs - word.startMs) > SAME_TIME_MS ||
      Math.max(word.endMs, other.endMs) > settledMs
    );
  });
  return differs < 0 ? [...heard] : heard.slice(0, differs);
}
