import { diffArrays } from 'diff';

/** A member of the old sequence and the one of the fresh sequence that is the same, by their indices. */
export type Pair = readonly [old: number, fresh: number];

/** When two members are the same. */
export interface Sameness<T> {
  /** Members that are the same have the same key. */
  readonly keyOf: (member: T) => string;
  /** For members that may differ in spite of their keys; without it keys decide. */
  readonly isSame?: (old: T, fresh: T) => boolean;
}

/** Positions in both sequences, in order, between which pairs are searched. */
interface Range {
  readonly old: readonly number[];
  readonly fresh: readonly number[];
}

/** Two ranges are compared as long as that takes about so many steps: some hundredths of a second. */
const MOST_STEPS = 400_000;

/** Runs of so many members that occur once on both sides correspond. Long ones are surer, one alone is more frequent. */
const RUNS = [4, 1, 32];

/** If there is no such run, both sides are cut into pieces of so many members. */
const PIECE = 400;

/**
 * What two sequences have in common: the indices of its members on both sides, in order. If they are short or differ in
 * few places, it is a longest common subsequence (Myers 1986, by `diff`). Others are divided first at runs of members
 * that occur once on both sides (after patience diff, by Cohen) or, without any, into pieces of the same number: so
 * time and memory stay bounded, and what is found stays a common subsequence, if not always a longest.
 */
export function commonPairs<T>(old: readonly T[], fresh: readonly T[], sameness: Sameness<T>): Pair[] {
  const oldKeys = old.map(sameness.keyOf);
  const freshKeys = fresh.map(sameness.keyOf);
  const isSame = (i: number, j: number) =>
    oldKeys[i] === freshKeys[j] && (sameness.isSame?.(old[i] as T, fresh[j] as T) ?? true);
  const pairs: Pair[] = [];
  const whole: Range = { old: [...old.keys()], fresh: [...fresh.keys()] };
  // A list instead of recursion: the depth of the division depends on the text.
  const ranges = [whole];
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const middle = shared(trimmed(range, isSame, pairs), oldKeys, freshKeys);
    const found = compared(middle, isSame);
    if (found === null) ranges.push(...divided(middle, oldKeys, freshKeys));
    else pairs.push(...found);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  // If a cut has separated the two sides of a pair, it is between pairs that were found.
  return between(pairs, whole).flatMap(({ range, end }) => [
    ...(compared(shared(range, oldKeys, freshKeys), isSame) ?? []),
    ...end,
  ]);
}

/** The ranges before each pair, with that pair, and after the last. */
function between(pairs: readonly Pair[], { old, fresh }: Range): { range: Range; end: Pair[] }[] {
  const rangeTo = (index: number, to: Pair): Range => {
    const [i, j] = pairs[index - 1] ?? [-1, -1];
    return { old: old.slice(i + 1, to[0]), fresh: fresh.slice(j + 1, to[1]) };
  };
  return [
    ...pairs.map((pair, index) => ({ range: rangeTo(index, pair), end: [pair] })),
    { range: rangeTo(pairs.length, [old.length, fresh.length]), end: [] },
  ];
}

/** A range without the common prefix and suffix of both sides, which become pairs. */
function trimmed({ old, fresh }: Range, isSame: (i: number, j: number) => boolean, pairs: Pair[]): Range {
  const pairAt = (at: number): Pair | null => {
    const [i, j] = [old.at(at), fresh.at(at)];
    return i !== undefined && j !== undefined && isSame(i, j) ? [i, j] : null;
  };
  let head = 0;
  for (let pair = pairAt(head); pair !== null; pair = pairAt(head)) {
    pairs.push(pair);
    head += 1;
  }
  const shorter = Math.min(old.length, fresh.length);
  let tail = 0;
  for (let pair = pairAt(-1); pair !== null && head + tail < shorter; pair = pairAt(-1 - tail)) {
    pairs.push(pair);
    tail += 1;
  }
  return { old: old.slice(head, old.length - tail), fresh: fresh.slice(head, fresh.length - tail) };
}

/** A range without the members that the other side does not have. */
function shared({ old, fresh }: Range, oldKeys: readonly string[], freshKeys: readonly string[]): Range {
  const inOld = new Set(old.map((i) => oldKeys[i]));
  const inFresh = new Set(fresh.map((j) => freshKeys[j]));
  return {
    old: old.filter((i) => inFresh.has(oldKeys[i])),
    fresh: fresh.filter((j) => inOld.has(freshKeys[j])),
  };
}

/** The pairs of a longest common subsequence, or null if finding them takes too long. */
function compared({ old, fresh }: Range, isSame: (i: number, j: number) => boolean): Pair[] | null {
  if (old.length === 0 || fresh.length === 0) return [];
  // A step for each difference and diagonal; diagonals outside of the shorter side are skipped.
  const diagonals = 2 * Math.min(old.length, fresh.length) + 1;
  const maxEditLength = Math.floor(Math.max(Math.sqrt(2 * MOST_STEPS), MOST_STEPS / diagonals));
  const changes = diffArrays([...old], [...fresh], { comparator: isSame, maxEditLength });
  if (changes === undefined) return null;
  const pairs: Pair[] = [];
  let i = 0;
  let j = 0;
  for (const { added, removed, count } of changes) {
    if (!added && !removed) {
      for (let at = 0; at < count; at += 1) pairs.push([old[i + at] as number, fresh[j + at] as number]);
    }
    if (!added) i += count;
    if (!removed) j += count;
  }
  return pairs;
}

/** A range in parts that are compared separately. */
function divided({ old, fresh }: Range, oldKeys: readonly string[], freshKeys: readonly string[]): Range[] {
  const cuts = [
    ...cutsOf(
      old.map((i) => oldKeys[i] as string),
      fresh.map((j) => freshKeys[j] as string),
    ),
  ];
  return [...cuts, [old.length, fresh.length] as const].map((to, index) => {
    const from = cuts[index - 1] ?? [0, 0];
    return { old: old.slice(from[0], to[0]), fresh: fresh.slice(from[1], to[1]) };
  });
}

/** The positions to divide a range at: before runs that occur once on both sides; without any, piece by piece. */
function cutsOf(old: readonly string[], fresh: readonly string[]): Pair[] {
  for (const length of RUNS) {
    const cuts = increasing(uniquePairs(runsOf(old, length), runsOf(fresh, length)));
    // The beginning itself divides nothing.
    if (cuts.some(([i, j]) => i + j > 0)) return cuts.filter(([i, j]) => i + j > 0);
  }
  const count = Math.ceil(Math.max(old.length, fresh.length) / PIECE);
  return Array.from({ length: count - 1 }, (_, index): Pair => {
    const share = (index + 1) / count;
    return [Math.round(old.length * share), Math.round(fresh.length * share)];
  });
}

/** For each position the run of members that begins there. */
function runsOf(keys: readonly string[], length: number): string[] {
  if (length === 1) return [...keys];
  return keys.slice(length - 1).map((_, at) => keys.slice(at, at + length).join('\0'));
}

/** The members that occur once on both sides, in the old order. */
function uniquePairs(old: readonly string[], fresh: readonly string[]): Pair[] {
  const places = uniquePlaces(fresh);
  return [...uniquePlaces(old)].flatMap(([key, i]): Pair[] => {
    const j = places.get(key);
    return j === undefined ? [] : [[i, j]];
  });
}

function uniquePlaces(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map(keys.flatMap((key, index) => (counts.get(key) === 1 ? [[key, index] as const] : [])));
}

/** The longest run of pairs that increase on both sides (patience sorting). */
function increasing(pairs: readonly Pair[]): Pair[] {
  /** For each length, the index of the pair with the smallest end of a run of that length. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, [, fresh]] of pairs.entries()) {
    let low = 0;
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number] as Pair)[1] < fresh) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1];
    ends[low] = index;
  }
  const run: Pair[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before[at]) run.push(pairs[at] as Pair);
  return run.reverse();
}
