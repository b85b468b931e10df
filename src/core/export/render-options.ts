import type { ExportContent, ExportFormat } from '../../contract/document.ts';
import type { ExportStyle } from '../../contract/export-style.ts';
import type { FormatOptions } from '../../contract/format-options.ts';
import type { Locale } from '../../contract/locale.ts';

/** The options of rendering a transcript. */
export interface RenderOptions {
  readonly format: ExportFormat;
  /** Times in plain text; the other formats go by `content`. */
  readonly timestamps: boolean;
  /** The content besides the words. */
  readonly content: ExportContent;
  /** Options of single formats; defaults without it. */
  readonly formatOptions?: FormatOptions | undefined;
  /** How it is written; the usual style without it. */
  readonly style?: ExportStyle | undefined;
  /** The file of the Word template that the style names. */
  readonly wordTemplate?: Uint8Array | undefined;
  /** Language of the labels. */
  readonly language: Locale;
}
