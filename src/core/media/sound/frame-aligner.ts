/** Frames of one block: half a second. */
export const BLOCK_FRAMES = 8192;

const BYTES_PER_FLOAT = 4;

/** Larger values are no audio: files have samples of up to 32768 if their writers did not scale them, none larger. */
const LARGEST = 1e6;

/**
 * Cuts a stream of 32-bit float PCM bytes into blocks of `BLOCK_FRAMES` whole frames (one sample of every channel),
 * whatever its chunks. A sample that is no finite number, as in broken files, becomes silence.
 */
export class FrameAligner {
  readonly #channels: number;
  #block: Float32Array;
  /** Bytes of the block received so far. */
  #filled = 0;
  #blocks = 0;

  constructor(channels: number) {
    this.#channels = channels;
    this.#block = new Float32Array(channels * BLOCK_FRAMES);
  }

  /** Whole frames seen so far. */
  get frames(): number {
    return this.#blocks * BLOCK_FRAMES + this.#framesOfRest;
  }

  /** The blocks that these bytes complete, interleaved; none if they complete none. */
  push(chunk: Uint8Array): Float32Array[] {
    const complete: Float32Array[] = [];
    for (let taken = 0; taken < chunk.length; ) {
      const room = new Uint8Array(this.#block.buffer, this.#filled);
      const piece = chunk.subarray(taken, taken + room.length);
      room.set(piece);
      taken += piece.length;
      this.#filled += piece.length;
      if (piece.length < room.length) break;
      complete.push(soundOf(this.#block));
      this.#block = new Float32Array(this.#channels * BLOCK_FRAMES);
      this.#filled = 0;
      this.#blocks += 1;
    }
    return complete;
  }

  /** The whole frames after the last complete block; maybe none. */
  rest(): Float32Array {
    return soundOf(this.#block.slice(0, this.#framesOfRest * this.#channels));
  }

  get #framesOfRest(): number {
    return Math.floor(this.#filled / (this.#channels * BYTES_PER_FLOAT));
  }
}

function soundOf(samples: Float32Array): Float32Array {
  for (let i = 0; i < samples.length; i++) {
    // Also false for NaN.
    if (!(Math.abs(samples[i] as number) <= LARGEST)) samples[i] = 0;
  }
  return samples;
}
