import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { fileError } from '../core/system-errors.ts';

/** Endings by which recordings are looked for in a folder. A file that is named itself is tried whatever its ending. */
const RECORDING_ENDINGS = new Set(
  (
    '.3ga .3gp .aac .ac3 .aif .aiff .amr .ape .asf .au .avi .caf .ds2 .dss .flac .gsm .m2ts .m4a .m4b .m4v .mka .mkv ' +
    '.mov .mp2 .mp3 .mp4 .mpeg .mpg .mts .oga .ogg .ogv .opus .spx .tta .voc .w64 .wav .webm .wma .wmv .wv'
  ).split(' '),
);

/**
 * The files that the user named, with folders replaced by the recordings in them and below, in natural order.
 * Throws `file.notFound`, `file.noPermission` and `folder.empty`.
 */
export async function expandInputs(inputs: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const input of inputs) {
    const path = resolve(input);
    files.push(...((await isFolder(path)) ? await recordingsIn(path) : [path]));
  }
  return [...new Set(files)];
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    // A missing file is told in its turn, with the others' results.
    const known = fileError(error, path);
    if (known instanceof AppError) return false;
    throw error;
  }
}

async function recordingsIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const byName = new Intl.Collator('en', { numeric: true });
    const found = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .filter((entry) => RECORDING_ENDINGS.has(extname(entry.name).toLowerCase()))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(byName.compare);
    if (found.length === 0) throw new AppError('folder.empty', { folder });
    return found;
  } catch (error) {
    throw fileError(error, folder);
  }
}
