import { shortClockTime } from '../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import { type ExportTexts, exportTexts } from './export-texts.ts';
import { escapeHtml } from './html.ts';
import type { Gap, Mark } from './paragraphs.ts';
import { isDoubtful, type Passage, passagesOf } from './passages.ts';
import { readableText } from './readable-text.ts';
import type { RenderOptions } from './render-options.ts';
import { betweenNote, closingNotes, emptyNote, plainNotes } from './transcript-notes.ts';

/**
 * The transcript in oTranscribe's format: JSON with the text as HTML, in which a click on a time plays from there. It
 * keeps only `p`, `b`, `i` and `span` with class and time in seconds, so nothing else is used.
 * Source of the format: oTranscribe's src/js/app/{export,timestamps,clean-html}.js.
 */
export function* otrOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  yield '{"text":"';
  for (const note of plainNotes(document, texts)) yield inJson(noteHtml(note));
  // Its times are the purpose of the format.
  for (const item of passagesOf(document, { ...options.content, times: true })) {
    if (item.kind === 'passage') yield inJson(passageHtml(item));
    else if (item.kind === 'mark' || item.reason === 'notUnderstood') yield inJson(betweenHtml(item, texts));
  }
  const empty = emptyNote(document, texts);
  const closing = closingNotes(document, options.content, texts);
  for (const note of empty === null ? closing : [empty, ...closing]) yield inJson(noteHtml(note));
  yield `","media":${JSON.stringify(readableText(document.recording.name))},"media-source":"","media-time":0}\n`;
}

function passageHtml({ startMs, speaker, runs }: Passage): string {
  const atMs = startMs ?? 0;
  const shown = shortClockTime(atMs).replace(/^0(\d:\d\d)$/, '$1');
  const time = timeHtml(atMs, shown);
  const name = speaker === null ? '' : `<b>${escapeHtml(speaker)}:</b> `;
  const text = runs.map((run) => escapeHtml(run.text) + (isDoubtful(run) ? ' [?]' : '')).join('');
  return `<p>${time}&nbsp;${name}${text}</p>`;
}

/** Its first time can be clicked, as that of a passage. */
function betweenHtml(item: Gap | Mark, texts: ExportTexts): string {
  const from = shortClockTime(item.startMs);
  const note = escapeHtml(betweenNote(item, texts)).replace(from, timeHtml(item.startMs, from));
  return `<p><i>${note}</i></p>`;
}

function timeHtml(atMs: number, shown: string): string {
  return `<span class="timestamp" data-timestamp="${atMs / 1000}">${shown}</span>`;
}

function noteHtml(text: string): string {
  return `<p><i>${escapeHtml(text)}</i></p>`;
}

/** A piece of a text as it is escaped between the quotes of a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
