import type { Span } from '../../../contract/audio.ts';
import type { EngineSegment, EngineWord } from '../../../contract/engine.ts';
import type { Segment, SegmentFlag, Word } from '../../../contract/transcript.ts';
import { clampToPiece, pieceAt } from '../../speech/time-map.ts';
import type { PlannedWindow, WindowPiece } from '../../speech/window-packer.ts';
import { isSpoken, joinWords } from '../../text-alignment/join-words.ts';

/** A segment as the engine returned it for a window, with the language it was transcribed in and its faults. */
export interface TranscribedSegment extends EngineSegment {
  readonly language: string;
  readonly flags: readonly SegmentFlag[];
}

/** A segment is split if the window left out this much of the recording between two of its words. */
const SPLIT_MS = 1000;

/** Silence that a start or an end may cross to reach its speech: some of Whisper's starts are a second early. */
const EARLY_MS = 1000;

/** Speech that a start may have missed: Whisper's time marks are often late by a consonant. */
const LATE_MS = 200;

/** What overlaps with a run of speech by less than this belongs to the silence beside it. */
const TOUCH_MS = 120;

/** A word with which a sentence ends. */
export const ENDS_SENTENCE = /[.!?…。！？؟][\p{Pe}\p{Pf}"']*\s*$/u;

/** A speaker who pauses for longer has left a sentence unfinished. */
const SENTENCE_PAUSE_MS = 700;
/** Longer ones are not put together: a text is corrected and read segment by segment. */
const LONGEST_SENTENCE_MS = 20_000;

/** A text in a script without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]$/u;

/** A text that only describes audio, as Whisper writes it: `[BLANK_AUDIO]`, `(laughs)`, `*music*`, `♪ … ♪`. */
const ANNOTATION = /^(\s*(\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪?|【[^】]*】|（[^）]*）)[\s.]*)+$/u;

/** A word and the piece of audio that it belongs to. */
interface WordInPiece {
  readonly word: EngineWord;
  readonly piece: WindowPiece;
}

/** Words of one segment that stay together. Never empty. */
interface Run {
  readonly text: string;
  readonly words: readonly WordInPiece[];
  /** In window time. */
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * Maps what the engine returned for a window back to recording time. Words are kept inside the piece of audio
 * they belong to; a segment that reaches across a long silence is split there; starts and ends that are in
 * silence are moved to the speech beside it; what is empty or only an annotation is dropped. The segments come in
 * order and do not overlap.
 */
export function placeSegments(
  window: PlannedWindow,
  segments: readonly TranscribedSegment[],
  speaker: string | null,
): Segment[] {
  const placed: Segment[] = [];
  let earliestMs = 0;
  for (const segment of segments) {
    if (!isSpoken(segment.text) || ANNOTATION.test(segment.text)) continue;
    for (const run of splitAtSilences(window, segment)) {
      const span = placeRun(run, earliestMs);
      placed.push({
        ...span,
        text: run.text,
        speaker,
        language: segment.language,
        confidence: confidence(run.words),
        flags: [...segment.flags],
        words: placeWords(run.words, span),
      });
      earliestMs = span.endMs;
    }
  }
  return speaker === null ? placed : withWholeSentences(placed);
}

/**
 * Joins the segments of a speaker with a channel of their own in which one sentence goes on: another speaker at the same
 * time would else be put in the middle of it.
 */
function withWholeSentences(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const before = joined.at(-1);
    const goesOn =
      before !== undefined &&
      !ENDS_SENTENCE.test(before.text) &&
      segment.startMs - before.endMs <= SENTENCE_PAUSE_MS &&
      segment.endMs - before.startMs <= LONGEST_SENTENCE_MS &&
      segment.language === before.language &&
      segment.flags.join() === before.flags.join();
    if (goesOn) joined[joined.length - 1] = together(before, segment);
    else joined.push(segment);
  }
  return joined;
}

function together(first: Segment, second: Segment): Segment {
  const blank = UNSPACED.test(first.text) ? '' : ' ';
  const lengths = [first.text.length, second.text.length] as const;
  const weighted = first.confidence * lengths[0] + second.confidence * lengths[1];
  return {
    ...first,
    endMs: second.endMs,
    text: first.text + blank + second.text,
    confidence: weighted / (lengths[0] + lengths[1]),
    words: [...first.words, ...second.words],
  };
}

function splitAtSilences(window: PlannedWindow, segment: EngineSegment): Run[] {
  const groups: WordInPiece[][] = [];
  let last: WindowPiece | null = null;
  for (const { word, piece: found } of withSentences(window, spokenWords(segment))) {
    const piece: WindowPiece = last !== null && found.windowStartMs < last.windowStartMs ? last : found;
    const splits = last === null || piece.recordingStartMs - recordingEndMs(last) >= SPLIT_MS;
    if (splits && piece !== last) groups.push([]);
    groups.at(-1)?.push({ word, piece });
    last = piece;
  }
  return groups.map((words, index) => ({
    // Unsplit, the engine's own text is kept unchanged.
    text: (groups.length === 1 ? segment.text : words.map(({ word }) => word.text).join('')).trim(),
    words,
    startMs: index === 0 ? segment.startMs : (words[0] as WordInPiece).word.startMs,
    endMs: index === groups.length - 1 ? segment.endMs : (words.at(-1) as WordInPiece).word.endMs,
  }));
}

/**
 * The words, each with the piece of audio that it belongs to. A word in the silence at the end of a piece is the first of what
 * follows in the next one, and the last word of a sentence in the silence before a piece belongs to the rest of it.
 */
function withSentences(window: PlannedWindow, words: readonly EngineWord[]): WordInPiece[] {
  const inPieces = words.map((word) => ({
    word,
    piece: pieceAt(window, (word.startMs + word.endMs) / 2),
  }));
  return inPieces.map(({ word, piece }, index) => {
    const before = inPieces[index - 1];
    const after = inPieces[index + 1];
    const { windowStartMs, recordingStartMs, speech } = piece;
    const toWindowMs = windowStartMs - recordingStartMs;
    const lastEndMs = (speech.at(-1)?.endMs ?? recordingStartMs) + toWindowMs;
    if (after !== undefined && after.piece.windowStartMs > windowStartMs) {
      if (word.startMs > lastEndMs - TOUCH_MS) return { word, piece: after.piece };
    }
    const endsSentence = after === undefined || ENDS_SENTENCE.test(word.text);
    const firstStartMs = (speech[0]?.startMs ?? recordingStartMs) + toWindowMs;
    if (endsSentence && before !== undefined && before.piece.windowStartMs < windowStartMs) {
      if (word.endMs < firstStartMs + TOUCH_MS) return { word, piece: before.piece };
    }
    return { word, piece };
  });
}

/** The segment's words; the segment itself if the engine returned none. */
function spokenWords(segment: EngineSegment): EngineWord[] {
  const words = joinWords(segment.words);
  if (words.length > 0) return words;
  const { startMs, endMs, text, meanLogProb } = segment;
  return [{ startMs, endMs, text, probability: Math.exp(meanLogProb) }];
}

function placeRun(run: Run, earliestMs: number): Span {
  const first = (run.words[0] as WordInPiece).piece;
  const last = (run.words.at(-1) as WordInPiece).piece;
  const endMs = pullBack(clampToPiece(last, run.endMs), last.speech);
  const startMs = findOnset(clampToPiece(first, run.startMs), first.speech);
  const boundedMs = Math.max(earliestMs, Math.min(startMs, recordingEndMs(last)));
  return { startMs: boundedMs, endMs: Math.max(boundedMs, endMs) };
}

/** Start of the speech that a segment's or word's start belongs to. */
function findOnset(timeMs: number, speech: readonly Span[]): number {
  const burst = speech.find(({ endMs }) => endMs - TOUCH_MS > timeMs);
  if (burst === undefined) return timeMs;
  const lateMs = timeMs - burst.startMs;
  return lateMs >= -EARLY_MS && lateMs <= LATE_MS ? burst.startMs : timeMs;
}

/** End of the speech that an end belongs to, if the end is in silence. */
function pullBack(timeMs: number, speech: readonly Span[]): number {
  const burst = speech.findLast(({ startMs }) => startMs + TOUCH_MS < timeMs);
  if (burst === undefined || timeMs - burst.endMs > EARLY_MS) return timeMs;
  return Math.min(timeMs, burst.endMs);
}

function placeWords(words: readonly WordInPiece[], bounds: Span): Word[] {
  const placed: Word[] = [];
  let earliestMs = bounds.startMs;
  for (const [index, { word, piece }] of words.entries()) {
    const beginsSentence = index === 0 || ENDS_SENTENCE.test((words[index - 1] as WordInPiece).word.text);
    const wordSpan = inSpeech(
      { startMs: clampToPiece(piece, word.startMs), endMs: clampToPiece(piece, word.endMs) },
      piece.speech,
      beginsSentence,
    );
    const startMs = between(wordSpan.startMs, earliestMs, bounds.endMs);
    const endMs = between(wordSpan.endMs, startMs, bounds.endMs);
    const previous = placed.at(-1);
    if (previous !== undefined) previous.endMs = Math.min(previous.endMs, startMs);
    placed.push({ startMs, endMs, text: word.text.trim(), confidence: between(word.probability, 0, 1) });
    earliestMs = startMs;
  }
  return placed;
}

/**
 * A word's span, moved out of a pause: into the speech it overlaps, else, if it begins a sentence,
 * into that after the pause, else into the nearer one.
 */
function inSpeech(word: Span, speech: readonly Span[], beginsSentence: boolean): Span {
  const marginMs = beginsSentence ? TOUCH_MS : 0;
  const behind = speech.find(({ endMs }) => endMs - marginMs > word.startMs);
  if (behind !== undefined && behind.startMs <= word.startMs) return word;
  const before = speech.findLast(({ endMs }) => endMs <= word.startMs + marginMs);
  const lengthMs = word.endMs - word.startMs;
  const toNextMs = behind === undefined ? Number.POSITIVE_INFINITY : behind.startMs - word.startMs;
  const toLastMs = before === undefined ? Number.POSITIVE_INFINITY : word.startMs - before.endMs;
  if (behind !== undefined && (word.endMs > behind.startMs || beginsSentence || toNextMs <= toLastMs)) {
    return { startMs: behind.startMs, endMs: Math.max(word.endMs, behind.startMs + lengthMs) };
  }
  if (before === undefined) return word;
  return { startMs: Math.max(before.startMs, before.endMs - lengthMs), endMs: before.endMs };
}

/** Mean probability of the words, weighted by length: long words have more tokens. */
function confidence(words: readonly WordInPiece[]): number {
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
