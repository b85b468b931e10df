import { clockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import type { SubtitleShape } from '../../../contract/format-options.ts';
import type { ExportTexts } from '../export-texts.ts';
import { isUnclear } from '../transcript-facts.ts';
import { type Cue, cuesOf, withCuesOver } from './cues.ts';

const CLOSING_CUE_MS = 4000;
// More cues than this are not shown at the same time.
const MOST_AT_ONCE = 100;

/** The last cue, which states where an interrupted transcription ends; none for a complete one. */
export function closingCues(
  document: TranscriptDocument,
  cues: readonly Cue[],
  texts: ExportTexts,
  shape: SubtitleShape,
): Cue[] {
  if (document.complete) return [];
  const brokenOffMs = Math.max(0, document.transcribedMs + (document.timeOffsetMs ?? 0));
  const freeFromMs = Math.max(0, ...cues.slice(-MOST_AT_ONCE).map(({ endMs }) => endMs + shape.gapMs));
  const startMs = Math.max(brokenOffMs, freeFromMs);
  const text = `[${texts.t('interruptedCue', { transcribed: clockTime(brokenOffMs) })}]`;
  const endMs = startMs + CLOSING_CUE_MS;
  const segment = { startMs, endMs, text, speaker: null, language: '', confidence: 1, flags: [], words: [] };
  return cuesOf([segment], false, shape);
}

/** Subtitles with one over each range that was not understood: it shows the reader that there is speech. */
export function withUnclearCues(
  cues: readonly Cue[],
  { skipped }: TranscriptDocument,
  texts: ExportTexts,
  shape: SubtitleShape,
): Cue[] {
  return withCuesOver(cues, skipped.filter(isUnclear), texts.t('notUnderstoodHere'), shape);
}
