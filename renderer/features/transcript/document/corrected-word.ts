import type { CorrectedWord } from '../../../../src/contract/correction-rules.ts';

/**
 * The name corrected between two texts of a passage: exactly one word, capitalized or a longer term that was
 * misspelt, has become one or two others. Null for any other change.
 */
export function correctedWord(before: string, after: string): CorrectedWord | null {
  const old = wordsOf(before);
  const fresh = wordsOf(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < fresh.length - head &&
    old[old.length - 1 - tail] === fresh[fresh.length - 1 - tail]
  ) {
    tail += 1;
  }
  const gone = old.slice(head, old.length - tail);
  const come = fresh.slice(head, fresh.length - tail);
  if (gone.length !== 1 || come.length < 1 || come.length > 2) return null;
  const from = bare(gone[0] as string);
  const to = bare(come.join(' '));
  if (!WORDS.test(from) || !WORDS.test(to) || from.toLowerCase() === to.toLowerCase()) return null;
  return CAPITAL.test(from) || CAPITAL.test(to) || isMisspelt(from, to) ? { from, to } : null;
}

const WORDS = /^[\p{L}\p{M}'’ -]+$/u;
const CAPITAL = /^\p{Lu}\p{L}{2,}/u;

/** Whether two longer words share a prefix: a misrecognized term, not another word. */
function isMisspelt(from: string, to: string): boolean {
  return (
    from.length >= 6 && to.length >= 6 && from.slice(0, 4).toLowerCase() === to.slice(0, 4).toLowerCase()
  );
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
