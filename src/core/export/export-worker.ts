import '../../offline/offline.ts';
import { isDeepStrictEqual } from 'node:util';
import { parentPort } from 'node:worker_threads';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment } from '../../contract/transcript.ts';
import { type CitedExport, CitedPages } from './court/citations.ts';
import type { DocumentRequest, ExportReply, ExportRequest } from './export-messages.ts';
import { loadFormat, render } from './render.ts';

// The worker thread of exports: turns a document into bytes, or looks up page and line in it. It touches no file, no vault and no network.

const port = parentPort;
if (port === null) throw new Error('the export worker runs as a worker thread');

let head: Omit<TranscriptDocument, 'segments'> | null = null;
let segments: Segment[] = [];
let lastPages: {
  readonly of: { readonly document: TranscriptDocument; readonly cited: CitedExport };
  readonly pages: CitedPages;
} | null = null;

port.on('message', (request: ExportRequest) => {
  switch (request.type) {
    case 'prepare':
      // What cannot be loaded is reported when it is requested.
      for (const format of request.formats) loadFormat(format).catch(() => undefined);
      return;
    case 'begin':
      head = request.document;
      segments = [];
      return;
    case 'segments':
      for (const segment of request.segments) segments.push(segment);
      return;
    default:
      madeOf(request).then(send, (cause: unknown) => send({ type: 'failed', cause }));
  }
});

function received(): TranscriptDocument {
  if (head === null) throw new Error('no document was sent');
  const document = { ...head, segments };
  head = null;
  segments = [];
  return document;
}

async function madeOf(request: DocumentRequest): Promise<ExportReply> {
  const document = received();
  switch (request.type) {
    case 'render':
      return { type: 'render', chunks: await render(document, request.options) };
    case 'cite': {
      const pages = pagesOf(document, request.cited);
      return { type: 'cite', citation: pages.citation(request.from, request.to) };
    }
    case 'findLine':
      return {
        type: 'findLine',
        place: pagesOf(document, request.cited).placeAt(request.page, request.line),
      };
  }
}

/** The pages of a document: the last ones made, while it says the same. */
function pagesOf(document: TranscriptDocument, cited: CitedExport): CitedPages {
  const of = { document, cited };
  if (lastPages === null || !isDeepStrictEqual(lastPages.of, of)) {
    lastPages = { of, pages: new CitedPages(document, cited) };
  }
  return lastPages.pages;
}

function send(reply: ExportReply): void {
  const chunks = reply.type === 'render' ? reply.chunks : [];
  port?.postMessage(
    reply,
    chunks.map((chunk) => chunk.buffer as ArrayBuffer),
  );
}
