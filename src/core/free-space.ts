import { statfs } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';

/** Reserve that imports and captures leave free: the database, the exports and the rest of the machine need space too. */
export const RESERVE_BYTES = 100 * 1024 * 1024;

/** Bytes that are free for this user on the volume of `folder`. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Throws `disk.full` if `wantedBytes` more would not fit beside the reserve. */
export async function requireSpace(folder: string, wantedBytes: number): Promise<void> {
  const neededBytes = wantedBytes + RESERVE_BYTES;
  const free = await freeBytes(folder);
  if (free < neededBytes) throw new AppError('disk.full', { neededBytes, freeBytes: free });
}
