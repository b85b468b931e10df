import { parse } from 'node:path';
import type { Delivery, ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import type { UserLanguage } from '../../contract/user-language.ts';
import { exportTranscript } from '../export/export-transcript.ts';

/**
 * Writes a document in every format that was asked for, named after its recording, and gives the absolute paths.
 * `onWritten` is told of each file at once: a later one may fail. Throws the export's errors.
 */
export async function deliver(
  document: TranscriptDocument,
  delivery: Delivery,
  language: UserLanguage,
  onWritten: (format: ExportFormat, path: string) => void = () => undefined,
): Promise<string[]> {
  const { folder, timestamps, overwrite } = delivery;
  const baseName = parse(document.recording.name).name;
  const paths: string[] = [];
  for (const format of delivery.formats) {
    const path = await exportTranscript(document, {
      format,
      folder,
      baseName,
      timestamps,
      overwrite,
      language,
    });
    paths.push(path);
    onWritten(format, path);
  }
  return paths;
}
