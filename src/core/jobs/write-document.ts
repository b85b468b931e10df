import { extname } from 'node:path';
import type { Delivery, ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import type { UserLanguage } from '../../contract/user-language.ts';
import { exportTranscript, type PdfPrinter } from '../export/export-transcript.ts';
import type { ExportNotes } from '../export/own-file.ts';
import { isSubtitle, sourceNameIn, subtitleNames } from '../export/subtitle-name.ts';
import { RECORDING_ENDINGS } from '../media/recording-endings.ts';

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
  readonly language: UserLanguage;
  /** What prints PDFs; without it there are none. */
  readonly printer?: PdfPrinter;
  /** For a delivery that may be repeated after an interruption: what it remembers of each format's file. */
  readonly notesOf?: (format: ExportFormat) => ExportNotes;
  /** Is told of each file at once: a later one may fail. */
  readonly onWritten?: (file: WrittenFile) => void | Promise<void>;
}

/**
 * Writes a document in every format that was asked for, named after its recording, and gives the absolute paths; subtitles
 * get the names that players look for.
 * Throws the export's errors.
 */
export async function writeDocument(
  document: TranscriptDocument,
  delivery: Delivery,
  { language, printer, notesOf, onWritten }: DeliveryServices,
): Promise<string[]> {
  const { folder, timestamps, content, formatOptions, overwrite } = delivery;
  const baseName = withoutEnding(document.recording.name);
  const source = await sourceNameIn(document, folder);
  // Beside the video its own name counts to the letter, or players do not find the subtitles.
  const subtitleName = {
    ...(source === null ? {} : { baseName: stemOf(source), isFileName: true }),
    nameOf: subtitleNames(document),
  };
  const paths: string[] = [];
  for (const format of delivery.formats) {
    const usual = { format, folder, baseName, timestamps, content, formatOptions, overwrite, language };
    const order = isSubtitle(format) ? { ...usual, ...subtitleName } : usual;
    let sha256 = '';
    const onContent = (hash: string) => {
      sha256 = hash;
    };
    const path = await exportTranscript(document, order, { printer, notes: notesOf?.(format), onContent });
    paths.push(path);
    await onWritten?.({ format, path, sha256 });
  }
  return paths;
}

/** A recording's name without the ending of its file. People write full stops too: `Hearing of 3.11.2026` has no ending. */
function withoutEnding(name: string): string {
  const ending = extname(name);
  return RECORDING_ENDINGS.has(ending.toLowerCase()) ? name.slice(0, -ending.length) : name;
}

/** A file's name as players cut it: up to its ending, whether that is known here or not. */
function stemOf(name: string): string {
  const known = withoutEnding(name);
  return known === name ? name.replace(/(?<=.)\.(?=\w*[a-z])\w{2,5}$/i, '') : known;
}
