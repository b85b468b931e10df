import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import type { Segment, SegmentFlag } from '../../contract/transcript.ts';
import { type Gap, type Mark, type Paragraph, paragraphsOf } from './paragraphs.ts';
import { needsBlankBetween, readableText } from './readable-text.ts';
import { isRightToLeft } from './transcript-facts.ts';

/** Text of uniform style: one mark or none, one language. */
export interface TextRun {
  readonly text: string;
  readonly mark: SegmentFlag | null;
  /** Null for a space between two runs, which belongs to neither. */
  readonly language: string | null;
}

/** A paragraph as a document shows it. */
export interface Passage {
  readonly kind: 'passage';
  /** Null if times are not included. */
  readonly startMs: number | null;
  /** Null if it is not known, or not included. */
  readonly speaker: string | null;
  readonly rightToLeft: boolean;
  readonly runs: readonly TextRun[];
  /** What it was made of. */
  readonly segments: readonly Segment[];
}

/**
 * The transcript as it is read on a page: paragraphs of one speaker, and between them the ranges that were not
 * understood and, if times are included, those without speech and the user's marks. All text is cleaned (`readableText`), but not escaped.
 */
export function* passagesOf(
  document: Pick<TranscriptDocument, 'segments' | 'skipped' | 'markers'>,
  content: ExportContent,
): Generator<Passage | Gap | Mark> {
  const { markers } = content.times ? document : { markers: [] };
  for (const item of paragraphsOf({ ...document, markers })) {
    if (item.kind === 'paragraph') yield passageOf(item, content);
    else if (content.times || (item.kind === 'gap' && item.reason === 'notUnderstood')) yield item;
  }
}

function passageOf({ startMs, speaker, segments }: Paragraph, content: ExportContent): Passage {
  return {
    kind: 'passage',
    startMs: content.times ? startMs : null,
    speaker: speaker !== null && content.speakers ? readableText(speaker) : null,
    rightToLeft: segments.some(({ language }) => isRightToLeft(language)),
    runs: [...runsOf(segments, content.marks)],
    segments,
  };
}

const BLANK: TextRun = { text: ' ', mark: null, language: null };

/** The segments as runs: one for all neighbours of the same style and language. */
function* runsOf(segments: readonly Segment[], marked: boolean): Generator<TextRun> {
  let open: TextRun | null = null;
  let last = '';
  for (const segment of segments) {
    const { language } = segment;
    const mark = marked ? markOf(segment) : null;
    const text = readableText(segment.text);
    const isApart = needsBlankBetween(last, text);
    last = text;
    if (open !== null && open.mark === mark && open.language === language) {
      open = { text: `${open.text}${isApart ? ' ' : ''}${text}`, mark, language };
      continue;
    }
    if (open !== null) yield open;
    // A space between two styles belongs to neither: it would be underlined with them.
    if (isApart) yield BLANK;
    open = { text, mark, language };
  }
  if (open !== null) yield open;
}

/** The mark of a segment with several: the most important one. */
function markOf({ flags }: Segment): SegmentFlag | null {
  return (
    (['loop', 'improbable', 'notHeard', 'overlap', 'unsureSpeaker'] as const).find((flag) =>
      flags.includes(flag),
    ) ?? null
  );
}

/** Whether the machine was unsure of a run: formats without styles mark it by `[?]`. */
export function isDoubtful({ mark }: TextRun): boolean {
  return mark === 'loop' || mark === 'improbable';
}
