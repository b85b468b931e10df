import { statfs } from 'node:fs/promises';
import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../contract/audio.ts';
import { AppError } from '../../contract/errors.ts';

/** Left free on purpose: the database, the exports and the rest of the machine need room too. */
const RESERVE_BYTES = 100 * 1024 * 1024;

/** Bytes of working copy per millisecond and channel. */
const COPY_BYTES_PER_MS = (SAMPLE_RATE * BYTES_PER_SAMPLE) / 1000;

/** What a recording is made of, as far as that is known before it is read. */
export interface RecordingSize {
  readonly sizeBytes: number;
  /** What the container claims, or null where it claims nothing. */
  readonly durationMs: number | null;
  readonly channels: number;
}

/** Bytes that a recording will take in the vault: its original and its working copy. */
export function vaultBytes({ sizeBytes, durationMs, channels }: RecordingSize): number {
  return sizeBytes + (durationMs ?? 0) * COPY_BYTES_PER_MS * channels;
}

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
