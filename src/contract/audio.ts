/** Sample rate of every working copy and of all audio for the engine, in hertz. */
export const SAMPLE_RATE = 16_000;

/** Samples in one millisecond of working copy. */
export const SAMPLES_PER_MS = SAMPLE_RATE / 1000;

/** Bytes of one sample of working copy: signed 16-bit little-endian PCM. */
export const BYTES_PER_SAMPLE = 2;

/** Length of an analysis frame: voice activity, energies and cuts are decided at this resolution. */
export const FRAME_MS = 20;

/** Samples of one analysis frame. */
export const FRAME_SAMPLES = FRAME_MS * SAMPLES_PER_MS;

/** Length of one full part of the working copy. The last part of a recording may be shorter. */
export const PART_MS = 60_000;

/** Samples of one full part of the working copy, per channel. */
export const PART_SAMPLES = PART_MS * SAMPLES_PER_MS;

/** Most audio that one window holds: Whisper's own input length. */
export const WINDOW_MAX_MS = 30_000;

/** A range of time, from `startMs` up to but not including `endMs`. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Total length of ranges, in milliseconds. */
export function totalMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
}
