import type { ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { RenderOptions } from './render-options.ts';

/**
 * The exporter's messages to its worker thread: one document at a time, its segments in several messages, so that no
 * single copy of a long transcript blocks the sender's event loop. `prepare` announces coming requests; it is not
 * answered.
 */
export type ExportRequest =
  | { readonly type: 'prepare'; readonly formats: readonly ExportFormat[] }
  | { readonly type: 'begin'; readonly document: Omit<TranscriptDocument, 'segments'> }
  | { readonly type: 'segments'; readonly segments: readonly Segment[] }
  | { readonly type: 'render'; readonly options: RenderOptions };

/** The worker thread's answer to `render`. The chunks are transferred, not copied. */
export type ExportReply =
  | { readonly type: 'rendered'; readonly chunks: readonly Uint8Array[] }
  | { readonly type: 'failed'; readonly cause: unknown };
