import { clockTime } from '../../contract/clock-times.ts';
import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import type { SegmentFlag } from '../../contract/transcript.ts';
import type { ExportTexts } from './export-texts.ts';
import type { FactGroup } from './fact-groups.ts';
import { readableText } from './readable-text.ts';
import { examinationFacts } from './style-facts.ts';
import { provenanceOf, reviewState, spokenLanguage, writtenDate } from './transcript-facts.ts';
import { emptyNote, incompleteNotes, openingNotes } from './transcript-notes.ts';

/** The parts of a document around its text, in reading order. Nothing is escaped. */
export interface DocumentFrame {
  /** The kind of document, above its title. */
  readonly kind: string;
  readonly title: string;
  /** Date, length, language and review state of the text. */
  readonly facts: readonly string[];
  /** Warnings that must not be overlooked; empty if there are none. */
  readonly notices: readonly string[];
  /** The legend of the marks in the text; empty if no segment is marked. */
  readonly legend: readonly { readonly mark: SegmentFlag; readonly meaning: string }[];
  /** In place of a text that is empty because nothing was spoken; null otherwise. */
  readonly emptyNote: string | null;
  /** Notices repeated at the end of the text. */
  readonly closing: readonly string[];
  /** The transcript's provenance; null if it is not included. */
  readonly provenance: readonly FactGroup[] | null;
}

const MARKS: readonly SegmentFlag[] = ['improbable', 'loop', 'notHeard', 'overlap', 'unsureSpeaker'];

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
      ...(recording.modifiedAtMs === null
        ? []
        : [texts.t('fileDated', { date: writtenDate(recording.modifiedAtMs, texts) })]),
      clockTime(recording.durationMs),
      spokenLanguage(document, texts),
      reviewState(document, texts),
      ...(content.speakers ? examinationFacts(document, texts) : []),
    ],
    notices: openingNotes(document, texts),
    legend: used.map((mark) => ({ mark, meaning: texts.t(`flags.${mark}`) })),
    emptyNote: emptyNote(document, texts),
    closing: incomplete,
    provenance: content.provenance ? provenanceOf(document, texts) : null,
  };
}

const LONGEST_NAME_IN_FOOTER = 70;

/** A title short enough for the footer of a page. */
export function footerTitle(title: string): string {
  return title.length > LONGEST_NAME_IN_FOOTER
    ? `${title.slice(0, LONGEST_NAME_IN_FOOTER).toWellFormed()}…`
    : title;
}
