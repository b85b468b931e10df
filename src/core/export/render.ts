import type { ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import { csvOf } from './csv.ts';
import { htmlOf } from './html.ts';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown.ts';
import { otrOf } from './otranscribe.ts';
import type { RenderOptions } from './render-options.ts';
import { srtOf } from './srt.ts';
import { txtOf } from './txt.ts';
import { vttOf } from './vtt.ts';

const CHUNK_CHARACTERS = 64 * 1024;

/** The bytes of one export, in chunks, made in memory; of a PDF the HTML page that it is printed from. */
export async function render(document: TranscriptDocument, options: RenderOptions): Promise<Uint8Array[]> {
  switch (options.format) {
    case 'txt':
      return encoded(txtOf(document, options));
    case 'json':
      return encoded(jsonOf(document));
    case 'srt':
      return encoded(srtOf(document, options));
    case 'vtt':
      return encoded(vttOf(document, options));
    case 'csv':
      return encoded(csvOf(document, options));
    case 'otr':
      return encoded(otrOf(document, options));
    case 'md':
      return encoded(markdownOf(document, options));
    case 'html':
    case 'pdf':
      return encoded(htmlOf(document, options));
    case 'docx':
      return (await loadDocx()).docxOf(document, options);
  }
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
