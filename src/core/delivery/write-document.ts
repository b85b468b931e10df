import { basename } from 'node:path';
import type { Delivery, ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import type { Locale } from '../../contract/locale.ts';
import type { Provenance } from '../../contract/provenance.ts';
import { exportTranscript, type PdfPrinter } from '../export/export-transcript.ts';
import { isSubtitle, sourceNameIn, subtitleNames } from '../export/subtitles/subtitle-name.ts';
import { withTimeOffset } from '../export/time-offset.ts';
import type { ExportNotes } from '../files/own-file.ts';
import type { WrittenFiles } from '../files/written-files.ts';
import { withoutEnding } from '../media/sources/recording-endings.ts';
import { type JobProvenance, PROVENANCE_FORMATS } from './provenance.ts';

/** A file that was written. */
export interface WrittenFile {
  readonly format: ExportFormat;
  /** Absolute. */
  readonly path: string;
  /** Of its content, in hex. */
  readonly sha256: string;
}

/** How a document is written, besides what the user chose. */
export interface DeliveryServices {
  /** Language of the labels. */
  readonly language: Locale;
  /** The printer of PDFs; without it there are none. */
  readonly printer?: PdfPrinter;
  /** For a delivery that may be repeated after an interruption: what it notes of each format's file. */
  readonly notesOf?: (format: ExportFormat) => ExportNotes;
  /** The files that the run has written, none of which it replaces, and the owner of these files. */
  readonly run?: { readonly files: WrittenFiles; readonly owner: string };
  /**
   * The provenance, for JSON and DOCX, which are then written last; null or missing for an export by hand.
   * A document that is not complete has none.
   */
  readonly maker?: JobProvenance | null;
  /** The file of the Word template that the delivery names. */
  readonly wordTemplate?: Uint8Array | undefined;
  /** Called for each file at once: a later one may fail. */
  readonly onWritten?: (file: WrittenFile) => void | Promise<void>;
}

/**
 * Writes a document in every format requested, named after its recording, and returns the absolute paths; subtitles
 * get the names that players look for. A format that fails does not keep the others from being written; the first one's
 * error is thrown at the end: the export's errors.
 */
export async function writeDocument(
  transcript: TranscriptDocument,
  delivery: Delivery,
  { language, printer, notesOf, run, onWritten, ...services }: DeliveryServices,
): Promise<string[]> {
  const { folder, timestamps, content, formatOptions, overwrite, style } = delivery;
  const { wordTemplate } = services;
  const document = withTimeOffset(transcript, delivery.timeOffsetMs ?? 0);
  const maker = document.complete ? (services.maker ?? null) : null;
  const baseName = delivery.baseName ?? withoutEnding(document.recording.name);
  const subtitleName = await subtitleNaming(document, delivery);
  const paths: string[] = [];
  const failures: unknown[] = [];
  const files: Provenance['files'] = [];
  for (const format of maker === null ? delivery.formats : tellingLast(delivery.formats)) {
    const written = { format, timestamps, content, formatOptions, language, style, wordTemplate };
    const usual = { ...written, folder, baseName, overwrite };
    const order = isSubtitle(format) ? { ...usual, ...subtitleName } : usual;
    let sha256 = '';
    const aids = {
      printer,
      notes: notesOf?.(format),
      run: run === undefined ? undefined : { files: run.files, owner: `${run.owner} ${format}` },
      onContent: (hash: string) => {
        sha256 = hash;
      },
    };
    try {
      const made = maker === null ? document : { ...document, making: { ...maker, files: [...files] } };
      const path = await exportTranscript(made, order, aids);
      files.push({ format, name: basename(path), sha256 });
      paths.push(path);
      await onWritten?.({ format, path, sha256 });
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return paths;
}

/** Those that list the others can do so only once these are written. */
function tellingLast(formats: readonly ExportFormat[]): ExportFormat[] {
  const telling = PROVENANCE_FORMATS.filter((format) => formats.includes(format));
  return [...formats.filter((format) => !PROVENANCE_FORMATS.some((one) => one === format)), ...telling];
}

/** The names of a document's subtitles. */
async function subtitleNaming(document: TranscriptDocument, { folder, baseName }: Delivery) {
  const nameOf = subtitleNames(document);
  // If several recordings have that name, it does not show whose subtitles they are.
  const source = baseName === undefined ? await sourceNameIn(document, folder) : null;
  // Beside the video its own name must match exactly, or players do not find the subtitles.
  return source === null ? { nameOf } : { nameOf, baseName: stemOf(source), isFileName: true };
}

/** A file's name as players cut it: up to its extension, whether that is known here or not. */
function stemOf(name: string): string {
  const known = withoutEnding(name);
  return known === name ? name.replace(/(?<=.)\.(?=\w*[a-z])\w{2,5}$/i, '') : known;
}
