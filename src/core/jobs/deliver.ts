import { extname } from 'node:path';
import type { Delivery, ExportFormat } from '../../contract/document.ts';
import type { UserLanguage } from '../../contract/user-language.ts';
import type { Database } from '../database/database.ts';
import { exportTranscript, type PdfPrinter } from '../export/export-transcript.ts';
import type { ExportNotes, NotedFile } from '../export/own-file.ts';
import { RECORDING_ENDINGS } from '../media/expand-inputs.ts';
import { transcriptDocument } from '../transcripts/transcript-document.ts';

/** How a document is delivered, besides what the user chose. */
export interface DeliveryServices {
  /** Language of the labels. */
  readonly language: UserLanguage;
  /** What prints PDFs; without it there are none. */
  readonly printer?: PdfPrinter;
  /** For a delivery that may be repeated after an interruption: what it remembers of each format's file. */
  readonly notesOf?: (format: ExportFormat) => ExportNotes;
  /** Is told of each file at once: a later one may fail. */
  readonly onWritten?: (format: ExportFormat, path: string) => void;
}

/**
 * Writes a version in every format that was asked for, named after its recording, and gives the absolute paths. Every
 * transcript that leaves a vault as a file goes through here: what was edited is bound to the audit log before, and each file
 * has an entry there with its format and its SHA-256. Throws `recording.notFound` and the export's errors.
 */
export async function deliver(
  database: Database,
  versionId: string,
  delivery: Delivery,
  { language, printer, notesOf, onWritten }: DeliveryServices,
): Promise<string[]> {
  const { folder, timestamps, content, overwrite } = delivery;
  const version = await database.versions.get(versionId);
  if (version !== null)
    await database.editSessions.bind({ recordingId: version.recordingId, atMs: Date.now() });
  const document = await transcriptDocument(database, versionId);
  const baseName = withoutEnding(document.recording.name);
  const paths: string[] = [];
  for (const format of delivery.formats) {
    const order = { format, folder, baseName, timestamps, content, overwrite, language };
    const hash = new HashNotes(notesOf?.(format));
    const path = await exportTranscript(document, order, { printer, notes: hash });
    paths.push(path);
    onWritten?.(format, path);
    await database.audit.append({
      atMs: Date.now(),
      action: 'version.exported',
      subjectId: versionId,
      outcome: 'done',
      detail: { format, fileHash: hash.sha256 },
    });
  }
  return paths;
}

/** Learns the hash of the file that an export writes, or has written before. */
class HashNotes implements ExportNotes {
  readonly #notes: ExportNotes | undefined;
  #sha256: string | null = null;

  constructor(notes: ExportNotes | undefined) {
    this.#notes = notes;
  }

  /** Of the file's content, in hex; null before it is known. */
  get sha256(): string | null {
    return this.#sha256;
  }

  async recall(): Promise<NotedFile | null> {
    const noted = (await this.#notes?.recall()) ?? null;
    // Taken for the file's where it is not written again: then it is its hash.
    this.#sha256 = noted?.sha256 ?? null;
    return noted;
  }

  async note(file: NotedFile): Promise<void> {
    this.#sha256 = file.sha256;
    await this.#notes?.note(file);
  }
}

/** A recording's name without the ending of its file. People write full stops too: `Hearing of 3.11.2026` has no ending. */
function withoutEnding(name: string): string {
  const ending = extname(name);
  return RECORDING_ENDINGS.has(ending.toLowerCase()) ? name.slice(0, -ending.length) : name;
}
