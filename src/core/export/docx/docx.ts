import { unzipSync } from 'fflate';
import type { TranscriptDocument } from '../../../contract/document.ts';
import type { RenderOptions } from '../render-options.ts';
import { docxBodyOf } from './docx-body.ts';
import { BODY_MARK, docxTemplate } from './docx-template.ts';
import { zippedParts } from './zipped-parts.ts';

const DOCUMENT_PART = 'word/document.xml';
const PROPERTIES_PART = 'docProps/core.xml';

/**
 * The transcript as a Word document (Office Open XML): title block, text with speakers and times, provenance page.
 * The frame comes from the docx package; the text is streamed into its middle while it is compressed, so that a
 * ten-hour transcript needs little more memory than a short one. The same document results in the same bytes.
 */
export async function docxOf(document: TranscriptDocument, options: RenderOptions): Promise<Uint8Array[]> {
  const parts = unzipSync(await docxTemplate(document, options));
  return zippedParts(
    Object.entries(parts).map(([name, content]) => [name, partText(name, content, document, options)]),
  );
}

function* partText(
  name: string,
  content: Uint8Array,
  document: TranscriptDocument,
  options: RenderOptions,
): Generator<string> {
  const text = new TextDecoder().decode(content);
  if (name === PROPERTIES_PART) {
    yield withDates(text, document.version.createdAtMs);
  } else if (name === DOCUMENT_PART) {
    const [before, after] = aroundBodyMark(text);
    yield before;
    yield* docxBodyOf(document, options);
    yield after;
  } else {
    yield text;
  }
}

/** The document part before and after the paragraph that holds the body mark. */
function aroundBodyMark(xml: string): [string, string] {
  const mark = xml.indexOf(BODY_MARK);
  const start = xml.lastIndexOf('<w:p>', mark);
  const end = xml.indexOf('</w:p>', mark);
  if (mark < 0 || start < 0 || end < 0) throw new Error('the skeleton holds no body mark');
  return [xml.slice(0, start), xml.slice(end + '</w:p>'.length)];
}

/** Core properties dated by the transcript's version instead of the moment of the export. */
function withDates(xml: string, createdAtMs: number): string {
  const date = new Date(createdAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
  return xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${date}`);
}
