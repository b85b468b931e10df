import type { ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import { courtHtmlOf, courtTextOf } from './court/court-renderings.ts';
import { csvOf } from './csv.ts';
import { htmlOf } from './html.ts';
import { jsonOf } from './json.ts';
import { markdownOf } from './markdown.ts';
import { otrOf } from './otranscribe.ts';
import type { RenderOptions } from './render-options.ts';
import { eafOf } from './research/eaf.ts';
import { exbOf } from './research/exb.ts';
import { nvivoOf, qdaOf } from './research/qda.ts';
import { textGridOf } from './research/textgrid.ts';
import { rttmOf } from './rttm.ts';
import { srtOf } from './subtitles/srt.ts';
import { vttOf } from './subtitles/vtt.ts';
import { txtOf } from './txt.ts';
import { written } from './written-document.ts';

const CHUNK_CHARACTERS = 64 * 1024;

type Renderer = (document: TranscriptDocument, options: RenderOptions) => Rendering;

/** How each format is made: as text, or as bytes. */
const RENDERERS: Readonly<Record<ExportFormat, Renderer>> = {
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
  eaf: eafOf,
  textgrid: textGridOf,
  exb: exbOf,
  qda: qdaOf,
  nvivo: nvivoOf,
};

/** How the formats with templates are made on a court's pages. */
const COURT_RENDERERS: Partial<Readonly<Record<ExportFormat, Renderer>>> = {
  txt: courtTextOf,
  docx: async (document, options) => (await import('./court/court-docx.ts')).courtDocxOf(document, options),
  pdf: courtHtmlOf,
};

type Rendering = Iterable<string> | Promise<Uint8Array[]>;

/** The bytes of one export, in chunks, made in memory; of a PDF the HTML page that it is printed from. */
export async function render(document: TranscriptDocument, options: RenderOptions): Promise<Uint8Array[]> {
  const rendering = rendererOf(options)(written(document, options), options);
  return rendering instanceof Promise ? await rendering : encoded(rendering);
}

function rendererOf({ format, style, wordTemplate }: RenderOptions): Renderer {
  const kind = style?.template.kind ?? 'usual';
  if (kind === 'court') return COURT_RENDERERS[format] ?? RENDERERS[format];
  if (kind === 'word' && format === 'docx' && wordTemplate !== undefined) {
    return async (document, options) =>
      (await import('./word-template/from-template.ts')).docxFromTemplate(document, wordTemplate, options);
  }
  return RENDERERS[format];
}

/** Loads the modules that a format needs besides this one. */
export async function loadFormat(format: ExportFormat): Promise<void> {
  if (format === 'docx') await loadDocx();
}

/** docx is a megabyte of code: it is loaded only for Word documents. */
function loadDocx(): Promise<typeof import('./docx/docx.ts')> {
  return import('./docx/docx.ts');
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
