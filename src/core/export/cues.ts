import type { Span } from '../../contract/audio.ts';
import type { Segment } from '../../contract/transcript.ts';
import { type CueToken, columnsOf, LINE_COLUMNS, spreadTokens, tokensOf } from './cue-tokens.ts';
import { endsSentence, readableText } from './readable-text.ts';

/** One subtitle: one or two lines of at most 42 columns. Cues are in order of time and never overlap. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
  readonly speaker: string | null;
}

/** Tokens shown together, and who says them. */
interface Chunk {
  readonly tokens: readonly CueToken[];
  readonly speaker: string | null;
}

/** Longest time that a cue stands. */
export const LONGEST_CUE_MS = 7000;
/** Shortest time that a cue stands where the next one leaves it that much. */
export const SHORTEST_CUE_MS = 800;
// What even a cue that is pressed by the next keeps.
const LEAST_MS = 80;
// A silence within a segment after which earlier words have no place on the screen.
const PAUSE_MS = 1500;
// A cue shorter than this flickers by; splitting one off is worth avoiding.
const SHORT_TEXT_COLUMNS = 16;

const CLAUSE_END = /[,;:\u2013\u2014\uFF0C\u3001\uFF1B\uFF1A\u060C\u061B]["'\p{Pf}\p{Pe}]*$/u;

/**
 * The transcript as subtitles: each segment is cut into cues at sentence ends, clauses and pauses, lines are balanced
 * and times are those of the words. With `namesInText` a change of speaker puts `Speaker 1:` before the first word.
 */
export function cuesOf(segments: readonly Segment[], namesInText: boolean): Cue[] {
  const chunks = segments
    .flatMap((segment) => chunksOf(tokensOf(segment), segment.speaker))
    // Segments of two speakers may overlap; what is heard first is shown first. The sort keeps equal ones in order.
    .sort((one, other) => startOf(one) - startOf(other));
  const named = namesInText ? withNames(chunks) : chunks;
  return withoutOverlaps(
    named.map(({ tokens, speaker }) => ({
      startMs: tokens[0]?.startMs ?? 0,
      endMs: tokens.at(-1)?.endMs ?? 0,
      lines: linesOf(tokens),
      speaker,
    })),
  );
}

/** Puts a line over each stretch, from where none of the cues stands in its way; over none where that leaves no time to read it. */
export function withCuesOver(cues: readonly Cue[], stretches: readonly Span[], line: string): Cue[] {
  const all = [...cues];
  for (const { startMs, endMs } of stretches) {
    let fromMs = startMs;
    let at = all.findIndex((cue) => cue.endMs > startMs);
    if (at < 0) at = all.length;
    for (; at < all.length && (all[at] as Cue).startMs - fromMs < SHORTEST_CUE_MS; at++) {
      fromMs = Math.max(fromMs, (all[at] as Cue).endMs);
    }
    const untilMs = Math.min(endMs, fromMs + LONGEST_CUE_MS, all[at]?.startMs ?? Number.POSITIVE_INFINITY);
    if (untilMs - fromMs < SHORTEST_CUE_MS) continue;
    all.splice(at, 0, { startMs: fromMs, endMs: untilMs, lines: [line], speaker: null });
  }
  return all;
}

function startOf(chunk: Chunk): number {
  return chunk.tokens[0]?.startMs ?? 0;
}

/** Puts the speaker's name before the first words of each turn, and cuts again what no longer fits. */
function withNames(chunks: readonly Chunk[]): Chunk[] {
  let last: string | null = null;
  return chunks.flatMap((chunk) => {
    const changed = chunk.speaker !== last;
    last = chunk.speaker;
    if (!changed) return [chunk];
    const atMs = startOf(chunk);
    // A dash, as is usual in subtitles, keeps unattributed words from being read as the last speaker's.
    const name = chunk.speaker === null ? '–' : `${readableText(chunk.speaker)}:`;
    const nameTokens = spreadTokens(name, atMs, atMs);
    const [first, ...rest] = chunk.tokens;
    if (first === undefined) return [];
    return chunksOf([...nameTokens, { ...first, blankBefore: true }, ...rest], chunk.speaker);
  });
}

/** Cuts a segment's tokens into what stands on the screen at once: the cheapest of all ways to cut it. */
function chunksOf(tokens: readonly CueToken[], speaker: string | null): Chunk[] {
  const cheapest: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= tokens.length; end++) {
    let best = { cost: Number.POSITIVE_INFINITY, from: end - 1 };
    for (let from = end - 1; from >= 0; from--) {
      const some = tokens.slice(from, end);
      if (from < end - 1 && !fitsOneCue(some)) break;
      const cost = (cheapest[from]?.cost ?? 0) + cueCost(some, tokens[end]);
      if (cost < best.cost) best = { cost, from };
    }
    cheapest.push(best);
  }

  const chunks: Chunk[] = [];
  for (let end = tokens.length; end > 0; ) {
    const from = cheapest[end]?.from ?? 0;
    chunks.push({ tokens: tokens.slice(from, end), speaker });
    end = from;
  }
  return chunks.reverse();
}

function fitsOneCue(tokens: readonly CueToken[]): boolean {
  const first = tokens[0];
  const second = tokens[1];
  const last = tokens.at(-1);
  if (first === undefined || second === undefined || last === undefined) return true;
  // Only the newest pause needs a look: the others were looked at when the run was shorter.
  if (second.startMs - first.endMs > PAUSE_MS) return false;
  if (last.endMs - first.startMs > LONGEST_CUE_MS) return false;
  return bestLineBreak(tokens) !== null;
}

/** How badly a cue ends where it ends: every cue costs, torn clauses and scraps cost more. */
function cueCost(tokens: readonly CueToken[], next: CueToken | undefined): number {
  const last = tokens.at(-1);
  if (last === undefined) return 0;
  const scrap = columnsOf(lineOf(tokens)) < SHORT_TEXT_COLUMNS ? 0.8 : 0;
  if (next === undefined) return 1 + scrap;
  const pause = next.startMs - last.endMs >= 300 ? -0.3 : 0;
  if (endsSentence(last.text)) return 0.7 + scrap;
  if (CLAUSE_END.test(last.text)) return 1.2 + scrap + pause;
  return 1.7 + scrap + pause;
}

/** One line if it fits, else two, as even as the words allow. */
function linesOf(tokens: readonly CueToken[]): string[] {
  const at = bestLineBreak(tokens);
  if (at === null) throw new Error('a cue fits two lines');
  return at === tokens.length ? [lineOf(tokens)] : [lineOf(tokens.slice(0, at)), lineOf(tokens.slice(at))];
}

/** Before which token the second line begins, the number of tokens for a single line, or null if two do not do. */
function bestLineBreak(tokens: readonly CueToken[]): number | null {
  if (columnsOf(lineOf(tokens)) <= LINE_COLUMNS) return tokens.length;
  let best: { at: number; cost: number } | null = null;
  for (let at = 1; at < tokens.length; at++) {
    const first = columnsOf(lineOf(tokens.slice(0, at)));
    const second = columnsOf(lineOf(tokens.slice(at)));
    if (first > LINE_COLUMNS || second > LINE_COLUMNS) continue;
    const ending = tokens[at - 1]?.text ?? '';
    const reward = endsSentence(ending) ? 16 : CLAUSE_END.test(ending) ? 8 : 0;
    // Of two even breaks the one with the shorter first line hides less of the picture.
    const topHeavy = first > second ? 2 : 0;
    const cost = Math.abs(first - second) + topHeavy - reward;
    if (best === null || cost < best.cost) best = { at, cost };
  }
  return best?.at ?? null;
}

function lineOf(tokens: readonly CueToken[]): string {
  let line = '';
  for (const { text, blankBefore } of tokens) line += line !== '' && blankBefore ? ` ${text}` : text;
  return line;
}

/**
 * Gives every cue a time of its own: an end is moved to the next start, a short cue stands a little longer where there
 * is room, and a start is put off only where the cue before would not be seen at all.
 */
function withoutOverlaps(cues: readonly Cue[]): Cue[] {
  let freeFromMs = 0;
  return cues.map((cue, index) => {
    const startMs = Math.max(cue.startMs, freeFromMs);
    const nextMs = Math.max(cues[index + 1]?.startMs ?? Number.POSITIVE_INFINITY, startMs + LEAST_MS);
    const wantedMs = Math.max(cue.endMs, startMs + SHORTEST_CUE_MS);
    const endMs = Math.min(wantedMs, nextMs, startMs + LONGEST_CUE_MS);
    freeFromMs = endMs;
    return { ...cue, startMs, endMs };
  });
}
