import type { ExportContent, ExportFormat } from '../../contract/document.ts';
import type { FormatOptions } from '../../contract/format-options.ts';
import type { Locale } from '../../contract/locale.ts';

/** What decides how a transcript is rendered, apart from the transcript itself. */
export interface RenderOptions {
  readonly format: ExportFormat;
  /** Times in plain text; the other formats go by `content`. */
  readonly timestamps: boolean;
  /** What is told besides the words. */
  readonly content: ExportContent;
  /** What only single formats ask about; without it the usual. */
  readonly formatOptions?: FormatOptions | undefined;
  /** Language of the labels. */
  readonly language: Locale;
}
