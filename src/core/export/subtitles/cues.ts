import type { Span } from '../../../contract/audio.ts';
import { type SubtitleShape, USUAL_SUBTITLES } from '../../../contract/format-options.ts';
import type { Segment } from '../../../contract/transcript.ts';
import { columnsOf } from '../text-columns.ts';
import type { Direction } from '../text-direction.ts';
import { chunksOf, cutTokens } from './cue-chunks.ts';
import { type Block, blockEnd, blockStart, blocksOf, EDGE_MS } from './cue-dialogue.ts';
import { linesOf } from './cue-lines.ts';
import { dashed, withName } from './cue-names.ts';
import { spreadTokens } from './cue-tokens.ts';

/** One subtitle. Cues are in order of their starts. */
export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
  /** Null if it is not known, and if several talk at once. */
  readonly speaker: string | null;
  /** Of each line; none if all of them are read from left to right. */
  readonly directions?: readonly Direction[];
}

/** A cue before it has its times. */
interface UntimedCue extends Omit<Cue, 'startMs' | 'endMs'> {
  /** Time of its words. */
  readonly spoken: Span;
  readonly isPressed: boolean;
}

// Least duration of a cue shortened by the next, if it is an answer of one word.
const LEAST_MS = 500;
// Least duration even of one that must catch up.
const FLASH_MS = 80;
// A cue may be this late without being shortened; from then on the later, the shorter.
const EASY_LAG_MS = 3000;
const LONGEST_LAG_MS = 8000;

/**
 * The transcript as subtitles that never overlap: each segment is cut into cues at sentence ends, clauses and pauses,
 * lines are balanced and times are those of the words. What several speakers say at once shares cues, each on lines of
 * their own behind a dash. With `namesInText` a change of speaker puts `Speaker 1:` before the first word.
 */
export function cuesOf(
  segments: readonly Segment[],
  namesInText: boolean,
  shape: SubtitleShape = USUAL_SUBTITLES,
): Cue[] {
  const blocks = blocksOf(chunksOf(segments, shape), shape, namesInText);
  return timedInTurn(
    namesInText ? [...named(blocks, shape)] : blocks.map((block) => untimed(block, shape)),
    shape,
  );
}

/**
 * The transcript as subtitles for formats in which cues may overlap: those of one speaker never do, those of several only
 * when they talk at once.
 */
export function overlappingCuesOf(
  segments: readonly Segment[],
  shape: SubtitleShape = USUAL_SUBTITLES,
): Cue[] {
  const cues = chunksOf(segments, shape).map((chunk) => untimed({ parts: [chunk], isPressed: false }, shape));
  const bySpeaker = Map.groupBy(cues, ({ speaker }) => speaker);
  const tracks = [...bySpeaker.values()].map((track) =>
    timedInTurn(track, shape, limitedByOthers(cues, shape)),
  );
  return tracks.flat().sort((one, other) => one.startMs - other.startMs);
}

/** A message of the program, as it is shown in the lines of a cue. */
export function cueLines(text: string, shape: SubtitleShape): string[] {
  return linesOf(spreadTokens(text, 0, 0, shape.lineLength), shape);
}

/** Puts a line over each range, from where no cue overlaps; over none if that leaves no time to read it. */
export function withCuesOver(
  cues: readonly Cue[],
  ranges: readonly Span[],
  line: string,
  shape: SubtitleShape = USUAL_SUBTITLES,
): Cue[] {
  const { gapMs, shortestMs, longestMs } = shape;
  const all = [...cues];
  for (const { startMs, endMs } of ranges) {
    let fromMs = startMs;
    let at = 0;
    for (; at < all.length; at++) {
      const cue = all[at] as Cue;
      if (cue.startMs - gapMs - fromMs >= shortestMs) break;
      fromMs = Math.max(fromMs, cue.endMs + gapMs);
    }
    const nextMs = (all[at]?.startMs ?? Number.POSITIVE_INFINITY) - gapMs;
    const untilMs = Math.min(endMs, fromMs + longestMs, nextMs);
    if (untilMs - fromMs < shortestMs) continue;
    all.splice(at, 0, { startMs: fromMs, endMs: untilMs, lines: cueLines(line, shape), speaker: null });
  }
  return all;
}

/** Puts the speaker's name before the first words of each turn, and cuts chunks that do not fit then. */
function* named(blocks: readonly Block[], shape: SubtitleShape): Generator<UntimedCue> {
  // The speaker that words on the screen are attributed to; after several at once, none.
  let shown: readonly (string | null)[] = [null];
  for (const block of blocks) {
    const ordered = inOrderShown(block, shown);
    const speakers = ordered.parts.map(({ speaker }) => speaker);
    const isShown = speakers.length === shown.length && speakers.every((one, at) => one === shown[at]);
    shown = speakers;
    if (isShown) yield untimed(ordered, shape);
    else yield* untimedNamed(ordered, shape);
  }
}

/** A block whose speakers are those on the screen already, in the order in which they are shown there. */
function inOrderShown(block: Block, shown: readonly (string | null)[]): Block {
  const bySpeaker = new Map(block.parts.map((part) => [part.speaker, part]));
  const parts = shown.flatMap((speaker) => bySpeaker.get(speaker) ?? []);
  return parts.length === block.parts.length ? { ...block, parts } : block;
}

function* untimedNamed(block: Block, shape: SubtitleShape): Generator<UntimedCue> {
  const parts = block.parts.map((part) => withName(part, shape.lineLength));
  const [only] = parts;
  if (only === undefined || parts.length > 1) {
    yield untimed({ ...block, parts }, shape);
    return;
  }
  for (const tokens of cutTokens(only.tokens, shape)) {
    yield untimed({ ...block, parts: [{ ...only, tokens }] }, shape);
  }
}

function untimed(block: Block, shape: SubtitleShape): UntimedCue {
  const { parts, isPressed } = block;
  const set = parts.map((part) => {
    const lines = linesOf(parts.length > 1 ? dashed(part) : part.tokens, shape);
    return { lines, directions: lines.map(() => part.direction) };
  });
  const directions = set.flatMap((part) => part.directions);
  return {
    spoken: { startMs: blockStart(block), endMs: blockEnd(block) },
    isPressed,
    lines: set.flatMap(({ lines }) => lines),
    speaker: parts.length === 1 ? (parts[0]?.speaker ?? null) : null,
    ...(directions.includes('rightToLeft') ? { directions } : {}),
  };
}

/** Limits the time of a cue beyond its words: accepts its preferred, spoken and least duration. */
type EndLimit = (wantedMs: number, spokenEndMs: number, leastEndMs: number) => number;

/**
 * Assigns every cue a time of its own: an end is moved to the next start, a cue is extended if there is time until it is
 * read, and a start is delayed if the cue before could not be read at all.
 */
function timedInTurn(
  cues: readonly UntimedCue[],
  shape: SubtitleShape,
  limited: EndLimit = (wantedMs) => wantedMs,
): Cue[] {
  const { gapMs, shortestMs, longestMs } = shape;
  let freeFromMs = 0;
  return cues.map(({ spoken, isPressed, ...cue }, index) => {
    const startMs = Math.max(spoken.startMs, freeFromMs);
    const readMs = Math.round(readingMs(cue.lines, shape));
    const easyMs = Math.max(isPressed ? shortestMs : Math.min(LEAST_MS, shortestMs), readMs / 2);
    const keptMs = Math.max(
      FLASH_MS,
      Math.round(Math.min(easyMs, longestMs) * hurry(startMs - spoken.startMs)),
    );
    const nextMs = cues[index + 1]?.spoken.startMs ?? Number.POSITIVE_INFINITY;
    const wantedMs = Math.max(spoken.endMs, startMs + shortestMs, startMs + readMs);
    const endMs = Math.min(
      limited(wantedMs, spoken.endMs, startMs + shortestMs),
      Math.max(nextMs - gapMs, startMs + keptMs),
      startMs + longestMs,
    );
    freeFromMs = endMs + gapMs;
    return { ...cue, startMs, endMs };
  });
}

/** Factor by which a late cue is shortened, 1 for not at all: subtitles must catch up with the audio. */
function hurry(lagMs: number): number {
  return Math.min(1, Math.max(0, (LONGEST_LAG_MS - lagMs) / (LONGEST_LAG_MS - EASY_LAG_MS)));
}

function readingMs(lines: readonly string[], { readingSpeed }: SubtitleShape): number {
  const columns = lines.reduce((sum, line) => sum + columnsOf(line), 0);
  return (columns / readingSpeed) * 1000;
}

/** The first cue that begins when a cue's words have ended, or at their edge, ends it, if it was shown long enough. */
function limitedByOthers(cues: readonly UntimedCue[], { gapMs }: SubtitleShape): EndLimit {
  return (wantedMs, spokenEndMs, leastEndMs) => {
    const next = firstFrom(cues, Math.max(spokenEndMs - EDGE_MS, leastEndMs));
    return next === undefined
      ? wantedMs
      : Math.min(wantedMs, Math.max(next.spoken.startMs - gapMs, leastEndMs));
  };
}

/** The first cue whose words begin at a time or later. */
function firstFrom(cues: readonly UntimedCue[], ms: number): UntimedCue | undefined {
  let from = 0;
  let to = cues.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((cues[middle] as UntimedCue).spoken.startMs < ms) from = middle + 1;
    else to = middle;
  }
  return cues[from];
}
