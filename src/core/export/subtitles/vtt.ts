import { preciseClockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { USUAL_FORMAT_OPTIONS } from '../../../contract/format-options.ts';
import { exportTexts } from '../export-texts.ts';
import { readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { embedded } from '../text-direction.ts';
import { plainNotes } from '../transcript-notes.ts';
import { overlappingCuesOf } from './cues.ts';
import { closingCues, withUnclearCues } from './note-cues.ts';

/**
 * The transcript as WebVTT (https://www.w3.org/TR/webvtt1/): speakers as voice spans, warnings as notes
 * before the first cue, and a last cue if the transcription is incomplete. Cues of speakers who talk at once overlap.
 * Always in UTF-8.
 */
export function* vttOf(
  document: TranscriptDocument,
  { language, content, formatOptions = USUAL_FORMAT_OPTIONS }: Omit<RenderOptions, 'format' | 'timestamps'>,
): Generator<string> {
  const texts = exportTexts(language);
  const shape = formatOptions.subtitles;
  yield 'WEBVTT\n';
  for (const note of plainNotes(document, texts)) yield `\nNOTE ${escaped(note)}\n`;

  const cues = withUnclearCues(overlappingCuesOf(document.segments, shape), document, texts, shape);
  for (const cue of [...cues, ...closingCues(document, cues, texts, shape)]) {
    const times = `${preciseClockTime(cue.startMs, '.')} --> ${preciseClockTime(cue.endMs, '.')}`;
    const voice =
      cue.speaker === null || !content.speakers ? '' : `<v ${escaped(readableText(cue.speaker))}>`;
    const lines = cue.lines.map((line, index) =>
      embedded(escaped(line), cue.directions?.[index] ?? 'leftToRight'),
    );
    yield `\n${times}\n${voice}${lines.join('\n')}\n`;
  }
}

/** Escapes characters that start a tag or an entity; `-->` cannot occur once `>` is escaped. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
