import {
  type ExportContent,
  type ExportFormat,
  extensionOf,
  FORMAT_TRAITS,
  type TranscriptDocument,
} from '../../contract/document.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { ExportStyle } from '../../contract/export-style.ts';
import type { FormatOptions } from '../../contract/format-options.ts';
import type { Locale } from '../../contract/locale.ts';
import { contentHash } from '../files/file-hash.ts';
import { type ExportNotes, isAlreadyWritten } from '../files/own-file.ts';
import { safeBaseName } from '../files/safe-file-name.ts';
import { type Target, writeAtomically } from '../files/write-atomically.ts';
import type { WrittenFiles } from '../files/written-files.ts';
import { needWordTimes } from './conventions/in-conventions.ts';
import { inExportThread } from './export-thread.ts';
import type { RenderOptions } from './render-options.ts';

/** One file to export of a transcript. */
export interface ExportOrder {
  readonly format: ExportFormat;
  /** The folder to write into; it must exist. */
  readonly folder: string;
  /** The file's name without extension. It is made safe here, so that it may be a recording's name. */
  readonly baseName: string;
  /** The base name is that of a file in the folder, and is unchanged. */
  readonly isFileName?: boolean;
  /** Other names to try for a base name (`Target.nameOf`). */
  readonly nameOf?: ((baseName: string, number: number) => string) | undefined;
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
  /** Replace a file of that name; otherwise the new one gets a number, `name (2).docx`. */
  readonly overwrite: boolean;
  /** Language of the labels. */
  readonly language: Locale;
}

/**
 * Prints an HTML page to the bytes of a PDF. Passed in by a caller with a browser: the core has none. Errors
 * other than an AppError become `export.failed`.
 */
export type PdfPrinter = (html: readonly Uint8Array[]) => Promise<Uint8Array>;

/** The services that some exports need. */
export interface ExportAids {
  /** The printer of PDFs. */
  readonly printer?: PdfPrinter | undefined;
  /** For an export that may be repeated after an interruption: a file it has finished is then not written twice. */
  readonly notes?: ExportNotes | undefined;
  /** Called with the SHA-256 of the file, in hex. */
  readonly onContent?: ((sha256: string) => void) | undefined;
  /** The files that the run has written, none of which it replaces, and the owner of this file. */
  readonly run?: { readonly files: WrittenFiles; readonly owner: string } | undefined;
}

/**
 * Writes a transcript as one file and returns its absolute path. The document is made in a worker, in memory, one
 * at a time; the file appears whole or not at all (`writeAtomically`, whose errors apply). `export.failed` when the
 * document could not be made, `export.needsWindow` for a PDF without a `printer`.
 */
export async function exportTranscript(
  document: TranscriptDocument,
  order: ExportOrder,
  { printer, notes, run, onContent }: ExportAids = {},
): Promise<string> {
  const { format, timestamps, content, formatOptions, language, style, wordTemplate } = order;
  if (format === 'pdf' && printer === undefined) throw new AppError('export.needsWindow', {});
  const options = { format, timestamps, content, formatOptions, language, style, wordTemplate };
  const { chunks } = await inExportThread(document, usesWords(options), { type: 'render', options });
  const bytes = format === 'pdf' && printer !== undefined ? [await printed(chunks, printer)] : chunks;
  const target = {
    folder: order.folder,
    baseName: order.isFileName === true ? order.baseName : safeBaseName(order.baseName),
    extension: extensionOf(order.format),
    overwrite: order.overwrite,
    nameOf: order.nameOf,
    mustStay: run === undefined ? undefined : (path: string) => run.files.isOthers(path, run.owner),
  };
  const sha256 = contentHash(bytes);
  const path = await writtenOnce({ bytes, sha256 }, target, notes);
  onContent?.(sha256);
  await run?.files.add(path, run.owner);
  return path;
}

/** Writes the file unless it is noted and there. */
async function writtenOnce(
  { bytes, sha256 }: { readonly bytes: readonly Uint8Array[]; readonly sha256: string },
  target: Target,
  notes: ExportNotes | undefined,
): Promise<string> {
  if (notes === undefined) return writeAtomically(bytes, target);
  const noted = await notes.recall();
  if (noted !== null && (await isAlreadyWritten(noted, target.folder, sha256))) return noted.path;
  return writeAtomically(bytes, target, (path) => notes.note({ path, sha256 }));
}

async function printed(html: readonly Uint8Array[], printer: PdfPrinter): Promise<Uint8Array> {
  try {
    return await printer(html);
  } catch (error) {
    throw isAppError(error) ? error : new AppError('export.failed', {}, { cause: error });
  }
}

function usesWords({ format, style }: RenderOptions): boolean {
  const { usesWords: always, conventions } = FORMAT_TRAITS[format];
  return (
    always === true || (conventions === 'all' && style !== undefined && needWordTimes(style.conventions))
  );
}
