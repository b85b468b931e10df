import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { AppError } from '../../contract/errors.ts';
import { freeBytes } from '../../core/free-space.ts';
import { folderError } from '../../core/vault/vault-folder.ts';

/** Documents of a long hearing need less than this. */
const ROOM_BYTES = 1024 * 1024;

/**
 * Checks that transcripts can be written into a folder before hours are spent on making them; the folder is created
 * if missing. Throws `folder.notWritable` and `disk.full`.
 */
export async function prepareDestination(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    if (!(await stat(folder)).isDirectory()) throw new AppError('folder.notWritable', { folder });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(error, folder);
  }
  const free = await freeBytes(folder);
  if (free < ROOM_BYTES) throw new AppError('disk.full', { neededBytes: ROOM_BYTES, freeBytes: free });
}
