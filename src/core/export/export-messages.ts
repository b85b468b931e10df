import type { ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Citation, CitedExport, TextPlace } from './court/citations.ts';
import type { RenderOptions } from './render-options.ts';

/**
 * The exporter's messages to its worker thread: one document at a time, its segments in several messages, so that no
 * single copy of a long transcript blocks the sender's event loop; then what is to be made of it. `prepare` announces coming
 * requests; it is not answered.
 */
export type ExportRequest =
  | { readonly type: 'prepare'; readonly formats: readonly ExportFormat[] }
  | { readonly type: 'begin'; readonly document: Omit<TranscriptDocument, 'segments'> }
  | { readonly type: 'segments'; readonly segments: readonly Segment[] }
  | DocumentRequest;

/** What is made of a document that was sent: a file's bytes, the citation of what stands between two places, or the place of a line. */
export type DocumentRequest =
  | { readonly type: 'render'; readonly options: RenderOptions }
  | { readonly type: 'cite'; readonly cited: CitedExport; readonly from: TextPlace; readonly to: TextPlace }
  | { readonly type: 'findLine'; readonly cited: CitedExport; readonly page: number; readonly line: number };

/** The worker thread's answer to a request of the same type, or its failure. Chunks are transferred, not copied. */
export type ExportReply =
  | { readonly type: 'render'; readonly chunks: readonly Uint8Array[] }
  | { readonly type: 'cite'; readonly citation: Citation | null }
  | { readonly type: 'findLine'; readonly place: TextPlace | null }
  | { readonly type: 'failed'; readonly cause: unknown };

/** The answer to a request of this type. */
export type DocumentReply<T extends DocumentRequest['type']> = Extract<ExportReply, { readonly type: T }>;
