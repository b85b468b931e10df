import { preciseClockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { USUAL_FORMAT_OPTIONS } from '../../../contract/format-options.ts';
import { exportTexts } from '../export-texts.ts';
import type { RenderOptions } from '../render-options.ts';
import { embedded } from '../text-direction.ts';
import { type Cue, cuesOf } from './cues.ts';
import { closingCues, withUnclearCues } from './note-cues.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The transcript as SubRip subtitles. A change of speaker is written as `Speaker 1:` before the words. The format has
 * no comments; a last cue states that a transcription is incomplete. In UTF-8 with `\n`, or as `options.formatOptions` sets.
 */
export function* srtOf(
  document: TranscriptDocument,
  { language, content, formatOptions = USUAL_FORMAT_OPTIONS }: Omit<RenderOptions, 'format' | 'timestamps'>,
): Generator<string> {
  const texts = exportTexts(language);
  const { subtitles: shape, srt: encoding } = formatOptions;
  const spoken = cuesOf(document.segments, content.speakers, shape);
  const cues = withUnclearCues(spoken, document, texts, shape);
  if (encoding.byteOrderMark) yield BYTE_ORDER_MARK;
  let number = 0;
  for (const cue of [...cues, ...closingCues(document, cues, texts, shape)]) {
    number++;
    const text = `${number === 1 ? '' : '\n'}${number}\n${timesOf(cue)}\n${textOf(cue)}\n`;
    yield encoding.crlf ? text.replaceAll('\n', '\r\n') : text;
  }
}

function timesOf({ startMs, endMs }: Cue): string {
  return `${preciseClockTime(startMs, ',')} --> ${preciseClockTime(endMs, ',')}`;
}

function textOf({ lines, directions }: Cue): string {
  const harmless = withoutMarkup(lines.join('\n')).split('\n');
  return harmless.map((line, index) => embedded(line, directions?.[index] ?? 'leftToRight')).join('\n');
}

/**
 * Text in which players see no tag, and parsers no line of times: the format cannot escape them. `<inaudible>` would
 * not be shown at all.
 */
function withoutMarkup(text: string): string {
  return text
    .replace(/<([/!]?\p{L}[^<>]*)>/gu, '‹$1›')
    .replaceAll('-->', '--›')
    .replace(/\{(?=\\|\p{L}:)/gu, '{ ');
}
