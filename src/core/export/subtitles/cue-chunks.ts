import type { SubtitleShape } from '../../../contract/format-options.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { endsSentence } from '../readable-text.ts';
import { columnsOf } from '../text-columns.ts';
import { type Direction, directionOf } from '../text-direction.ts';
import { endsClause, lineCount, lineOf } from './cue-lines.ts';
import { type CueToken, tokensOf } from './cue-tokens.ts';

/** What one speaker says during a cue: at least one token. */
export interface Chunk {
  readonly tokens: readonly CueToken[];
  readonly speaker: string | null;
  readonly direction: Direction;
}

// A silence within a segment after which earlier words are removed from the screen.
const PAUSE_MS = 1500;
// A cue shorter than this flickers; splitting one off is to be avoided.
const SHORT_TEXT_COLUMNS = 16;

/** Time of the first word of a chunk. */
export function startOf({ tokens }: Pick<Chunk, 'tokens'>): number {
  return tokens[0]?.startMs ?? 0;
}

/** End of the last word of a chunk. */
export function endOf({ tokens }: Pick<Chunk, 'tokens'>): number {
  return tokens.at(-1)?.endMs ?? 0;
}

/** All segments cut into chunks that fit the screen; in order of time, equal ones in that of the segments. */
export function chunksOf(segments: readonly Segment[], shape: SubtitleShape): Chunk[] {
  const turns = joined(
    segments.map((segment) => ({
      tokens: tokensOf(segment, shape.lineLength),
      speaker: segment.speaker,
      direction: directionOf(segment.text, segment.language),
    })),
    shape,
  );
  return turns
    .flatMap((turn, index) => {
      const next = turns[index + 1];
      const nextMs = next === undefined ? undefined : Math.max(startOf(next), endOf(turn));
      const cuts = cutTokens(turn.tokens, shape, nextMs);
      return cuts.map((tokens) => ({ ...turn, tokens }));
    })
    .sort((one, other) => startOf(one) - startOf(other));
}

/** Merges a chunk that follows a short one too soon: neither could be read by itself. */
function joined(segments: readonly Chunk[], { shortestMs }: SubtitleShape): Chunk[] {
  const turns: Chunk[] = [];
  for (const segment of segments) {
    const last = turns.at(-1);
    const isHasty =
      last !== undefined &&
      segment.speaker !== null &&
      last.speaker === segment.speaker &&
      last.direction === segment.direction &&
      endOf(last) <= startOf(segment) &&
      startOf(segment) - startOf(last) < shortestMs;
    if (isHasty) turns[turns.length - 1] = { ...last, tokens: [...last.tokens, ...segment.tokens] };
    else if (segment.tokens.length > 0) turns.push(segment);
  }
  return turns;
}

/** Cuts tokens into chunks that fit a cue each, at the least cost. The next speech begins at `nextMs`. */
export function cutTokens(
  tokens: readonly CueToken[],
  shape: SubtitleShape,
  nextMs: number = Number.POSITIVE_INFINITY,
): CueToken[][] {
  const scrapColumns = Math.min(SHORT_TEXT_COLUMNS, shape.lineLength / 2);
  return cheapestCuts(
    tokens.length,
    (from, end) => fitsCue(tokens.slice(from, end), shape),
    (from, end) => {
      const some = tokens.slice(from, end);
      const scrap = columnsOf(lineOf(some)) < scrapColumns ? 0.8 : 0;
      const availableMs = (tokens[end]?.startMs ?? nextMs) - startOf({ tokens: some });
      return endingCost(some, tokens[end]) + scrap + 2 * shortfall(shape.shortestMs, availableMs);
    },
  ).map(([from, end]) => tokens.slice(from, end));
}

/** The missing share of a time. */
export function shortfall(wantedMs: number, availableMs: number): number {
  return Math.max(0, wantedMs - availableMs) / Math.max(1, wantedMs);
}

/**
 * Cuts so many things into runs at the least cost, each run of a single thing or one that fits. A longer run than one
 * that does not fit must not fit either.
 */
export function cheapestCuts(
  count: number,
  fits: (from: number, end: number) => boolean,
  costOf: (from: number, end: number) => number,
): [from: number, end: number][] {
  const cheapest: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= count; end++) {
    let best = { cost: Number.POSITIVE_INFINITY, from: end - 1 };
    for (let from = end - 1; from >= 0; from--) {
      if (from < end - 1 && !fits(from, end)) break;
      const cost = (cheapest[from]?.cost ?? 0) + costOf(from, end);
      if (cost < best.cost) best = { cost, from };
    }
    cheapest.push(best);
  }
  const runs: [number, number][] = [];
  for (let end = count; end > 0; ) {
    const from = cheapest[end]?.from ?? 0;
    runs.push([from, end]);
    end = from;
  }
  return runs.reverse();
}

function fitsCue(tokens: readonly CueToken[], { lines, lineLength, longestMs }: SubtitleShape): boolean {
  if (endOf({ tokens }) - startOf({ tokens }) > longestMs) return false;
  return !holdsPause(tokens) && lineCount(tokens, lineLength) <= lines;
}

/** Whether there is a silence between two of the tokens. */
export function holdsPause(tokens: readonly CueToken[]): boolean {
  return tokens.some((token, index) => {
    const before = tokens[index - 1];
    return before !== undefined && token.startMs - before.endMs > PAUSE_MS;
  });
}

/** Cost of a text's break, given what its speaker says next: split clauses cost more than split sentences. */
export function endingCost(tokens: readonly CueToken[], next: CueToken | undefined): number {
  const last = tokens.at(-1);
  if (last === undefined) return 0;
  if (next === undefined) return 1;
  const pause = next.startMs - last.endMs >= 300 ? -0.3 : 0;
  if (endsSentence(last.text)) return 0.7;
  return (endsClause(last.text) ? 1.2 : 1.7) + pause;
}
