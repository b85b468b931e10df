import { statfs } from 'node:fs/promises';
import { AppError } from '../contract/errors.ts';

/** Left free on purpose by whatever is brought in: the database, the exports and the rest of the machine need room too. */
const RESERVE_BYTES = 100 * 1024 * 1024;

/** Bytes that are free for this user where `folder` lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Throws `disk.full` if `wantedBytes` more would not fit, with a reserve. */
export async function requireSpace(folder: string, wantedBytes: number): Promise<void> {
  const neededBytes = wantedBytes + RESERVE_BYTES;
  const free = await freeBytes(folder);
  if (free < neededBytes) throw new AppError('disk.full', { neededBytes, freeBytes: free });
}
