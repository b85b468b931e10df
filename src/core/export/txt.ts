import { clockTime } from '../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment } from '../../contract/transcript.ts';
import { type ExportTexts, exportTexts } from './export-texts.ts';
import { type Gap, type Mark, type Paragraph, paragraphsOf } from './paragraphs.ts';
import { needsBlankBetween, readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';
import { betweenNote, closingNotes, emptyNote, incompleteNotes, plainNotes } from './transcript-notes.ts';

/**
 * The transcript as plain text (UTF-8, no byte order mark, `\n`): blank lines between paragraphs, or with times one
 * line a paragraph, `[00:03:12] Speaker 1: …`. Passages the machine doubts are followed by `[?]`.
 */
export function* txtOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  const incomplete = incompleteNotes(document, texts);
  for (const note of plainNotes(document, texts)) yield `${note}\n\n`;

  const lineEnd = options.timestamps ? '\n' : '\n\n';
  let empty = true;
  const { markers } = options.timestamps ? document : { markers: [] };
  for (const item of paragraphsOf({ ...document, markers })) {
    const line = item.kind === 'paragraph' ? paragraphLine(item, options) : betweenLine(item, options, texts);
    if (line === null) continue;
    yield empty ? line : lineEnd + line;
    empty = false;
  }
  const nothing = emptyNote(document, texts);
  if (!empty) yield '\n';
  else if (nothing !== null) yield `[${nothing}]\n`;

  const closing = [...(empty ? [] : incomplete), ...closingNotes(document, options.content, texts)];
  if (closing.length > 0) yield `\n${closing.join('\n')}\n`;
}

function betweenLine(item: Gap | Mark, options: RenderOptions, texts: ExportTexts): string | null {
  const note = betweenNote(item, texts);
  if (item.kind === 'mark' || item.reason === 'notUnderstood') return note;
  return options.timestamps ? `[${note}]` : null;
}

function paragraphLine(paragraph: Paragraph, options: RenderOptions): string {
  const time = options.timestamps ? `[${clockTime(paragraph.startMs)}] ` : '';
  const speaker =
    paragraph.speaker === null || !options.content.speakers ? '' : `${readableText(paragraph.speaker)}: `;
  return time + speaker + flowingText(paragraph.segments, options.content.marks);
}

function flowingText(segments: readonly Segment[], marks: boolean): string {
  let text = '';
  for (const segment of segments) {
    const next = markedText(segment, marks);
    text += needsBlankBetween(text, next) ? ` ${next}` : next;
  }
  return text;
}

function markedText(segment: Segment, marks: boolean): string {
  const doubtful = marks && (segment.flags.includes('loop') || segment.flags.includes('improbable'));
  return readableText(segment.text) + (doubtful ? ' [?]' : '');
}
