import { FRAME_SAMPLES, PART_SAMPLES } from '../../contract/audio.ts';
import { measurePeaks } from '../media/peaks.ts';
import { measureFrames } from '../speech/frame-features.ts';

/** One channel's share of a part: what is sealed, and what was measured of it on the way. */
export interface BuiltPart {
  /** 16-bit PCM at 16 kHz. */
  readonly samples: Int16Array;
  readonly features: Uint8Array;
  readonly peaks: Uint8Array;
}

/** Collects one channel's samples into parts of a minute, measuring them in small steps as they arrive. */
export class PartBuilder {
  #samples = new Int16Array(PART_SAMPLES);
  #length = 0;
  #measured = 0;
  #features: Uint8Array[] = [];

  /** Samples still missing to a full part. */
  get room(): number {
    return PART_SAMPLES - this.#length;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** Adds samples, no more than there is room for. */
  push(samples: Int16Array): void {
    this.#samples.set(samples, this.#length);
    this.#length += samples.length;
    const measurable = this.#length - (this.#length % FRAME_SAMPLES);
    this.#measureUpTo(measurable);
  }

  /** Ends the part, full or not, and starts the next. */
  take(): BuiltPart {
    this.#measureUpTo(this.#length);
    const samples = this.#samples.subarray(0, this.#length);
    const features = Buffer.concat(this.#features);
    this.#samples = new Int16Array(PART_SAMPLES);
    this.#length = 0;
    this.#measured = 0;
    this.#features = [];
    return { samples, features, peaks: measurePeaks(samples) };
  }

  #measureUpTo(end: number): void {
    if (end === this.#measured) return;
    this.#features.push(measureFrames(this.#samples.subarray(this.#measured, end)));
    this.#measured = end;
  }
}
