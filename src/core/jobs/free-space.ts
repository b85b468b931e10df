import { statfs } from 'node:fs/promises';
import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../contract/audio.ts';
import { AppError } from '../../contract/errors.ts';

/** Left free on purpose: the database, the exports and the rest of the machine need room too. */
const RESERVE_BYTES = 100 * 1024 * 1024;

/** Bytes of working copy per millisecond and channel. */
const COPY_BYTES_PER_MS = (SAMPLE_RATE * BYTES_PER_SAMPLE) / 1000;

/** What a recording will take in the vault: its original and its working copy. */
export interface SpaceNeed {
  readonly sizeBytes: number;
  /** What the container claims, or null where it claims nothing. */
  readonly durationMs: number | null;
  readonly channels: number;
}

/** Bytes that are free for this user where `folder` lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Throws `disk.full` if a recording would not fit, before anything is copied. */
export async function requireSpace(folder: string, need: SpaceNeed): Promise<void> {
  const neededBytes = need.sizeBytes + (need.durationMs ?? 0) * COPY_BYTES_PER_MS * need.channels;
  const free = await freeBytes(folder);
  if (free < neededBytes + RESERVE_BYTES) {
    throw new AppError('disk.full', { neededBytes: neededBytes + RESERVE_BYTES, freeBytes: free });
  }
}
