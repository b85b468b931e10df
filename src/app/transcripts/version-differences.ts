import { setImmediate } from 'node:timers/promises';
import type { EditableSegment, VersionDifference } from '../../contract/views.ts';
import { commonPairs, type Pair } from '../../core/text-alignment/common-words.ts';
import { soundOf } from '../../core/text-alignment/split-words.ts';

/** Both texts are of the same audio: the same word cannot be further apart in time. */
const NEAR_MS = 5_000;
/** Texts are compared range by range, so that hours of text do not block the event loop. */
const STRETCH_MS = 30_000;
/** What follows this part of a range is aligned with the next range. */
const SETTLED_MS = 20_000;
const LONGEST_CURRENT = 200;

/** A word of a text, with its position there. */
interface PlacedWord {
  readonly text: string;
  readonly startMs: number;
  /** Index of its segment in the text. */
  readonly segment: number;
  readonly index: number;
}

/**
 * The exact differences of a version from the current text, in the order of the version's text. Words are
 * aligned by a longest common subsequence, ignoring case and punctuation, of those that are near each other in time;
 * channel by channel if both have the same channels.
 */
export async function versionDifferences(
  version: readonly EditableSegment[],
  current: readonly EditableSegment[],
): Promise<VersionDifference[]> {
  const channels = channelsOf(version);
  const isSame = channels.join() === channelsOf(current).join();
  const found: { readonly place: PlacedWord; readonly difference: VersionDifference }[] = [];
  for (const channel of isSame ? channels : [null]) {
    const old = wordsOf(version, channel);
    await setImmediate();
    const fresh = wordsOf(current, channel);
    await setImmediate();
    const pairs = (await alignedWords(old, fresh)).filter(([a, b]) => old[a]?.text === fresh[b]?.text);
    let previous: Pair = [-1, -1];
    for (const pair of [...pairs, [old.length, fresh.length] as Pair]) {
      const gap = old.slice(previous[0] + 1, pair[0]);
      const now = fresh.slice(previous[1] + 1, pair[1]);
      const place = gap[0] ?? old[pair[0]] ?? old[previous[0]];
      if (place !== undefined && (gap.length > 0 || now.length > 0)) {
        const pieces =
          gap.length > 0 ? piecesOf(gap, version) : [emptyPiece(place, pair[0] >= old.length, version)];
        found.push({ place, difference: { pieces, current: beginningOf(now) } });
      }
      previous = pair;
    }
  }
  found.sort((a, b) => a.place.segment - b.place.segment || a.place.index - b.place.index);
  return found.map(({ difference }) => difference);
}

/** The words that are in both texts, as pairs of their indexes. */
async function alignedWords(old: readonly PlacedWord[], fresh: readonly PlacedWord[]): Promise<Pair[]> {
  const sounds = new Map<string, string>();
  const sound = (text: string) => {
    const known = sounds.get(text) ?? soundOf(text);
    sounds.set(text, known);
    return known;
  };
  const keyOf = ({ text }: PlacedWord) => sound(text);
  const isSame = (a: PlacedWord, b: PlacedWord) => {
    if (Math.abs(a.startMs - b.startMs) > NEAR_MS) return false;
    return a.text === b.text || sound(a.text) === sound(b.text);
  };
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    let [a, b] = [old[i], fresh[j]];
    while (a !== undefined && b !== undefined && isSame(a, b)) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
      [a, b] = [old[i], fresh[j]];
    }
    if (a === undefined || b === undefined) return pairs;
    const startMs = Math.min(a.startMs, b.startMs);
    const endI = firstFrom(old, i, startMs + STRETCH_MS);
    const endJ = firstFrom(fresh, j, startMs + STRETCH_MS);
    const isLast = endI === old.length && endJ === fresh.length;
    const settledI = isLast ? endI : firstFrom(old, i, startMs + SETTLED_MS);
    const settledJ = isLast ? endJ : firstFrom(fresh, j, startMs + SETTLED_MS);
    const [baseI, baseJ] = [i, j];
    const common = commonPairs(old.slice(i, endI), fresh.slice(j, endJ), { keyOf, isSame })
      .map(([x, y]): Pair => [baseI + x, baseJ + y])
      .filter(([x, y]) => x < settledI && y < settledJ);
    pairs.push(...common);
    if (isLast) return pairs;
    const [lastI, lastJ] = common.at(-1) ?? [i - 1, j - 1];
    i = Math.max(lastI + 1, firstFrom(old, i, startMs + SETTLED_MS - NEAR_MS));
    j = Math.max(lastJ + 1, firstFrom(fresh, j, startMs + SETTLED_MS - NEAR_MS));
    await setImmediate();
  }
}

/** The index of the first word from `start` on that does not begin before a time. */
function firstFrom(words: readonly PlacedWord[], start: number, timeMs: number): number {
  let index = start;
  while (index < words.length && (words[index] as PlacedWord).startMs < timeMs) index += 1;
  return index;
}

function wordsOf(segments: readonly EditableSegment[], channel: number | null): PlacedWord[] {
  return segments.flatMap((one, segment) =>
    channel !== null && one.channel !== channel
      ? []
      : one.words.map(({ text, startMs }, index) => ({
          text,
          startMs,
          segment,
          index,
        })),
  );
}

function channelsOf(segments: readonly EditableSegment[]): number[] {
  return [...new Set(segments.map(({ channel }) => channel))].sort((a, b) => a - b);
}

/** A run of words, split at the segments' boundaries. */
function piecesOf(
  words: readonly PlacedWord[],
  version: readonly EditableSegment[],
): VersionDifference['pieces'] {
  const pieces: VersionDifference['pieces'] = [];
  let segment = -1;
  for (const word of words) {
    const piece = pieces.at(-1);
    if (piece !== undefined && word.segment === segment && word.index === piece.toWord) piece.toWord += 1;
    else pieces.push({ segmentId: idOf(word, version), fromWord: word.index, toWord: word.index + 1 });
    segment = word.segment;
  }
  return pieces;
}

/** The position before a word, or after it. */
function emptyPiece(
  word: PlacedWord,
  isBehind: boolean,
  version: readonly EditableSegment[],
): VersionDifference['pieces'][number] {
  const at = word.index + (isBehind ? 1 : 0);
  return { segmentId: idOf(word, version), fromWord: at, toWord: at };
}

function idOf({ segment }: PlacedWord, version: readonly EditableSegment[]): string {
  return (version[segment] as EditableSegment).id;
}

function beginningOf(words: readonly PlacedWord[]): string {
  const text = words.map((word) => word.text).join(' ');
  return text.length <= LONGEST_CURRENT ? text : `${text.slice(0, LONGEST_CURRENT)}…`;
}
