import { SAMPLE_RATE } from '../../contract/audio.ts';
import { Resampler } from '../capture/resampler.ts';

/** A hole in the sound up to this length is filled with silence. */
const FILLED_MS = 30_000;

/** Blocks whose times differ by no more follow one another. */
const TOUCHING_MS = 1;

/** Makes one contiguous sound of 16 kHz of a channel's blocks. */
export class SoundInput {
  readonly #sampleRate: number;
  #resampler: Resampler | null;
  /** Where the next block should begin; null before the first. */
  #endMs: number | null = null;

  /** `sampleRate`: that of the blocks, in hertz. */
  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
    this.#resampler = this.#newResampler();
  }

  /**
   * Accepts a block. What is there already is left out, a hole is silence; a hole of more than half a minute, and what
   * comes before the first block, is none: `beginsAtMs` then tells where the samples begin, and is null otherwise.
   */
  push(startMs: number, samples: Int16Array): { beginsAtMs: number | null; samples: Int16Array } {
    const holeMs = startMs - (this.#endMs ?? Number.NEGATIVE_INFINITY);
    if (holeMs > FILLED_MS) {
      this.#resampler = this.#newResampler();
      this.#endMs = startMs + (samples.length * 1000) / this.#sampleRate;
      return { beginsAtMs: startMs, samples: this.#resampled(samples) };
    }
    const missing = Math.round((holeMs * this.#sampleRate) / 1000);
    const isTouching = Math.abs(holeMs) <= TOUCHING_MS;
    const whole = isTouching || missing === 0 ? samples : shifted(samples, missing);
    this.#endMs = (this.#endMs ?? 0) + (whole.length * 1000) / this.#sampleRate;
    return { beginsAtMs: null, samples: this.#resampled(whole) };
  }

  #newResampler(): Resampler | null {
    return this.#sampleRate === SAMPLE_RATE ? null : new Resampler(this.#sampleRate, SAMPLE_RATE);
  }

  #resampled(samples: Int16Array): Int16Array {
    return this.#resampler === null ? samples : this.#resampler.push(samples);
  }
}

/** The samples with so much silence before them, or without so many of the first. */
function shifted(samples: Int16Array, missing: number): Int16Array {
  if (missing < 0) return samples.subarray(-missing);
  const whole = new Int16Array(missing + samples.length);
  whole.set(samples, missing);
  return whole;
}
