import { FRAME_SAMPLES, PART_SAMPLES } from '../../../contract/audio.ts';
import { type Gain, NO_GAIN, nextGain, withGain } from '../../media/sound/gain.ts';
import { measurePeaks } from '../../media/sound/peaks.ts';
import { measureLevel } from '../../media/sound/sound-level.ts';
import { measureFrames } from '../../speech/frame-features.ts';

/** One channel's share of a part: the samples to seal, and what was measured of them. */
export interface BuiltPart {
  /** 16-bit PCM at 16 kHz, with the gain. */
  readonly samples: Int16Array;
  /** Gain applied to the samples, in whole dB. */
  readonly gainDb: number;
  /** Measured before the gain, so that channels can be compared. */
  readonly features: Uint8Array;
  readonly peaks: Uint8Array;
}

/**
 * Collects one channel's samples (floats, full scale 1) into parts of a minute, measures them in small steps as they
 * arrive, and normalizes each part to a level at which voices are clear. A part depends on nothing after it.
 */
export class PartBuilder {
  #samples = new Float32Array(PART_SAMPLES);
  #length = 0;
  #measured = 0;
  #features: Uint8Array[] = [];
  #gain: Gain | null = null;

  /** Samples missing to a full part. */
  get room(): number {
    return PART_SAMPLES - this.#length;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Adds samples, no more than there is room for. */
  push(samples: Float32Array): void {
    this.#samples.set(samples, this.#length);
    this.#length += samples.length;
    const measurable = this.#length - (this.#length % FRAME_SAMPLES);
    this.#measureUpTo(measurable);
  }

  /** Ends the part, full or not, and starts the next. */
  take(): BuiltPart {
    this.#measureUpTo(this.#length);
    const taken = this.#samples.subarray(0, this.#length);
    const features = Buffer.concat(this.#features);
    const gain = nextGain(measureLevel(taken), this.#gain ?? NO_GAIN);
    const { gainDb } = gain;
    const samples = withGain(taken, { gainDb, beforeDb: this.#gain?.gainDb ?? gainDb });
    this.#gain = gain;
    this.#length = 0;
    this.#measured = 0;
    this.#features = [];
    return { samples, gainDb, features, peaks: measurePeaks(samples) };
  }

  #measureUpTo(end: number): void {
    if (end === this.#measured) return;
    this.#features.push(measureFrames(this.#samples.subarray(this.#measured, end)));
    this.#measured = end;
  }
}
