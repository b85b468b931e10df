import type { ExportContent, TranscriptDocument } from '../../contract/document.ts';
import { clockTime } from './clock-times.ts';
import type { Cue } from './cues.ts';
import type { ExportWords } from './export-words.ts';

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

/** What stands in place of a complete text that is empty: nothing was said, or it was removed. Null for any other. */
export function emptyNote(document: TranscriptDocument, words: ExportWords): string | null {
  if (document.segments.length > 0 || !document.complete) return null;
  return document.version.kind === 'edited' ? words.nothingLeft : words.nothingSaid;
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
  const startMs = Math.max(document.transcribedMs, last?.endMs ?? 0);
  const line = `[${words.interruptedCue(clockTime(document.transcribedMs))}]`;
  return { startMs, endMs: startMs + CLOSING_CUE_MS, lines: [line], speaker: null };
}
