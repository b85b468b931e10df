import { CAPTURE_FRAME_MS } from '../../src/contract/capture-frame.ts';
import { crc32 } from './crc32.ts';

/** A frame as the cutter makes it. */
export interface CutFrame {
  /** Its first sample's number in the audio context. */
  readonly contextFrame: number;
  /** 16-bit samples, mono. The buffer holds nothing else, and may be transferred. */
  readonly samples: Int16Array<ArrayBuffer>;
}

/**
 * Cuts mono sound into frames of 20 ms (rounded to whole samples) of 16 bits, and keeps the CRC-32 of all of them. Runs in
 * the audio thread: nothing is allocated but the frames.
 */
export class FrameCutter {
  readonly #length: number;
  readonly #cut: (frame: CutFrame) => void;
  #samples: Int16Array<ArrayBuffer>;
  #filled = 0;
  #startFrame = 0;
  #frames = 0;
  #crc32 = 0;

  /** @param cut is called with every frame. */
  constructor(sampleRate: number, cut: (frame: CutFrame) => void) {
    this.#length = Math.round((sampleRate * CAPTURE_FRAME_MS) / 1000);
    this.#samples = new Int16Array(this.#length);
    this.#cut = cut;
  }

  /** The number of frames cut so far. */
  get frames(): number {
    return this.#frames;
  }

  /** CRC-32 of the bytes of all frames so far, little endian. */
  get crc32(): number {
    return this.#crc32;
  }

  /**
   * Takes a render quantum; `channel` is undefined while the input delivers nothing: its time is kept as silence.
   * @param contextFrame the number of its first sample.
   */
  push(channel: Float32Array | undefined, length: number, contextFrame: number): void {
    for (let index = 0; index < length; index += 1) {
      if (this.#filled === 0) this.#startFrame = contextFrame + index;
      // The inverse of how 16-bit samples become floating-point ones, so that these come through unchanged.
      const value = Math.round((channel?.[index] ?? 0) * 32768);
      this.#samples[this.#filled] = value > 32767 ? 32767 : value < -32768 ? -32768 : value;
      this.#filled += 1;
      if (this.#filled === this.#length) this.#finish();
    }
  }

  /** Cuts the rest, a shorter frame, if there is one. */
  end(): void {
    if (this.#filled === 0) return;
    this.#samples = this.#samples.slice(0, this.#filled);
    this.#finish();
  }

  #finish(): void {
    const samples = this.#samples;
    this.#crc32 = crc32(new Uint8Array(samples.buffer), this.#crc32);
    this.#frames += 1;
    this.#samples = new Int16Array(this.#length);
    this.#filled = 0;
    this.#cut({ contextFrame: this.#startFrame, samples });
  }
}
