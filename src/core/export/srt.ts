import type { TranscriptDocument } from '../../contract/document.ts';
import { preciseClockTime } from './clock-times.ts';
import { cuesOf } from './cues.ts';
import { exportWords } from './export-words.ts';
import type { RenderOptions } from './render-options.ts';
import { closingCue, withUnclearCues } from './transcript-notes.ts';

/**
 * The transcript as SubRip subtitles. A change of speaker is written as `Speaker 1:` before the words. The format has
 * no comments; that a transcription broke off is said in a last cue.
 */
export function* srtOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const words = exportWords(options.language);
  const spoken = cuesOf(document.segments, options.content.speakers);
  const cues = withUnclearCues(spoken, document, words);
  const closing = closingCue(document, cues.at(-1), words);
  let number = 0;
  for (const cue of closing === null ? cues : [...cues, closing]) {
    number++;
    const times = `${preciseClockTime(cue.startMs, ',')} --> ${preciseClockTime(cue.endMs, ',')}`;
    yield `${number === 1 ? '' : '\n'}${number}\n${times}\n${withoutMarkup(cue.lines.join('\n'))}\n`;
  }
}

/**
 * Text in which players see no tag, and readers no line of times: the format has no way to escape them. `<inaudible>` would
 * not be shown at all.
 */
function withoutMarkup(text: string): string {
  return text
    .replace(/<([/!]?\p{L}[^<>]*)>/gu, '‹$1›')
    .replaceAll('-->', '--›')
    .replace(/\{(?=\\|\p{L}:)/gu, '{ ');
}
