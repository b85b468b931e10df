import type { Segment } from '../../contract/transcript.ts';
import { ENDS_SENTENCE } from '../pipeline/window/place-segments.ts';
import { type HeardWord, textOf } from './heard-words.ts';

/** Speech without a sentence's end becomes a segment when it is so long, and neither part of it is shorter than this. */
const LONGEST_MS = 10_000;
const SHORTEST_MS = 3_000;

/** What follows an abbreviation looks like a sentence's end: a sentence has some words. */
const FEWEST_WORDS = 3;

/** A comma is as good a place for a cut as a pause that is so much longer. */
const COMMA_MS = 400;

/** Makes segments of a channel's confirmed words: sentences, what was said before a pause, or about ten seconds. */
export class SegmentWriter {
  readonly #speaker: string | null;
  #words: HeardWord[] = [];

  constructor(speaker: string | null) {
    this.#speaker = speaker;
  }

  /** The words that are in no segment yet. */
  get waiting(): readonly HeardWord[] {
    return this.#words;
  }

  /** Accepts the next words; returns the segments that are complete. */
  add(words: readonly HeardWord[]): Segment[] {
    this.#words.push(...words);
    const segments: Segment[] = [];
    for (let length = this.#completeLength(); length > 0; length = this.#completeLength()) {
      segments.push(this.#take(length));
    }
    return segments;
  }

  /** Ends what was said: the words that are left are a segment. */
  end(): Segment[] {
    const segments = this.add([]);
    return this.#words.length === 0 ? segments : [...segments, this.#take(this.#words.length)];
  }

  #completeLength(): number {
    const words = this.#words;
    // The last word may get its sentence's end later, or a comma instead.
    const sentence = words.findIndex(
      ({ text }, index) =>
        index + 1 >= FEWEST_WORDS &&
        ENDS_SENTENCE.test(text) &&
        words[index + 1] !== undefined &&
        !/^\p{Ll}/u.test(words[index + 1]?.text ?? ''),
    );
    const otherLanguage = words.findIndex(({ language }) => language !== words[0]?.language);
    const ends = [sentence + 1, otherLanguage].filter((length) => length > 0);
    if (ends.length > 0) return Math.min(...ends);
    return lengthMs(words) < LONGEST_MS ? 0 : bestCut(words);
  }

  #take(length: number): Segment {
    const words = this.#words.splice(0, length);
    const letters = words.reduce((sum, { text }) => sum + text.length, 0);
    const confidence = words.reduce((sum, word) => sum + word.confidence * word.text.length, 0) / letters;
    const first = words[0] as HeardWord;
    return {
      startMs: first.startMs,
      endMs: (words.at(-1) as HeardWord).endMs,
      text: textOf(words),
      speaker: this.#speaker,
      language: first.language,
      confidence: Math.max(0, Math.min(1, confidence)),
      flags: [...new Set(words.flatMap(({ flags }) => flags))],
      words: words.map(({ startMs, endMs, text, confidence }) => ({ startMs, endMs, text, confidence })),
    };
  }
}

/** The number of words before the longest pause of a long text, commas preferred. */
function bestCut(words: readonly HeardWord[]): number {
  let best = words.length;
  let longestMs = Number.NEGATIVE_INFINITY;
  for (const [index, word] of words.slice(0, -1).entries()) {
    const next = words[index + 1] as HeardWord;
    const before = lengthMs(words.slice(0, index + 1));
    if (before < SHORTEST_MS || before > LONGEST_MS) continue;
    const pauseMs = next.startMs - word.endMs + (/[,;:،、，]$/u.test(word.text) ? COMMA_MS : 0);
    if (pauseMs >= longestMs) {
      longestMs = pauseMs;
      best = index + 1;
    }
  }
  return best;
}

function lengthMs(words: readonly HeardWord[]): number {
  return (words.at(-1)?.endMs ?? 0) - (words[0]?.startMs ?? 0);
}
