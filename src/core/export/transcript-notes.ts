import { clockTime, shortClockTime } from '../../contract/clock-times.ts';
import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import { SHOWN_LANGUAGE_RANGES } from '../../contract/language-ranges.ts';
import { assumedReadingText } from '../../messages/assumed-reading.ts';
import type { ExportTexts } from './export-texts.ts';
import type { Gap, Mark } from './paragraphs.ts';
import { readableText } from './readable-text.ts';
import { checkedNote, isUnclear, notUnderstoodNote, otherLanguageNote } from './transcript-facts.ts';

/** Warnings that the text is incomplete; empty for a complete transcript. */
export function incompleteNotes(document: TranscriptDocument, texts: ExportTexts): string[] {
  const notes: string[] = [];
  if (!document.complete) {
    notes.push(
      texts.t('interrupted', {
        transcribed: clockTime(document.transcribedMs),
        whole: clockTime(document.recording.durationMs),
      }),
    );
  }
  if (document.recording.incomplete) notes.push(texts.t('brokenSource'));
  return notes;
}

/** The note on how the recording was read without a header, and what to do if that was wrong; null for any other. */
export function assumedNote({ recording }: TranscriptDocument, texts: ExportTexts): string | null {
  if (recording.assumed === null) return null;
  const text = assumedReadingText(recording.assumed, texts.locale);
  return `${text.charAt(0).toLocaleUpperCase(texts.formats)}${text.slice(1)}`;
}

/** The note that a text is not verbatim; null for one that is. */
export function cleanNote({ writing }: TranscriptDocument, texts: ExportTexts): string | null {
  if (writing === undefined || writing.leftOutWords === null) return null;
  const { leftOutWords: count } = writing;
  return count === 0 ? texts.documents('nothingToClean') : texts.documents('cleanNotice', { count });
}

/** Further warnings at the start: that words were left out, how the recording was read if that was a guess, what was not understood, and what may be in another language. */
export function openingNotes(document: TranscriptDocument, texts: ExportTexts): string[] {
  const notes = incompleteNotes(document, texts);
  if (document.pseudonymised === true) notes.push(texts.t('pseudonymised'));
  const cleaned = cleanNote(document, texts);
  if (cleaned !== null) notes.push(cleaned);
  const assumed = assumedNote(document, texts);
  if (assumed !== null) notes.push(assumed);
  const unclear = notUnderstoodNote(document, texts);
  if (unclear !== null) notes.push(unclear);
  const told = document.otherLanguages.slice(0, SHOWN_LANGUAGE_RANGES);
  for (const range of told) notes.push(otherLanguageNote(document, range, texts));
  const more = document.otherLanguages.length - told.length;
  if (more > 0) notes.push(texts.t('moreOtherLanguages', { count: more }));
  return notes;
}

/** The opening notes of a text without a frame, which says who checked it in its facts. */
export function plainNotes(document: TranscriptDocument, texts: ExportTexts): string[] {
  const checked = checkedNote(document, texts);
  return [...openingNotes(document, texts), ...(checked === null ? [] : [checked])];
}

/** The message in place of a range without a text, or a mark of the user's. */
export function betweenNote(item: Gap | Mark, texts: ExportTexts): string {
  if (item.kind === 'mark') {
    const label = readableText(item.label);
    const at = shortClockTime(item.startMs);
    return label === '' ? texts.t('marker', { at }) : texts.t('labelledMarker', { at, label });
  }
  const { startMs, endMs, reason } = item;
  const times = { from: shortClockTime(startMs), to: shortClockTime(endMs) };
  return texts.t(reason, times);
}

/** The message in place of a complete text that is empty: nothing was said or understood, or it was removed. Null for any other. */
export function emptyNote(document: TranscriptDocument, texts: ExportTexts): string | null {
  if (document.segments.length > 0 || !document.complete) return null;
  if (document.version.kind === 'edited') return texts.t('nothingLeft');
  return document.skipped.some(isUnclear) ? texts.t('nothingUnderstood') : texts.t('nothingSaid');
}

/** The notes below the text: if marks are included, the meaning of `[?]` if it was used. */
export function closingNotes(
  document: TranscriptDocument,
  { marks }: Pick<ExportContent, 'marks'>,
  texts: ExportTexts,
): string[] {
  const doubtful = document.segments.some(
    ({ flags }) => flags.includes('loop') || flags.includes('improbable'),
  );
  return marks && doubtful ? [texts.t('doubtfulInText')] : [];
}
