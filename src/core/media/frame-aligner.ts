import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';

/** Cuts a stream of PCM bytes into blocks of whole frames (one sample of every channel). */
export class FrameAligner {
  readonly #frameBytes: number;
  #rest: Buffer = Buffer.alloc(0);
  #frames = 0;

  constructor(channels: number) {
    this.#frameBytes = channels * BYTES_PER_SAMPLE;
  }

  /** Whole frames seen so far. */
  get frames(): number {
    return this.#frames;
  }

  /** The whole frames that these bytes complete, interleaved; empty where they complete none. */
  push(chunk: Uint8Array): Int16Array {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const whole = bytes.length - (bytes.length % this.#frameBytes);
    // Copies: the memory of the chunk is the stream's, and may be unaligned.
    const samples = new Int16Array(whole / BYTES_PER_SAMPLE);
    new Uint8Array(samples.buffer).set(bytes.subarray(0, whole));
    this.#rest = Buffer.from(bytes.subarray(whole));
    this.#frames += whole / this.#frameBytes;
    return samples;
  }
}
