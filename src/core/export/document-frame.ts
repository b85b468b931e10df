import { clockTime } from '../../contract/clock-times.ts';
import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import type { SegmentFlag } from '../../contract/transcript.ts';
import type { ExportTexts } from './export-texts.ts';
import { readableText } from './readable-text.ts';
import {
  type FactGroup,
  provenanceOf,
  reviewState,
  spokenLanguage,
  writtenDate,
} from './transcript-facts.ts';
import { emptyNote, incompleteNotes, openingNotes } from './transcript-notes.ts';

/** What stands around the text in a document, in the order it is read. Nothing is escaped. */
export interface DocumentFrame {
  /** What kind of document it is, above its title. */
  readonly kind: string;
  readonly title: string;
  /** Date, length, language and how far a person stands behind the text. */
  readonly facts: readonly string[];
  /** What nobody may overlook; empty where there is nothing to say. */
  readonly notices: readonly string[];
  /** What the marks in the text mean; empty where no segment is marked. */
  readonly legend: readonly { readonly mark: SegmentFlag; readonly meaning: string }[];
  /** In place of a text that is empty because nothing was said; null otherwise. */
  readonly emptyNote: string | null;
  /** What is said once more where the text ends. */
  readonly closing: readonly string[];
  /** Where the transcript comes from and how it was made; null where that is not wanted. */
  readonly provenance: readonly FactGroup[] | null;
}

const MARKS: readonly SegmentFlag[] = ['improbable', 'loop', 'overlap'];

/** The frame of a document in the given language. */
export function documentFrame(
  document: TranscriptDocument,
  content: ExportContent,
  texts: ExportTexts,
): DocumentFrame {
  const { recording, options, segments } = document;
  const incomplete = incompleteNotes(document, texts);
  const used = content.marks
    ? MARKS.filter((mark) => segments.some(({ flags }) => flags.includes(mark)))
    : [];
  return {
    kind: options.translate ? texts.t('translation') : texts.t('transcript'),
    title: readableText(recording.name),
    facts: [
      texts.t('fileDated', { date: writtenDate(recording.modifiedAtMs, texts) }),
      clockTime(recording.durationMs),
      spokenLanguage(document, texts),
      reviewState(document, texts),
    ],
    notices: openingNotes(document, texts),
    legend: used.map((mark) => ({ mark, meaning: texts.t(`flags.${mark}`) })),
    emptyNote: emptyNote(document, texts),
    closing: incomplete,
    provenance: content.provenance ? provenanceOf(document, texts) : null,
  };
}

const LONGEST_NAME_IN_FOOTER = 70;

/** A title short enough for the foot of a page. */
export function footerTitle(title: string): string {
  return title.length > LONGEST_NAME_IN_FOOTER
    ? `${title.slice(0, LONGEST_NAME_IN_FOOTER).toWellFormed()}…`
    : title;
}
