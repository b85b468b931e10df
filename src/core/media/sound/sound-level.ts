import { FRAME_MS, FRAME_SAMPLES } from '../../../contract/audio.ts';

/** How loud a range of one channel is, in dB below full scale (1.0); digital silence is `SILENT_DB`. */
export interface SoundLevel {
  /** The level of its louder frames: of the voice, if there is speech. */
  readonly voiceDb: number;
  /** How far the louder frames exceed the quiet ones. */
  readonly dynamicsDb: number;
  /** The 99th percentile of the samples' size: rare clicks do not count. */
  readonly peakDb: number;
}

/** The level of digital silence here. */
export const SILENT_DB = -200;

/** Share of the frames that are as loud as the voice, or louder: some seconds in half a minute of speech. */
const LOUD_SHARE = 0.05;

/** Sparse speech in a long range stands out for half a second at least. */
const LOUD_FRAMES = 500 / FRAME_MS;
const STANDS_OUT_DB = 15;

/** With less dynamics than this the louder frames may not be those of a voice. */
const LIVELY_DB = 10;

/** Share of the frames that count as quiet. */
const QUIET_SHARE = 0.1;

/** Share of the samples that may exceed the peak. */
const ABOVE_PEAK_SHARE = 0.01;

/** Measures the level of some audio: samples of one channel of at least one frame, full scale 1. */
export function measureLevel(samples: Float32Array): SoundLevel {
  const levels = frameLevels(samples).sort();
  const quietDb = levels[Math.floor(levels.length * QUIET_SHARE)] ?? SILENT_DB;
  const often = Math.ceil(levels.length * LOUD_SHARE);
  const common = loudest(levels, often);
  const rare = loudest(levels, Math.min(LOUD_FRAMES, often));
  const voiceDb = common - quietDb < LIVELY_DB && rare - quietDb >= STANDS_OUT_DB ? rare : common;
  return { voiceDb, dynamicsDb: voiceDb - quietDb, peakDb: peakOf(samples) };
}

/** The level that so many frames reach at least, of levels in ascending order. */
function loudest(levels: Float32Array, frames: number): number {
  return levels[levels.length - Math.max(1, frames)] ?? SILENT_DB;
}

/** The level of each whole frame of 20 ms; of a shorter input as a whole. */
function frameLevels(samples: Float32Array): Float32Array {
  const levels = new Float32Array(Math.max(1, Math.floor(samples.length / FRAME_SAMPLES)));
  for (let frame = 0; frame < levels.length; frame++) {
    const end = Math.min(samples.length, (frame + 1) * FRAME_SAMPLES);
    let energy = 0;
    for (let i = frame * FRAME_SAMPLES; i < end; i++) energy += (samples[i] as number) ** 2;
    levels[frame] = toDb(energy / FRAME_SAMPLES);
  }
  return levels;
}

/** Bits of a float that are dropped for its size: the rest has steps of a tenth of a decibel. */
const DROPPED_BITS = 16;
const SIZES = 1 << (31 - DROPPED_BITS);

function peakOf(samples: Float32Array): number {
  // Floats without their sign are in the order of their bits: a histogram of those needs no logarithm per sample.
  const bits = new Int32Array(samples.buffer, samples.byteOffset, samples.length);
  const counts = new Uint32Array(SIZES);
  for (let i = 0; i < bits.length; i++) {
    const size = ((bits[i] as number) & 0x7fffffff) >>> DROPPED_BITS;
    counts[size] = (counts[size] as number) + 1;
  }
  let left = Math.floor(samples.length * ABOVE_PEAK_SHARE);
  let size = SIZES - 1;
  while (size > 0 && left >= (counts[size] as number)) left -= counts[size--] as number;
  const [value = 0] = new Float32Array(Int32Array.of(size << DROPPED_BITS).buffer);
  return toDb(value ** 2);
}

/** A mean square as a level in dB below full scale, `SILENT_DB` at least. */
export function toDb(meanSquare: number): number {
  return Math.max(SILENT_DB, 10 * Math.log10(meanSquare));
}
