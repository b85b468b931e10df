import type { ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import { csvOf } from './csv.ts';
import { htmlOf } from './html.ts';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown.ts';
import { otrOf } from './otranscribe.ts';
import type { RenderOptions } from './render-options.ts';
import { rttmOf } from './rttm.ts';
import { srtOf } from './srt.ts';
import { txtOf } from './txt.ts';
import { vttOf } from './vtt.ts';

const CHUNK_CHARACTERS = 64 * 1024;

/** How each format is made: as text, or as bytes. */
const RENDERERS: Readonly<
  Record<ExportFormat, (document: TranscriptDocument, options: RenderOptions) => Rendering>
> = {
  txt: txtOf,
  docx: async (document, options) => (await loadDocx()).docxOf(document, options),
  // Printed from the HTML page.
  pdf: htmlOf,
  srt: srtOf,
  vtt: vttOf,
  json: jsonOf,
  md: markdownOf,
  html: htmlOf,
  csv: csvOf,
  otr: otrOf,
  rttm: rttmOf,
};

type Rendering = Iterable<string> | Promise<Uint8Array[]>;

/** The bytes of one export, in chunks, made in memory; of a PDF the HTML page that it is printed from. */
export async function render(document: TranscriptDocument, options: RenderOptions): Promise<Uint8Array[]> {
  const rendering = RENDERERS[options.format](document, options);
  return rendering instanceof Promise ? await rendering : encoded(rendering);
}

/** Loads the modules that a format needs besides this one. */
export async function loadFormat(format: ExportFormat): Promise<void> {
  if (format === 'docx') await loadDocx();
}

/** docx is a megabyte of code: it is loaded only for Word documents. */
function loadDocx(): Promise<typeof import('./docx.ts')> {
  return import('./docx.ts');
}

function encoded(pieces: Iterable<string>): Uint8Array[] {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  let pending = '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < CHUNK_CHARACTERS) continue;
    chunks.push(encoder.encode(pending));
    pending = '';
  }
  chunks.push(encoder.encode(pending));
  return chunks;
}
