import { assumedReadingText } from '../../contract/assumed-reading.ts';
import { clockTime, shortClockTime } from '../../contract/clock-times.ts';
import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import type { SubtitleShape } from '../../contract/format-options.ts';
import { TOLD_STRETCHES } from '../../contract/language-stretches.ts';
import type { SkippedStretch } from '../../contract/transcript.ts';
import { type Cue, cuesOf, withCuesOver } from './cues.ts';
import type { ExportWords } from './export-words.ts';
import { isUnclear, notUnderstoodNote, otherLanguageNote } from './transcript-facts.ts';

const CLOSING_CUE_MS = 4000;
// More cues than this do not stand at the same time.
const MOST_AT_ONCE = 100;

/** What a reader must know before trusting that the text is all there is; empty for a complete transcript. */
export function incompleteNotes(document: TranscriptDocument, words: ExportWords): string[] {
  const notes: string[] = [];
  if (!document.complete) {
    notes.push(
      words.interrupted(clockTime(document.transcribedMs), clockTime(document.recording.durationMs)),
    );
  }
  if (document.recording.incomplete) notes.push(words.brokenSource);
  return notes;
}

/** How the recording was read without a header, and what to do if that was wrong; null for any other. */
export function assumedNote({ recording }: TranscriptDocument, words: ExportWords): string | null {
  if (recording.assumed === null) return null;
  const text = assumedReadingText(recording.assumed, words.locale.startsWith('es') ? 'es' : 'en');
  return `${text.charAt(0).toLocaleUpperCase(words.locale)}${text.slice(1)}`;
}

/** What else a reader must know from the start: how the recording was read if that was a guess, what was not understood, and what may be in another language. */
export function openingNotes(document: TranscriptDocument, words: ExportWords): string[] {
  const notes = incompleteNotes(document, words);
  const assumed = assumedNote(document, words);
  if (assumed !== null) notes.push(assumed);
  const unclear = notUnderstoodNote(document, words);
  if (unclear !== null) notes.push(unclear);
  const told = document.otherLanguages.slice(0, TOLD_STRETCHES);
  for (const stretch of told) notes.push(otherLanguageNote(document, stretch, words));
  const more = document.otherLanguages.length - told.length;
  if (more > 0) notes.push(words.moreOtherLanguages(more));
  return notes;
}

/** What stands in the place of a stretch without a text. */
export function gapNote({ startMs, endMs, reason }: SkippedStretch, words: ExportWords): string {
  const times = [shortClockTime(startMs), shortClockTime(endMs)] as const;
  return reason === 'notUnderstood' ? words.notUnderstood(...times) : words.noSpeech(...times);
}

/** What stands in place of a complete text that is empty: nothing was said or understood, or it was removed. Null for any other. */
export function emptyNote(document: TranscriptDocument, words: ExportWords): string | null {
  if (document.segments.length > 0 || !document.complete) return null;
  if (document.version.kind === 'edited') return words.nothingLeft;
  return document.skipped.some(isUnclear) ? words.nothingUnderstood : words.nothingSaid;
}

/** What stands below the text: where there are to be marks, what `[?]` means if it was used. */
export function closingNotes(
  document: TranscriptDocument,
  { marks }: Pick<ExportContent, 'marks'>,
  words: ExportWords,
): string[] {
  const doubtful = document.segments.some(
    ({ flags }) => flags.includes('loop') || flags.includes('improbable'),
  );
  return marks && doubtful ? [words.doubtfulInText] : [];
}

/** What says at the end of subtitles where an interrupted transcription ends; nothing for a complete one. */
export function closingCues(
  document: TranscriptDocument,
  cues: readonly Cue[],
  words: ExportWords,
  shape: SubtitleShape,
): Cue[] {
  if (document.complete) return [];
  const brokenOffMs = Math.max(0, document.transcribedMs + (document.timeOffsetMs ?? 0));
  const freeFromMs = Math.max(0, ...cues.slice(-MOST_AT_ONCE).map(({ endMs }) => endMs + shape.gapMs));
  const startMs = Math.max(brokenOffMs, freeFromMs);
  const text = `[${words.interruptedCue(clockTime(brokenOffMs))}]`;
  const endMs = startMs + CLOSING_CUE_MS;
  const segment = { startMs, endMs, text, speaker: null, language: '', confidence: 1, flags: [], words: [] };
  return cuesOf([segment], false, shape);
}

/** Subtitles with one over each stretch that was not understood: whoever reads along sees that somebody speaks there. */
export function withUnclearCues(
  cues: readonly Cue[],
  { skipped }: TranscriptDocument,
  words: ExportWords,
  shape: SubtitleShape,
): Cue[] {
  return withCuesOver(cues, skipped.filter(isUnclear), words.notUnderstoodHere, shape);
}
