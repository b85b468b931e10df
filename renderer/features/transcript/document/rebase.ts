/** Characters of scripts without spaces between words: each is a word. */
const SIGN =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}';
const WORD = new RegExp(`[${SIGN}]\\s*|[^\\s${SIGN}]+\\s*`, 'gu');
const IS_SIGN = new RegExp(`[${SIGN}]`, 'u');

/** Above this product of lengths two texts count as entirely different, to bound the time of a comparison. */
const MOST_COMPARISONS = 4_000_000;

/**
 * Rebases the user's changes of a text onto another one of the same origin (a three-way merge by words): what they
 * deleted is deleted, what they inserted follows the same words as before. Changes of the other text stay.
 * @param base the common origin.
 * @param mine the base as the user has changed it.
 * @param theirs the base as changed otherwise, by an undo for instance.
 */
export function rebase(base: string, mine: string, theirs: string): string {
  if (base === mine || mine === theirs) return theirs;
  if (base === theirs) return mine;
  const [from, own, onto] = [wordsOf(base), wordsOf(mine), wordsOf(theirs)];
  const inMine = alignment(from, own);
  const inTheirs = alignment(from, onto);
  const isTakenOut = new Set(inTheirs.filter((_, place) => (inMine[place] as number) < 0));
  const result: string[] = [];
  let done = 0;
  let ownDone = 0;
  const takeTheirs = (end: number) => {
    for (; done < end; done += 1) if (!isTakenOut.has(done)) result.push(onto[done] as string);
  };
  for (let place = 0; place <= from.length; place += 1) {
    const end = place === from.length ? own.length : (inMine[place] as number);
    if (end >= 0) {
      result.push(...own.slice(ownDone, end));
      ownDone = end + 1;
    }
    takeTheirs(place === from.length ? onto.length : (inTheirs[place] as number) + 1);
  }
  return joined(result);
}

/** Words with trailing whitespace. */
function wordsOf(text: string): string[] {
  return text.trimStart().match(WORD) ?? [];
}

function joined(words: readonly string[]): string {
  let text = '';
  for (const word of words) {
    const needsBlank = text !== '' && !/\s$/u.test(text) && !IS_SIGN.test(text.at(-1) as string);
    text += needsBlank && !IS_SIGN.test(word[0] as string) ? ` ${word}` : word;
  }
  return text.trimEnd();
}

/** For each word its index in another list of words, -1 if absent: a longest common subsequence. */
function alignment(words: readonly string[], others: readonly string[]): Int32Array {
  const a = words.map((word) => word.trimEnd());
  const b = others.map((word) => word.trimEnd());
  const places = new Int32Array(a.length).fill(-1);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) {
    places[head] = head;
    head += 1;
  }
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) {
    tail += 1;
    places[a.length - tail] = b.length - tail;
  }
  const rows = a.length - head - tail;
  const columns = b.length - head - tail;
  if (rows * columns > MOST_COMPARISONS) return places;
  // lengths[row][column] is the length of the longest common subsequence of what is left of both.
  const lengths = Array.from({ length: rows + 1 }, () => new Int32Array(columns + 1));
  const lengthAt = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const own = lengths[row] as Int32Array;
      own[column] =
        a[head + row] === b[head + column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (a[head + row] === b[head + column]) {
      places[head + row] = head + column;
      row += 1;
      column += 1;
    } else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return places;
}
