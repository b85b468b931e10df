import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import { TOLD_STRETCHES } from '../../contract/language-stretches.ts';
import type { SkippedStretch } from '../../contract/transcript.ts';
import { clockTime, shortClockTime } from './clock-times.ts';
import { type Cue, withCuesOver } from './cues.ts';
import type { ExportWords } from './export-words.ts';
import { isUnclear, notUnderstoodNote, otherLanguageNote } from './transcript-facts.ts';

const CLOSING_CUE_MS = 4000;

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

/** What else a reader must know from the start: what was not understood, and what may be in another language. */
export function openingNotes(document: TranscriptDocument, words: ExportWords): string[] {
  const notes = incompleteNotes(document, words);
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

/** A last subtitle that says where an interrupted transcription ends; null for a complete one. */
export function closingCue(
  document: TranscriptDocument,
  last: Cue | undefined,
  words: ExportWords,
): Cue | null {
  if (document.complete) return null;
  const brokenOffMs = Math.max(0, document.transcribedMs + (document.timeOffsetMs ?? 0));
  const startMs = Math.max(brokenOffMs, last?.endMs ?? 0);
  const line = `[${words.interruptedCue(clockTime(brokenOffMs))}]`;
  return { startMs, endMs: startMs + CLOSING_CUE_MS, lines: [line], speaker: null };
}

/** Subtitles with one over each stretch that was not understood: whoever reads along sees that somebody speaks there. */
export function withUnclearCues(
  cues: readonly Cue[],
  { skipped }: TranscriptDocument,
  words: ExportWords,
): Cue[] {
  return withCuesOver(cues, skipped.filter(isUnclear), words.notUnderstoodHere);
}
