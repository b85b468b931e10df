import type { SubtitleShape } from '../../../contract/format-options.ts';
import { columnsOf } from '../text-columns.ts';
import {
  type Chunk,
  cheapestCuts,
  cutTokens,
  endingCost,
  endOf,
  holdsPause,
  shortfall,
  startOf,
} from './cue-chunks.ts';
import { lineCount, lineOf } from './cue-lines.ts';
import { dashed, withName } from './cue-names.ts';
import type { CueToken } from './cue-tokens.ts';

/** The text on the screen at one time: one speaker's words, or those of several talking at once, each on own lines. */
export interface Block {
  /** In the order in which they are shown. */
  readonly parts: readonly Chunk[];
  /** Whether others talk at the same time, so that it has less time than its words took. */
  readonly isPressed: boolean;
}

/** A line of one of several speakers. */
interface Piece extends Chunk {
  /** Earliest time to show it: never before its speaker's previous one. */
  readonly atMs: number;
}

/** Shorter overlaps are the edges of turns, not talking at once. */
export const EDGE_MS = 300;
const DASH_COLUMNS = 2;

/** The chunks as blocks, in order: those of speakers who talk at once are cut again, so that they share the screen. */
export function blocksOf(chunks: readonly Chunk[], shape: SubtitleShape, namesInText: boolean): Block[] {
  const blocks: Block[] = [];
  let together: Chunk[] = [];
  const reaches = new Map<string | null, number>();
  const close = (nextMs: number) => {
    const speakers = new Set(together.map(({ speaker }) => speaker));
    if (speakers.size > 1) blocks.push(...sharedBlocks(together, nextMs, shape, namesInText));
    else blocks.push(...together.map((chunk) => ({ parts: [chunk], isPressed: false })));
    together = [];
  };
  for (const chunk of chunks) {
    const startMs = startOf(chunk);
    const isPressed = [...reaches].some(
      ([speaker, untilMs]) => speaker !== chunk.speaker && untilMs > startMs,
    );
    if (!isPressed) close(startMs);
    together.push(chunk);
    const reachMs = Math.max(endOf(chunk) - EDGE_MS, startMs + shape.shortestMs);
    reaches.set(chunk.speaker, Math.max(reachMs, reaches.get(chunk.speaker) ?? 0));
  }
  close(Number.POSITIVE_INFINITY);
  return blocks;
}

/** Time of a block's first word. */
export function blockStart({ parts }: Block): number {
  return Math.min(...parts.map(startOf));
}

/** End of its last word. */
export function blockEnd({ parts }: Block): number {
  return Math.max(...parts.map(endOf));
}

/**
 * Cues of several at once: each speaker's words are cut into lines, and those, in order of their starts, into blocks
 * that fit the screen, at the least cost.
 */
function sharedBlocks(
  chunks: readonly Chunk[],
  nextMs: number,
  shape: SubtitleShape,
  namesInText: boolean,
): Block[] {
  const pieces = piecesOf(chunks, shape, namesInText);
  const nextOf = nextOfSpeaker(pieces);
  const fits = (from: number, end: number) => fitsBlock(partsOf(pieces.slice(from, end)), shape, namesInText);
  const costOf = (from: number, end: number) => {
    const parts = partsOf(pieces.slice(from, end));
    const endings = parts.reduce((sum, { tokens }) => {
      const last = tokens.at(-1);
      return sum + endingCost(tokens, last === undefined ? undefined : nextOf.get(last));
    }, 0);
    const availableMs = (pieces[end]?.atMs ?? nextMs) - (pieces[from]?.atMs ?? 0);
    return endings + haste(parts, availableMs, shape);
  };
  return cheapestCuts(pieces.length, fits, costOf).map(([from, end]) => ({
    parts: partsOf(pieces.slice(from, end)),
    isPressed: true,
  }));
}

/** All speech in lines that leave room for a dash and a name, in the order in which they begin; each speaker's stay in order. */
function piecesOf(chunks: readonly Chunk[], shape: SubtitleShape, namesInText: boolean): Piece[] {
  const reached = new Map<string | null, number>();
  return chunks
    .flatMap((chunk) => {
      const lineLength = roomBehindName(chunk, shape.lineLength, namesInText);
      return cutTokens(chunk.tokens, { ...shape, lines: 1, lineLength }).map((tokens) => {
        const atMs = Math.max(startOf({ tokens }), reached.get(chunk.speaker) ?? 0);
        reached.set(chunk.speaker, atMs);
        return { ...chunk, tokens, atMs };
      });
    })
    .sort((one, other) => one.atMs - other.atMs);
}

/** Columns of a line left by a dash and the name. A name that leaves less than half has lines of its own. */
function roomBehindName(chunk: Chunk, lineLength: number, namesInText: boolean): number {
  const empty = { ...chunk, tokens: chunk.tokens.slice(0, 1).map((token) => ({ ...token, text: '' })) };
  const before = columnsOf(lineOf(dashed(namesInText ? withName(empty, lineLength) : empty)));
  return lineLength - (before > lineLength / 2 ? DASH_COLUMNS : before);
}

/** The first token of each piece's speaker after it, by the piece's last token. */
function nextOfSpeaker(pieces: readonly Piece[]): Map<CueToken, CueToken> {
  const next = new Map<CueToken, CueToken>();
  const lastOf = new Map<string | null, CueToken>();
  for (const { tokens, speaker } of pieces) {
    const last = lastOf.get(speaker);
    const [first] = tokens;
    if (last !== undefined && first !== undefined) next.set(last, first);
    lastOf.set(speaker, tokens.at(-1) as CueToken);
  }
  return next;
}

/** The pieces of each speaker joined, in the order in which they begin. */
function partsOf(pieces: readonly Piece[]): Chunk[] {
  const bySpeaker = Map.groupBy(pieces, ({ speaker }) => speaker);
  return [...bySpeaker.values()].flatMap((some) => {
    const [first] = some;
    return first === undefined ? [] : [{ ...first, tokens: some.flatMap(({ tokens }) => tokens) }];
  });
}

function fitsBlock(parts: readonly Chunk[], shape: SubtitleShape, namesInText: boolean): boolean {
  const spokenMs = Math.max(...parts.map(endOf)) - Math.min(...parts.map(startOf));
  if (spokenMs > shape.longestMs || parts.some(({ tokens }) => holdsPause(tokens))) return false;
  let lines = 0;
  for (const part of parts) {
    const named = namesInText ? withName(part, shape.lineLength) : part;
    const set = parts.length > 1 ? dashed(named) : named.tokens;
    // Without the name too: a speaker who is on the screen already is not named again.
    const widest = Math.max(...[...set, ...dashed(part)].map(({ text }) => columnsOf(text)));
    if (parts.length > 1 && widest > shape.lineLength) return false;
    lines += lineCount(set, shape.lineLength);
  }
  return lines <= shape.lines;
}

/** Cost of showing a block for less time than reading takes. */
function haste(parts: readonly Chunk[], availableMs: number, shape: SubtitleShape): number {
  const columns = parts.reduce((sum, { tokens }) => sum + columnsOf(lineOf(tokens)), 0);
  const readMs = (columns / shape.readingSpeed) * 1000;
  return 6 * shortfall(shape.shortestMs, availableMs) + 1.5 * shortfall(readMs, availableMs);
}
