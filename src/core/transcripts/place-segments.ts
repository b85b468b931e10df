import type { Span } from '../../contract/audio.ts';
import type { EngineSegment, EngineWord } from '../../contract/engine.ts';
import type { Segment, SegmentFlag, Word } from '../../contract/transcript.ts';
import { clampToPiece, pieceAt } from '../speech/time-map.ts';
import type { PlannedWindow, WindowPiece } from '../speech/window-packer.ts';
import { isSpoken, joinWords } from '../wording/join-words.ts';

/** What is known about a window's segments besides what the engine heard. */
export interface SegmentFacts {
  readonly language: string;
  readonly speaker: string | null;
  /** Flags of the engine's segments, by index. */
  readonly flags?: readonly (readonly SegmentFlag[])[];
}

/** A segment is split where the window left out this much of the recording between two of its words. */
const SPLIT_MS = 1000;

/** Silence that a start or an end may cross to reach its speech: Whisper gives some starts a second early. */
const EARLY_MS = 1000;

/** Speech that a start may have missed: Whisper's time marks are often late by a consonant. */
const LATE_MS = 200;

/** What overlaps with a run of speech by less than this is meant for the silence beside it. */
const TOUCH_MS = 120;

/** A text that only describes sound, as Whisper writes it: `[BLANK_AUDIO]`, `(laughs)`, `*music*`, `♪ … ♪`. */
const ANNOTATION = /^(\s*(\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪?|【[^】]*】|（[^）]*）)[\s.]*)+$/u;

/** A word and the piece of audio that it was heard in. */
interface HeardWord {
  readonly word: EngineWord;
  readonly piece: WindowPiece;
}

/** Words of one segment that stay together. Never empty. */
interface Run {
  readonly text: string;
  readonly words: readonly HeardWord[];
  /** In window time. */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Puts what the engine heard in a window back on the recording's time line. Words are kept inside the piece of audio
 * they were heard in; a segment that reaches across a long silence is split there; starts and ends that lie in
 * silence are moved to the speech beside it; what is empty or only an annotation is dropped. The segments come in
 * order and do not overlap.
 */
export function placeSegments(
  window: PlannedWindow,
  segments: readonly EngineSegment[],
  facts: SegmentFacts,
): Segment[] {
  const placed: Segment[] = [];
  let earliestMs = 0;
  segments.forEach((segment, index) => {
    if (!isSpoken(segment.text) || ANNOTATION.test(segment.text)) return;
    for (const run of splitAtSilences(window, segment)) {
      const span = placeRun(run, earliestMs);
      placed.push({
        ...span,
        text: run.text,
        speaker: facts.speaker,
        language: facts.language,
        confidence: confidence(run.words),
        flags: [...(facts.flags?.[index] ?? [])],
        words: placeWords(run.words, span),
      });
      earliestMs = span.endMs;
    }
  });
  return placed;
}

function splitAtSilences(window: PlannedWindow, segment: EngineSegment): Run[] {
  const groups: HeardWord[][] = [];
  let last: WindowPiece | null = null;
  for (const word of spokenWords(segment)) {
    const found = pieceAt(window, (word.startMs + word.endMs) / 2);
    const piece: WindowPiece = last !== null && found.windowStartMs < last.windowStartMs ? last : found;
    const splits = last === null || piece.recordingStartMs - recordingEndMs(last) >= SPLIT_MS;
    if (splits && piece !== last) groups.push([]);
    groups.at(-1)?.push({ word, piece });
    last = piece;
  }
  return groups.map((words, index) => ({
    // Unsplit, the engine's own text is kept to the letter.
    text: (groups.length === 1 ? segment.text : words.map(({ word }) => word.text).join('')).trim(),
    words,
    startMs: index === 0 ? segment.startMs : (words[0] as HeardWord).word.startMs,
    endMs: index === groups.length - 1 ? segment.endMs : (words.at(-1) as HeardWord).word.endMs,
  }));
}

/** The segment's words; the segment itself where the engine gave none. */
function spokenWords(segment: EngineSegment): EngineWord[] {
  const words = joinWords(segment.words);
  if (words.length > 0) return words;
  const { startMs, endMs, text, meanLogProb } = segment;
  return [{ startMs, endMs, text, probability: Math.exp(meanLogProb) }];
}

function placeRun(run: Run, earliestMs: number): Span {
  const first = (run.words[0] as HeardWord).piece;
  const last = (run.words.at(-1) as HeardWord).piece;
  const endMs = pullBack(clampToPiece(last, run.endMs), last.speech);
  const startMs = findOnset(clampToPiece(first, run.startMs), first.speech);
  const boundedMs = Math.max(earliestMs, Math.min(startMs, recordingEndMs(last)));
  return { startMs: boundedMs, endMs: Math.max(boundedMs, endMs) };
}

/** Where the speech begins that a start stands for. */
function findOnset(timeMs: number, speech: readonly Span[]): number {
  const burst = speech.find(({ endMs }) => endMs - TOUCH_MS > timeMs);
  if (burst === undefined) return timeMs;
  const lateMs = timeMs - burst.startMs;
  return lateMs >= -EARLY_MS && lateMs <= LATE_MS ? burst.startMs : timeMs;
}

/** Where the speech is over that an end stands for, if the end lies in silence. */
function pullBack(timeMs: number, speech: readonly Span[]): number {
  const burst = speech.findLast(({ startMs }) => startMs + TOUCH_MS < timeMs);
  if (burst === undefined || timeMs - burst.endMs > EARLY_MS) return timeMs;
  return Math.min(timeMs, burst.endMs);
}

function placeWords(words: readonly HeardWord[], bounds: Span): Word[] {
  const placed: Word[] = [];
  let earliestMs = bounds.startMs;
  for (const { word, piece } of words) {
    const startMs = between(clampToPiece(piece, word.startMs), earliestMs, bounds.endMs);
    const endMs = between(clampToPiece(piece, word.endMs), startMs, bounds.endMs);
    const previous = placed.at(-1);
    if (previous !== undefined) previous.endMs = Math.min(previous.endMs, startMs);
    placed.push({ startMs, endMs, text: word.text.trim(), confidence: between(word.probability, 0, 1) });
    earliestMs = startMs;
  }
  return placed;
}

/** Mean probability of the words, long words counting more: they are made of more tokens. */
function confidence(words: readonly HeardWord[]): number {
  let sum = 0;
  let length = 0;
  for (const { word } of words) {
    sum += word.probability * word.text.length;
    length += word.text.length;
  }
  return length === 0 ? 0 : between(sum / length, 0, 1);
}

function recordingEndMs(piece: WindowPiece): number {
  return piece.recordingStartMs + piece.durationMs;
}

function between(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(value, highest));
}
