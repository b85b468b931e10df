import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../../contract/audio.ts';

/** Bytes of working copy per millisecond and channel. */
const COPY_BYTES_PER_MS = (SAMPLE_RATE * BYTES_PER_SAMPLE) / 1000;

/** The figures of a recording's size, as far as they are known before it is read. */
export interface RecordingSize {
  readonly sizeBytes: number;
  /** The container's claim, or null if it makes none. */
  readonly durationMs: number | null;
  readonly channels: number;
}

/** Bytes of a recording in the vault: its original and its working copy. */
export function vaultBytes({ sizeBytes, durationMs, channels }: RecordingSize): number {
  return sizeBytes + (durationMs ?? 0) * COPY_BYTES_PER_MS * channels;
}
