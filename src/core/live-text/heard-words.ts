import type { Span } from '../../contract/audio.ts';
import type { Segment, SegmentFlag, Word } from '../../contract/transcript.ts';
import { placeSegments, type TranscribedSegment } from '../pipeline/window/place-segments.ts';

/** A word as a pass heard it, in recording time. */
export interface HeardWord extends Word {
  /** What stands between it and the word before it: nothing in a script without spaces. */
  readonly gap: '' | ' ';
  readonly language: string;
  readonly flags: readonly SegmentFlag[];
}

/** The words of a pass over a range with this speech, in recording time; annotations are left out. */
export function heardWords(
  range: Span,
  speech: readonly Span[],
  segments: readonly TranscribedSegment[],
): HeardWord[] {
  const durationMs = range.endMs - range.startMs;
  const pieces = [{ windowStartMs: 0, recordingStartMs: range.startMs, durationMs, speech }];
  return placeSegments({ pieces, language: null }, segments, null).flatMap(wordsOf);
}

function wordsOf({ text, words, language, flags }: Segment): HeardWord[] {
  let from = 0;
  return words.map((word) => {
    const at = text.indexOf(word.text, from);
    const between = text.slice(from, at);
    const isFirst = from === 0;
    if (at >= 0) from = at + word.text.length;
    // Whisper's segments are apart by a space in every script that has spaces.
    const gap = isFirst ? (UNSPACED.test(word.text) ? '' : ' ') : /\s/u.test(between) || at < 0 ? ' ' : '';
    return { ...word, gap, language, flags };
  });
}

/** Begins with a character of a script without spaces between words. */
const UNSPACED = /^\P{L}*[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** The words as one text. */
export function textOf(words: readonly HeardWord[]): string {
  return words
    .map(({ gap, text }) => gap + text)
    .join('')
    .trim();
}

/** A word without case, accents' spelling and punctuation, for comparison; the word itself if nothing is left. */
export function plainWord({ text }: Pick<Word, 'text'>): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
  return plain === '' ? text : plain;
}
