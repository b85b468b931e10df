import type { Segment } from '../../../contract/transcript.ts';
import { hasBlanklessScript, needsBlankBetween, readableText } from '../readable-text.ts';
import { columnsOf } from '../text-columns.ts';

/** A piece of text that is never cut, with the time it is spoken at. It fits on a line. */
export interface CueToken {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Whether a space precedes it when it follows another token on the same line. */
  readonly blankBefore: boolean;
}

const OPENS = /^[\p{Ps}\p{Pi}]+$/u;
const PUNCTUATION = /^\p{P}+$/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const dictionaryWords = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * A segment's text as tokens with times, in order and complete, none wider than a line. The text determines the tokens,
 * the words their times: each word is located in the text. If they do not match, times are spread over the segment by
 * length.
 */
export function tokensOf(segment: Segment, lineLength: number): CueToken[] {
  const text = readableText(segment.text);
  const words = placeWords(text, segment);
  const [first, ...rest] =
    words === null
      ? spreadTokens(text, segment.startMs, segment.endMs, lineLength)
      : words.flatMap((word) => splitToken(word, lineLength));
  if (first === undefined) return [];
  // After the previous segment's text, if both share a line.
  return [{ ...first, blankBefore: needsBlankBetween(first.text, first.text) }, ...rest];
}

/** A text without known word times as tokens that share its time by their length. */
export function spreadTokens(text: string, startMs: number, endMs: number, lineLength: number): CueToken[] {
  return text === '' ? [] : splitToken({ text, startMs, endMs, blankBefore: true }, lineLength);
}

/** The segment's words with the spaces that the text has between them, or null if they do not make up the text. */
function placeWords(text: string, segment: Segment): CueToken[] | null {
  const tokens: CueToken[] = [];
  let at = 0;
  for (const word of segment.words) {
    const wordText = readableText(word.text);
    const blankBefore = text.startsWith(' ', at);
    const start = blankBefore ? at + 1 : at;
    if (wordText === '' || !text.startsWith(wordText, start)) return null;
    at = start + wordText.length;
    const last = tokens.at(-1);
    const startMs = Math.max(word.startMs, last?.startMs ?? segment.startMs);
    const endMs = Math.max(startMs, word.endMs);
    if (last !== undefined && !blankBefore && belongTogether(last.text, wordText)) {
      tokens[tokens.length - 1] = { ...last, text: last.text + wordText, endMs };
    } else {
      tokens.push({ text: wordText, startMs, endMs, blankBefore });
    }
  }
  return at === text.length ? tokens : null;
}

/** Whether two pieces without a space between them must stay on one line: `don` and `'t`, `好` and `。`, `「` and `我`. */
function belongTogether(before: string, after: string): boolean {
  return (
    needsBlankBetween(before, after) || OPENS.test(before) || (PUNCTUATION.test(after) && !OPENS.test(after))
  );
}

/** Tokens that fit a line: cut at spaces, at dictionary words in scripts without spaces, and to a line's width. */
function splitToken(token: CueToken, lineLength: number): CueToken[] {
  const parts = token.text.split(' ').flatMap((word, index) =>
    unbrokenParts(word, lineLength).map((text, part) => ({
      text,
      blankBefore: part > 0 ? false : index > 0 || token.blankBefore,
    })),
  );
  const perCharacter = (token.endMs - token.startMs) / token.text.length;
  let at = token.startMs;
  return parts.map(({ text, blankBefore }, index) => {
    if (index > 0 && blankBefore) at += perCharacter;
    const startMs = Math.round(at);
    at += text.length * perCharacter;
    return { text, startMs, endMs: Math.round(at), blankBefore };
  });
}

function unbrokenParts(word: string, lineLength: number): string[] {
  if (columnsOf(word) <= lineLength && !hasBlanklessScript(word)) return [word];
  if (!hasBlanklessScript(word)) return graphemePieces(word, lineLength);
  return dictionaryParts(word).flatMap((part) =>
    columnsOf(part) <= lineLength ? [part] : graphemePieces(part, lineLength),
  );
}

/** Words of a script without spaces, each with the punctuation that belongs to it. */
function dictionaryParts(run: string): string[] {
  const parts: string[] = [];
  for (const { segment } of dictionaryWords.segment(run)) {
    const last = parts.at(-1);
    if (last !== undefined && belongTogether(last, segment)) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

function graphemePieces(text: string, lineLength: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const unit of setUnits(text, lineLength)) {
    if (piece !== '' && columnsOf(piece + unit) > lineLength) {
      pieces.push(piece);
      piece = '';
    }
    piece += unit;
  }
  pieces.push(piece);
  return pieces;
}

/** Graphemes, except that one too wide for any line is returned as its code points. */
function* setUnits(text: string, lineLength: number): Generator<string> {
  for (const { segment } of graphemes.segment(text)) {
    if (columnsOf(segment) > lineLength) yield* segment;
    else yield segment;
  }
}
