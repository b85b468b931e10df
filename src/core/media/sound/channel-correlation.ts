import { FRAME_SAMPLES, SAMPLE_RATE } from '../../../contract/audio.ts';

/** Every fourth sample is kept: 4 kHz contain the voice's strongest partials. */
const DECIMATION = 4;
const FRAME = FRAME_SAMPLES / DECIMATION;

/** Sound travels 7 m in 20 ms: two microphones further apart are not in one room. */
const MAX_LAG = (0.02 * SAMPLE_RATE) / DECIMATION;

/** Frames that are correlated as one block: half a second, of one speaker as a rule. */
const BLOCK_FRAMES = 25;

/** Most blocks that are compared, so that a decision takes some ten milliseconds. */
const MAX_BLOCKS = 16;

/** Stores two channels decimated and measures whether they carry the same audio. */
export class CorrelationHistory {
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  #frames = 0;
  #before: readonly [number, number] = [0, 0];

  constructor(maxFrames: number) {
    this.#left = new Float32Array(maxFrames * FRAME);
    this.#right = new Float32Array(maxFrames * FRAME);
  }

  /** Adds one frame of two interleaved channels. */
  push(interleaved: Float32Array): void {
    const [left, right] = this.#before;
    const start = this.#frames * FRAME;
    this.#before = [
      decimate(interleaved, 0, this.#left.subarray(start, start + FRAME), left),
      decimate(interleaved, 1, this.#right.subarray(start, start + FRAME), right),
    ];
    this.#frames += 1;
  }

  /**
   * How far the channels carry the same audio in these frames, from -1 (the same with opposite polarity) over 0
   * (unrelated) to 1: the median over blocks of the normalised correlation of greatest size among all lags of up to 20 ms.
   */
  correlation(frames: readonly number[]): number {
    const blocks = Math.floor(frames.length / BLOCK_FRAMES);
    if (blocks === 0) return 0;
    const step = Math.max(1, blocks / MAX_BLOCKS);
    const found: number[] = [];
    for (let block = 0; block < blocks; block += step) {
      const start = Math.floor(block) * BLOCK_FRAMES;
      found.push(this.#strongest(frames.slice(start, start + BLOCK_FRAMES)));
    }
    found.sort((a, b) => a - b);
    return found[found.length >> 1] ?? 0;
  }

  #strongest(frames: readonly number[]): number {
    let best = 0;
    for (let lag = -MAX_LAG; lag <= MAX_LAG; lag++) {
      const value = this.#atLag(frames, lag);
      if (Math.abs(value) > Math.abs(best)) best = value;
    }
    return best;
  }

  #atLag(frames: readonly number[], lag: number): number {
    const left = this.#left;
    const right = this.#right;
    let product = 0;
    let leftEnergy = 0;
    let rightEnergy = 0;
    for (const frame of frames) {
      const end = (frame + 1) * FRAME;
      for (let i = frame * FRAME; i < end; i++) {
        const a = left[i] as number;
        const b = right[i + lag] ?? 0;
        product += a * b;
        leftEnergy += a * a;
        rightEnergy += b * b;
      }
    }
    const scale = Math.sqrt(leftEnergy * rightEnergy);
    return scale === 0 ? 0 : product / scale;
  }
}

/** Averages groups of samples and subtracts the one before, which evens out the spectrum of speech. */
function decimate(interleaved: Float32Array, channel: number, into: Float32Array, before: number): number {
  let previous = before;
  for (let i = 0; i < into.length; i++) {
    let sum = 0;
    for (let j = 0; j < DECIMATION; j++) sum += interleaved[(i * DECIMATION + j) * 2 + channel] as number;
    into[i] = sum - 0.9 * previous;
    previous = sum;
  }
  return previous;
}
