import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../../contract/audio.ts';

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
