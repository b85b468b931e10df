import { SAMPLE_RATE } from '../../../contract/audio.ts';

/** The frequency, in hertz, that the filter passes at half power; no voice is that low. */
export const CUTOFF_HZ = 40;

// Butterworth's second order by the bilinear transform (R. Bristow-Johnson, Cookbook formulae for audio EQ biquad filter
// coefficients: HPF with Q = 1/√2). Its zeros are at 0 Hz exactly: b0 = b2 = -b1 / 2, so a constant offset is removed.
const OMEGA = (2 * Math.PI * CUTOFF_HZ) / SAMPLE_RATE;
const ALPHA = Math.sin(OMEGA) / Math.SQRT2;
const A0 = 1 + ALPHA;
const A1 = (-2 * Math.cos(OMEGA)) / A0;
const A2 = (1 - ALPHA) / A0;
const B = (1 + Math.cos(OMEGA)) / 2 / A0;

/**
 * Removes constant offsets and rumble from interleaved 16 kHz samples of any scale, 12 dB an octave below `CUTOFF_HZ`;
 * above 100 Hz nothing changes by more than 0.2 dB. Its state continues from block to block: only the first block's
 * end makes a difference, because its mean is assumed as the offset before it.
 */
export class HighPass {
  readonly #channels: number;
  /** Two numbers for each channel: the delays of the transposed direct form II. */
  #delays: Float64Array | null = null;

  constructor(channels: number) {
    this.#channels = channels;
  }

  /** Filters the next block of whole frames in place. */
  filter(interleaved: Float32Array): void {
    if (interleaved.length === 0) return;
    this.#delays ??= settledDelays(interleaved, this.#channels);
    for (let channel = 0; channel < this.#channels; channel++) this.#filterChannel(interleaved, channel);
  }

  #filterChannel(interleaved: Float32Array, channel: number): void {
    const delays = this.#delays as Float64Array;
    const channels = this.#channels;
    let first = delays[2 * channel] as number;
    let second = delays[2 * channel + 1] as number;
    for (let i = channel; i < interleaved.length; i += channels) {
      const scaled = B * (interleaved[i] as number);
      const result = scaled + first;
      first = second - 2 * scaled - A1 * result;
      second = scaled - A2 * result;
      interleaved[i] = result;
    }
    delays[2 * channel] = first;
    delays[2 * channel + 1] = second;
  }
}

/** The state of a filter that has always filtered the mean of each channel, and so outputs 0: no step at the start. */
function settledDelays(interleaved: Float32Array, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  for (let i = 0; i < interleaved.length; i++) {
    const channel = i % channels;
    sums[channel] = (sums[channel] as number) + (interleaved[i] as number);
  }
  const scale = (B * channels) / interleaved.length;
  return Float64Array.from({ length: 2 * channels }, (_, i) => {
    const scaled = (sums[i >> 1] as number) * scale;
    return i % 2 === 0 ? -scaled : scaled;
  });
}
