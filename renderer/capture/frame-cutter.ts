import { CAPTURE_FRAME_MS } from '../../src/contract/capture-frame.ts';
import { crc32 } from './crc32.ts';

/** A frame as the cutter makes it. */
export interface CutFrame {
  /** When its first sample was captured. */
  readonly atMs: number;
  readonly sampleRate: number;
  /** 16-bit samples, mono. The buffer holds nothing else. */
  readonly samples: Int16Array<ArrayBuffer>;
}

/** Sound that does not begin where the sound before it ended, give or take this much, does not go on with it. */
const CONTIGUOUS_MS = 40;

/**
 * Cuts mono sound into frames of 20 ms (rounded to whole samples) of 16 bits, and keeps the CRC-32 of all of them. No frame
 * holds sound of two rates, or from both sides of a gap: the one before it is shorter.
 */
export class FrameCutter {
  readonly #cut: (frame: CutFrame) => void;
  #sampleRate = 0;
  #samples = new Int16Array(0);
  #filled = 0;
  #startMs = 0;
  #endMs = 0;
  #frames = 0;
  #crc32 = 0;

  /** @param cut is called with every frame. */
  constructor(cut: (frame: CutFrame) => void) {
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

  /** Takes sound; `atMs` is when its first sample was captured. */
  push(sound: Float32Array, sampleRate: number, atMs: number): void {
    if (sampleRate !== this.#sampleRate || Math.abs(atMs - this.#endMs) > CONTIGUOUS_MS) this.end();
    this.#sampleRate = sampleRate;
    this.#endMs = atMs + (sound.length / sampleRate) * 1000;
    for (const [index, value] of sound.entries()) {
      if (this.#filled === 0) this.#begin(atMs + (index / sampleRate) * 1000);
      // The inverse of how 16-bit samples become floating-point ones, so that these come through unchanged.
      const sample = Math.round(value * 32_768);
      this.#samples[this.#filled] = sample > 32_767 ? 32_767 : sample < -32_768 ? -32_768 : sample;
      this.#filled += 1;
      if (this.#filled === this.#samples.length) this.#finish(this.#samples);
    }
  }

  /** Cuts the rest, a shorter frame, if there is one. */
  end(): void {
    if (this.#filled > 0) this.#finish(this.#samples.slice(0, this.#filled));
  }

  #begin(atMs: number): void {
    this.#startMs = atMs;
    this.#samples = new Int16Array(Math.round((this.#sampleRate * CAPTURE_FRAME_MS) / 1000));
  }

  #finish(samples: Int16Array<ArrayBuffer>): void {
    this.#crc32 = crc32(new Uint8Array(samples.buffer), this.#crc32);
    this.#frames += 1;
    this.#filled = 0;
    this.#cut({ atMs: this.#startMs, sampleRate: this.#sampleRate, samples });
  }
}
