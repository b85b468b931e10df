import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlaceSize } from '../contract/places.ts';
import { systemErrorCode } from './system-errors.ts';

const NOTHING: PlaceSize = { files: 0, bytes: 0 };

/**
 * Counts the files of a folder and all below it, and adds up their lengths; of a file, that file. Links are not followed. What
 * is not there, disappears meanwhile or may not be read counts nothing.
 * @param isCounted tells which names directly in the folder count; all by default.
 */
export async function folderSize(
  path: string,
  isCounted: (name: string) => boolean = () => true,
): Promise<PlaceSize> {
  try {
    const stats = await lstat(path);
    if (stats.isFile()) return { files: 1, bytes: stats.size };
    if (!stats.isDirectory()) return NOTHING;
    let sum = NOTHING;
    for await (const { name } of await opendir(path)) {
      if (isCounted(name)) sum = added(sum, await folderSize(join(path, name)));
    }
    return sum;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EPERM') return NOTHING;
    throw error;
  }
}

/** The sum of two sizes. */
export function added(one: PlaceSize, other: PlaceSize): PlaceSize {
  return { files: one.files + other.files, bytes: one.bytes + other.bytes };
}
