import type { ExportFormat } from '../../contract/document.ts';
import type { ExportLanguage } from './export-words.ts';

/** What decides how a transcript is rendered, apart from the transcript itself. */
export interface RenderOptions {
  readonly format: ExportFormat;
  /** Times in plain text; the other formats always have them. */
  readonly timestamps: boolean;
  /** Language of the labels. */
  readonly language: ExportLanguage;
}
