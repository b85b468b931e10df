import { deflateSync } from 'node:zlib';
import type { EngineSegment } from '../../../contract/engine.ts';
import type { SegmentFlag } from '../../../contract/transcript.ts';

/** Assessment of the text of a window. */
export interface TextAssessment {
  /** Some of the text repeats itself as from a decoder in a loop. */
  readonly loop: boolean;
  /** Some of the text is unlikely: by the model's own probabilities, or because it is faster than speech. */
  readonly improbable: boolean;
  /** The flags of each segment, by index. */
  readonly flags: readonly (readonly SegmentFlag[])[];
  /** How much of the text is doubtful, from 0 to 1: of two results of one window, keep the one with less. */
  readonly doubt: number;
}

/** The audio that the text was transcribed from. */
export interface TextContext {
  /** Speech in the window, without padding. */
  readonly speechMs: number;
}

/** Whisper's own limits: above this ratio text repeats itself; below this mean log probability it was guessed. */
const COMPRESSION_RATIO = 2.4;
const MEAN_LOG_PROB = -1;

/** For a short text alone the ratio is meaningless: Whisper's limit was made for half a minute of words. */
const SHORTEST_COMPRESSED_BYTES = 120;

/** The fastest talkers reach six words a second, and these many in a short burst. */
const WORDS_PER_SECOND = 8;
const FEWEST_WORDS = 8;

/** How often a phrase may be said in a row, by its length in words: "no, no, no, no" is speech. Longer ones: 3 times. */
const REPEATS_ALLOWED = [0, 6, 4, 3, 3];
const REPEATS_ALLOWED_LONG = 2;
const LONGEST_PHRASE = 20;

/** Characters repeated at least ten times: endlessly drawn out sounds, or a stuck word. */
const STUTTER = /(.{1,8}?)\1{9,}/u;
const SHORTEST_STUTTER = 24;

/** A character of a script written without spaces between words. */
const BLANKLESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

const WORD = new RegExp(
  `${BLANKLESS.source}|[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}'’]*[\\p{L}\\p{M}\\p{N}])?`,
  'gu',
);

/**
 * Looks for loops and improbable text in the engine's result for one window. A flagged window is to be tried again
 * with other decoding parameters; what is still flagged then is kept, and shown with its flags.
 */
export function assessText(segments: readonly EngineSegment[], context: TextContext): TextAssessment {
  const looping = findLoops(segments);
  const hurried = isHurried(segments.map(({ text }) => text).join(' '), context.speechMs);
  const flags = segments.map((segment, index): SegmentFlag[] => {
    const found: SegmentFlag[] = [];
    if (looping.has(index)) found.push('loop');
    if (hurried || isImprobable(segment)) found.push('improbable');
    return found;
  });
  const doubtful = segments.filter((_, index) => (flags[index] as SegmentFlag[]).length > 0);
  return {
    loop: looping.size > 0,
    improbable: flags.some((found) => found.includes('improbable')),
    flags,
    doubt: doubtful.length === 0 ? 0 : textLength(doubtful) / Math.max(1, textLength(segments)),
  };
}

/** How many times smaller a text gets when compressed, the way Whisper measures repetition. */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text.trim(), 'utf8');
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length;
}

function isImprobable(segment: EngineSegment): boolean {
  if (words(segment.text).length === 0) return false;
  return segment.meanLogProb < MEAN_LOG_PROB || isHurried(segment.text, segment.endMs - segment.startMs);
}

function isHurried(text: string, durationMs: number): boolean {
  const count = spokenLength(text);
  return count >= FEWEST_WORDS && count * 1000 > WORDS_PER_SECOND * durationMs;
}

/** Indices of the segments that are part of a loop, within themselves or across several. */
function findLoops(segments: readonly EngineSegment[]): Set<number> {
  const found = new Set<number>();
  const sequence = segments.flatMap(({ text }, segment) => words(text).map((word) => ({ word, segment })));
  const texts = sequence.map(({ word }) => word);
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    for (const { from, to } of repetitions(texts, length)) {
      for (const { segment } of sequence.slice(from, to)) found.add(segment);
    }
  }
  segments.forEach(({ text }, index) => {
    const stutter = STUTTER.exec(text);
    if (stutter !== null && stutter[0].length >= SHORTEST_STUTTER) found.add(index);
    if (Buffer.byteLength(text) >= SHORTEST_COMPRESSED_BYTES && compressionRatio(text) > COMPRESSION_RATIO) {
      found.add(index);
    }
  });
  return found;
}

/** Ranges of words in which a phrase of `length` words is repeated more often in a row than in speech. */
function repetitions(texts: readonly string[], length: number): { from: number; to: number }[] {
  const allowed = REPEATS_ALLOWED[length] ?? REPEATS_ALLOWED_LONG;
  const found: { from: number; to: number }[] = [];
  let from = 0;
  for (let i = length; i <= texts.length; i++) {
    if (i < texts.length && texts[i] === texts[i - length]) continue;
    // From `from` to here, every word equals the one a phrase earlier.
    if (i - from >= (allowed + 1) * length) found.push({ from, to: i });
    from = i - length + 1;
  }
  return found;
}

/** The words of a text without case and punctuation; in scripts without spaces, its characters. */
function words(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** Words of a text for its pace; in scripts without spaces, two characters are about a word. */
function spokenLength(text: string): number {
  return words(text).reduce(
    (count, word) => count + (word.length === 1 && BLANKLESS.test(word) ? 0.5 : 1),
    0,
  );
}

function textLength(segments: readonly EngineSegment[]): number {
  return segments.reduce((length, { text }) => length + text.trim().length, 0);
}
