import type { Span } from '../../contract/audio.ts';
import type { TextPassage } from '../../contract/existing-text.ts';
import type { Segment } from '../../contract/transcript.ts';
import { normalText, splitWords } from '../text-alignment/split-words.ts';

/** A word as the machine heard it, with what is known of its segment. */
export interface HeardWord extends Span {
  readonly text: string;
  readonly channel: number;
  readonly speaker: string | null;
  readonly language: string;
}

/** What a text is aligned to. */
export interface Sound {
  /** In the order of their starts. */
  readonly heard: readonly HeardWord[];
  readonly durationMs: number;
  /** The language of the recording as a whole, where no word tells it. */
  readonly language: string;
}

/** A word of an existing text. */
export interface TextWord {
  readonly text: string;
  /** Index of its passage. */
  readonly passage: number;
  /** Where it stands in the passage's text in one line, the end excluded. */
  readonly from: number;
  readonly to: number;
}

/** The words that the segments of a text hold, in the order of their starts. */
export function heardWords(
  segments: readonly { readonly channel: number; readonly segment: Segment }[],
): HeardWord[] {
  return segments
    .flatMap(({ channel, segment: { words, speaker, language } }) =>
      words.map(({ startMs, endMs, text }) => ({ startMs, endMs, text, channel, speaker, language })),
    )
    .sort((a, b) => a.startMs - b.startMs);
}

/** The words of passages, divided as the machine divides its own. */
export function textWords(passages: readonly TextPassage[], language: string): TextWord[] {
  return passages.flatMap(({ text }, passage) => {
    const line = normalText(text);
    let at = 0;
    return splitWords(line, language, []).map((word): TextWord => {
      const found = line.indexOf(word, at);
      const from = found < 0 ? at : found;
      at = Math.min(line.length, from + word.length);
      return { text: word, passage, from, to: at };
    });
  });
}

/** The value that is there most often; null for none. */
export function mostFrequent<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>();
  let best: T | null = null;
  let most = 0;
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [value, count] of counts) {
    if (count <= most) continue;
    best = value;
    most = count;
  }
  return best;
}
