import '../../offline/offline.ts';
import { parentPort } from 'node:worker_threads';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { ExportReply, ExportRequest } from './export-messages.ts';
import { loadFormat, render } from './render.ts';
import type { RenderOptions } from './render-options.ts';

// The worker thread of exports: turns a document into bytes. It touches no file, no vault and no network.

const port = parentPort;
if (port === null) throw new Error('the export worker runs as a worker thread');

let head: Omit<TranscriptDocument, 'segments'> | null = null;
let segments: Segment[] = [];

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
    case 'render':
      renderReceived(request.options).then(send, (cause: unknown) => send({ type: 'failed', cause }));
      return;
  }
});

async function renderReceived(options: RenderOptions): Promise<ExportReply> {
  if (head === null) throw new Error('no document was sent');
  const document = { ...head, segments };
  head = null;
  segments = [];
  return { type: 'rendered', chunks: await render(document, options) };
}

function send(reply: ExportReply): void {
  const chunks = reply.type === 'rendered' ? reply.chunks : [];
  port?.postMessage(
    reply,
    chunks.map((chunk) => chunk.buffer as ArrayBuffer),
  );
}
