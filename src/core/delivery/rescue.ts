import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Delivery, ExportFormat, TranscriptDocument } from '../../contract/document.ts';
import { render } from '../export/render.ts';
import { withTimeOffset } from '../export/time-offset.ts';
import { isAlreadyWritten } from '../files/own-file.ts';
import { dataFolder, rescueFolder } from '../folders.ts';
import { assertNotSynced } from '../vault/synced-folder.ts';
import { type DeliveryServices, writeDocument } from './write-document.ts';

/** The outcome for a transcript that could not be written to its location. */
export interface Rescue {
  /** Absolute paths of the files written elsewhere instead. */
  readonly paths: readonly string[];
  /** The transcript as plain text if no file of it could be written at all; else null. */
  readonly text: string | null;
}

/** The services of a rescue. */
export type RescueServices = Required<Pick<DeliveryServices, 'language' | 'notesOf' | 'onWritten'>> & {
  /** Absolute path of the recording. */
  readonly sourcePath: string;
};

/**
 * Writes the missing files of a failed delivery to the first writable location: a folder for that in the user's home,
 * the data folder, beside the recording. Folders and files are for their owner only, and a folder that is synced elsewhere
 * comes last. Null if nothing is missing.
 */
export async function rescue(
  document: TranscriptDocument,
  delivery: Delivery,
  { language, notesOf, onWritten, sourcePath }: RescueServices,
): Promise<Rescue | null> {
  const missing = new Set<ExportFormat>();
  for (const format of delivery.formats) {
    const noted = await notesOf(format).recall();
    if (!(await isAlreadyWritten(noted, delivery.folder, noted?.sha256 ?? ''))) missing.add(format);
  }
  if (missing.size === 0) return null;
  const isAllMissing = missing.size === delivery.formats.length;
  const paths: string[] = [];
  for (const folder of await placesFor(sourcePath, delivery.folder)) {
    if (missing.size === 0) break;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const order = { ...delivery, folder, formats: [...missing], overwrite: false };
      await writeDocument(document, order, {
        language,
        onWritten: async (file) => {
          missing.delete(file.format);
          paths.push(file.path);
          await onWritten(file);
        },
      });
    } catch {
      // The next location may be writable when this one is not; the first one's error is that of the job.
    }
  }
  if (paths.length > 0) return { paths, text: null };
  return isAllMissing ? { paths, text: await plainText(document, delivery, language) } : null;
}

/** The locations in their order, without the one that failed. */
async function placesFor(sourcePath: string, refused: string): Promise<string[]> {
  // What was recorded here has no source.
  const beside = sourcePath === '' ? [] : [dirname(sourcePath)];
  const all = [rescueFolder(), join(dataFolder(), 'rescued'), ...beside].map((folder) => resolve(folder));
  const places = [...new Set(all)].filter((folder) => folder !== resolve(refused));
  const copied = await Promise.all(places.map(isCopiedElsewhere));
  return [...places.filter((_, at) => !copied[at]), ...places.filter((_, at) => copied[at])];
}

async function isCopiedElsewhere(folder: string): Promise<boolean> {
  try {
    await assertNotSynced(folder);
    return false;
  } catch {
    return true;
  }
}

async function plainText(
  document: TranscriptDocument,
  { content, timestamps, timeOffsetMs = 0 }: Delivery,
  language: RescueServices['language'],
): Promise<string> {
  const bytes = await render(withTimeOffset(document, timeOffsetMs), {
    format: 'txt',
    timestamps,
    content,
    language,
  });
  return Buffer.concat(bytes).toString('utf8');
}
