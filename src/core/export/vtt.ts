import type { TranscriptDocument } from '../../contract/document.ts';
import { preciseClockTime } from './clock-times.ts';
import { cuesOf } from './cues.ts';
import { exportWords } from './export-words.ts';
import { readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';
import { closingCue, openingNotes, withUnclearCues } from './transcript-notes.ts';

/**
 * The transcript as WebVTT (https://www.w3.org/TR/webvtt1/): speakers as voice spans, what a reader must know as notes
 * before the first cue, and a last cue where the transcription broke off.
 */
export function* vttOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const words = exportWords(options.language);
  yield 'WEBVTT\n';
  for (const note of openingNotes(document, words)) yield `\nNOTE ${escaped(note)}\n`;

  const cues = withUnclearCues(cuesOf(document.segments, false), document, words);
  const closing = closingCue(document, cues.at(-1), words);
  for (const cue of closing === null ? cues : [...cues, closing]) {
    const times = `${preciseClockTime(cue.startMs, '.')} --> ${preciseClockTime(cue.endMs, '.')}`;
    const voice =
      cue.speaker === null || !options.content.speakers ? '' : `<v ${escaped(readableText(cue.speaker))}>`;
    yield `\n${times}\n${voice}${cue.lines.map(escaped).join('\n')}\n`;
  }
}

/** Escapes what would begin a tag or an entity; `-->` cannot occur once `>` is escaped. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
