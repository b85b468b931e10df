import type { ExportContent, ExportFormat } from '../../contract/document.ts';
import type { ExportLanguage } from './export-words.ts';

/** What decides how a transcript is rendered, apart from the transcript itself. */
export interface RenderOptions {
  readonly format: ExportFormat;
  /** Times in plain text; the other formats go by `content`. */
  readonly timestamps: boolean;
  /** What is told besides the words. */
  readonly content: ExportContent;
  /** Language of the labels. */
  readonly language: ExportLanguage;
}
