import { clockTime, preciseClockTime } from '../../../contract/clock-times.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import { plainWordDocument } from '../docx/plain-word-document.ts';
import { exportTexts } from '../export-texts.ts';
import { type Paragraph, paragraphsOf } from '../paragraphs.ts';
import { needsBlankBetween, readableText } from '../readable-text.ts';
import type { RenderOptions } from '../render-options.ts';
import { isUnclear } from '../transcript-facts.ts';
import { openingNotes } from '../transcript-notes.ts';
import { escapeXml } from '../xml-text.ts';

/** A paragraph of one speaker with its times. */
interface TimedParagraph {
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker: string | null;
  readonly text: string;
}

/**
 * The transcript for MAXQDA and ATLAS.ti: a Word document with a paragraph for each turn, `[00:03:12] Ana: …`, and nothing else that
 * their import would take for speech but the warnings at its beginning.
 */
export async function qdaOf(document: TranscriptDocument, options: RenderOptions): Promise<Uint8Array[]> {
  const texts = exportTexts(options.language);
  function* body(): Generator<string> {
    for (const note of openingNotes(document, texts)) yield paragraphXml(note);
    for (const { startMs, speaker, text } of timedParagraphs(document, options)) {
      const name = speaker === null || !options.content.speakers ? '' : `${speaker}: `;
      yield paragraphXml(`[${clockTime(startMs)}] ${name}${text}`);
    }
    yield '<w:sectPr/>';
  }
  const { recording, producer, version } = document;
  return plainWordDocument(body(), STYLES, {
    title: readableText(recording.name),
    producer,
    createdAtMs: version.createdAtMs,
  });
}

/**
 * The transcript as NVivo imports it for a recording: tab-delimited lines with a header, the timespan `0:03:12.3-0:03:15.0`, the
 * speaker and the content. It has no place for warnings. UTF-8 with a byte order mark, CRLF.
 */
export function* nvivoOf(document: TranscriptDocument, options: RenderOptions): Generator<string> {
  const texts = exportTexts(options.language);
  yield `\uFEFF${texts.documents('timespan')}\t${texts.documents('speaker')}\t${texts.documents('content')}\r\n`;
  for (const { startMs, endMs, speaker, text } of timedParagraphs(document, options)) {
    const name = options.content.speakers ? (speaker ?? '') : '';
    yield `${tenths(startMs)}-${tenths(Math.max(endMs, startMs + 100))}\t${name}\t${text}\r\n`;
  }
}

function* timedParagraphs(document: TranscriptDocument, options: RenderOptions): Generator<TimedParagraph> {
  const texts = exportTexts(options.language);
  for (const item of paragraphsOf({ ...document, markers: [] })) {
    if (item.kind === 'paragraph') yield timedParagraph(item);
    else if (item.kind === 'gap' && isUnclear(item)) {
      yield { startMs: item.startMs, endMs: item.endMs, speaker: null, text: texts.t('notUnderstoodHere') };
    }
  }
}

function timedParagraph({ startMs, speaker, segments }: Paragraph): TimedParagraph {
  let text = '';
  for (const segment of segments) {
    const next = readableText(segment.text);
    text += needsBlankBetween(text, next) ? ` ${next}` : next;
  }
  const endMs = Math.max(...segments.map((segment) => segment.endMs));
  return { startMs, endMs, speaker: speaker === null ? null : readableText(speaker), text };
}

/** A time as NVivo shows it, in tenths of a second. */
function tenths(ms: number): string {
  return preciseClockTime(ms, '.')
    .slice(0, -2)
    .replace(/^0(?=\d:)/, '');
}

const STYLES =
  '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>';

function paragraphXml(text: string): string {
  return `<w:p><w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}
