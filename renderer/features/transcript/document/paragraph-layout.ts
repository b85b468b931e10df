import type { SkippedRange } from '../../../../src/contract/transcript.ts';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { type SegmentTable, segmentTable } from './segment-table.ts';

// A silence that readers perceive as a new thought.
const PAUSE_MS = 2000;
// About eight lines: from here on the next sentence end closes the paragraph.
const FULL_LENGTH = 600;
// If no sentence ever ends, a paragraph is closed anyway before it fills a screen.
const LONGEST_LENGTH = 1600;

const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/u;

/** Languages that write no spaces between words. */
const WITHOUT_BLANKS: ReadonlySet<string> = new Set(['zh', 'yue', 'ja', 'th', 'lo', 'my', 'km', 'bo']);

/** The separator of two segments: a line break between paragraphs, else a space or, in some languages, nothing. */
export type Separator = '\n' | ' ' | '';

/**
 * The separator between two neighbouring segments. A paragraph ends with its speaker, at a pause of two seconds, or at
 * the end of a sentence once it is long: the rule that the exports use too.
 * @param length characters of the paragraph up to the end of `previous`.
 */
export function separatorBetween(
  previous: EditableSegment,
  next: EditableSegment,
  length: number,
): Separator {
  if (previous.speaker !== next.speaker) return '\n';
  if (next.startMs - previous.endMs > PAUSE_MS) return '\n';
  if (length >= LONGEST_LENGTH) return '\n';
  if (length >= FULL_LENGTH && SENTENCE_END.test(previous.text)) return '\n';
  return joint(next);
}

/** The separator of two segments within a paragraph. */
export function joint(next: EditableSegment): Separator {
  return WITHOUT_BLANKS.has(next.language) ? '' : ' ';
}

/** A text as one line: segments may hold line breaks, the document's lines are its paragraphs. */
export function oneLine(text: string): string {
  return /[\r\n\u2028\u2029]/.test(text) ? text.replace(/\s*[\r\n\u2028\u2029]+\s*/gu, ' ') : text;
}

/** A transcript's text as the editor's document, and the ranges of its segments. */
export interface ParagraphLayout {
  readonly text: string;
  readonly table: SegmentTable;
}

/** Lays segments out as a document: one line per paragraph. */
export function layOut(segments: readonly EditableSegment[]): ParagraphLayout {
  const parts: string[] = [];
  const from = new Int32Array(segments.length);
  const to = new Int32Array(segments.length);
  let position = 0;
  let lineStart = 0;
  segments.forEach((segment, index) => {
    const previous = segments[index - 1];
    if (previous !== undefined) {
      const separator = separatorBetween(previous, segment, position - lineStart);
      parts.push(separator);
      position += separator.length;
      if (separator === '\n') lineStart = position;
    }
    const text = oneLine(segment.text);
    parts.push(text);
    from[index] = position;
    position += text.length;
    to[index] = position;
  });
  return { text: parts.join(''), table: segmentTable(segments, from, to) };
}

/** A range without a text: before the segment with this index, or after all. */
export interface RangePlace {
  readonly before: number;
}

/** Puts ranges without a text before the first segment that begins after their start. */
export function placeRanges<T extends SkippedRange>(
  segments: readonly EditableSegment[],
  skipped: readonly T[],
): (T & RangePlace)[] {
  let before = 0;
  return [...skipped]
    .sort((a, b) => a.startMs - b.startMs)
    .map((range) => {
      while (before < segments.length && (segments[before] as EditableSegment).startMs < range.startMs)
        before += 1;
      return { ...range, before };
    });
}
