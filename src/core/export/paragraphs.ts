import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment, SkippedRange } from '../../contract/transcript.ts';
import { endsSentence } from './readable-text.ts';

/** Segments of one speaker that read as one paragraph, in their order; at least one. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly startMs: number;
  readonly speaker: string | null;
  readonly segments: readonly Segment[];
}

/** A range without a text, in its position between the paragraphs. */
export interface Gap extends SkippedRange {
  readonly kind: 'gap';
}

/** A mark that the user set, in its position between the paragraphs. */
export interface Mark {
  readonly kind: 'mark';
  readonly startMs: number;
  /** May be empty. */
  readonly label: string;
}

// A silence that marks a new thought.
const PAUSE_MS = 2000;
// About eight printed lines: from here on the next sentence end closes the paragraph.
const FULL_LENGTH = 600;
// If no sentence ever ends, a paragraph is closed anyway before it fills a page.
const LONGEST_LENGTH = 1600;

/**
 * The transcript as it is read: the segments of one speaker are joined into paragraphs, and ranges
 * without a text and the user's marks are between them. A paragraph ends with its speaker, at a pause of two seconds, at
 * a skipped range, at the first segment behind a mark, or at the end of a sentence once it is long.
 */
export function* paragraphsOf(
  document: Pick<TranscriptDocument, 'segments' | 'skipped' | 'markers'>,
): Generator<Paragraph | Gap | Mark> {
  const gaps = betweenParagraphs(document)[Symbol.iterator]();
  let gap = gaps.next();
  let open: Segment[] = [];
  let length = 0;

  for (const segment of document.segments) {
    const previous = open.at(-1);
    const gapFirst = !gap.done && gap.value.startMs <= segment.startMs;
    if (previous !== undefined && (gapFirst || endsParagraph(previous, segment, length))) {
      yield paragraph(open);
      open = [];
      length = 0;
    }
    while (!gap.done && gap.value.startMs <= segment.startMs) {
      yield gap.value;
      gap = gaps.next();
    }
    open.push(segment);
    length += segment.text.length + 1;
  }

  if (open.length > 0) yield paragraph(open);
  for (; !gap.done; gap = gaps.next()) yield gap.value;
}

function endsParagraph(previous: Segment, next: Segment, length: number): boolean {
  if (previous.speaker !== next.speaker) return true;
  if (next.startMs - previous.endMs > PAUSE_MS) return true;
  if (length >= LONGEST_LENGTH) return true;
  return length >= FULL_LENGTH && endsSentence(previous.text);
}

function paragraph(segments: readonly Segment[]): Paragraph {
  const first = segments[0];
  if (first === undefined) throw new Error('a paragraph holds at least one segment');
  return { kind: 'paragraph', startMs: first.startMs, speaker: first.speaker, segments };
}

/** What stands between paragraphs, in order of time. */
function betweenParagraphs({
  skipped,
  markers,
}: Pick<TranscriptDocument, 'skipped' | 'markers'>): (Gap | Mark)[] {
  const gaps = skipped.map((range): Gap => ({ ...range, kind: 'gap' }));
  const marks = markers.map(({ atMs, label }): Mark => ({ kind: 'mark', startMs: atMs, label }));
  return [...gaps, ...marks].sort((one, other) => one.startMs - other.startMs);
}
