/** The highest sample that is let through: one decibel below full scale. */
export const CEILING = 10 ** (-1 / 20);

/** How far ahead the limiter looks, and over which its gain glides. */
const LOOKAHEAD_SECONDS = 0.005;
/** Time in which the limiter's gain recovers by about two thirds. */
const RELEASE_SECONDS = 0.15;
/** A change of the wanted gain glides over this time, so that it does not click. */
const GLIDE_SECONDS = 0.02;

/** How the sound is wanted. */
export interface WantedSound {
  /** Amplification as a factor. */
  readonly gain: number;
  /** The channel that alone is heard, on both sides; null for all. */
  readonly solo: number | null;
}

/**
 * Amplifies the channels of a recording, with a limiter that looks ahead: no sample exceeds `CEILING`, and nothing is clipped. The
 * gain of the limiter is the lowest that is needed within the time looked ahead, recovering exponentially, then
 * averaged over that time, so that it has arrived when the loud sample is played (as in Robjohns' and Lund's
 * descriptions of brick-wall limiters). Both channels get the same gain: the image does not move. All is delayed by
 * `delaySamples`.
 */
export class PlaybackSound {
  readonly delaySamples: number;
  readonly #left: Float32Array;
  readonly #right: Float32Array;
  readonly #minima: SlidingMinimum;
  readonly #averaged: Float64Array;
  readonly #release: number;
  readonly #glide: number;
  #wanted: WantedSound = { gain: 1, solo: null };
  #gain = 1;
  /** Of each channel, how much of it is on the left side and on the right. */
  readonly #shares: Share[] = [];
  #recovered = 1;
  #sum: number;
  #at = 0;

  constructor(sampleRate: number) {
    this.delaySamples = Math.max(1, Math.round(LOOKAHEAD_SECONDS * sampleRate));
    this.#left = new Float32Array(this.delaySamples);
    this.#right = new Float32Array(this.delaySamples);
    this.#minima = new SlidingMinimum(this.delaySamples);
    this.#averaged = new Float64Array(this.delaySamples).fill(1);
    this.#sum = this.delaySamples;
    this.#release = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
    this.#glide = 1 - Math.exp(-1 / (GLIDE_SECONDS * sampleRate));
  }

  want(wanted: WantedSound): void {
    this.#wanted = wanted;
  }

  /** Processes a block: `input` holds its channels, none while nothing plays; `output` two of the same length. */
  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const [outLeft, outRight] = output as [Float32Array, Float32Array];
    const { gain, solo } = this.#wanted;
    if (input.length === 0) {
      // Nothing can click: what plays next begins as it is wanted.
      this.#gain = gain;
      this.#shares.length = 0;
    }
    const wanted = input.map((_, channel) => sharesOf(channel, input.length, solo));
    for (const share of wanted.slice(this.#shares.length)) this.#shares.push({ ...share });
    for (let index = 0; index < outLeft.length; index += 1) {
      this.#gain += (gain - this.#gain) * this.#glide;
      let left = 0;
      let right = 0;
      for (let channel = 0; channel < input.length; channel += 1) {
        const [share, goal] = [this.#shares[channel] as Share, wanted[channel] as Share];
        share.left += (goal.left - share.left) * this.#glide;
        share.right += (goal.right - share.right) * this.#glide;
        const sample = ((input[channel] as Float32Array)[index] as number) * this.#gain;
        left += sample * share.left;
        right += sample * share.right;
      }
      const held = this.#limit(Math.max(Math.abs(left), Math.abs(right)));
      outLeft[index] = (this.#left[this.#at] as number) * held;
      outRight[index] = (this.#right[this.#at] as number) * held;
      this.#left[this.#at] = left;
      this.#right[this.#at] = right;
      this.#at = (this.#at + 1) % this.delaySamples;
    }
  }

  /** The limiter's gain for the sample that leaves now, as one with this peak comes in. */
  #limit(peak: number): number {
    // For the samples within the delay, not yet for the one that comes in.
    const held = this.#sum / this.delaySamples;
    const needed = this.#minima.push(peak > CEILING ? CEILING / peak : 1);
    this.#recovered = Math.min(needed, this.#recovered + (1 - this.#recovered) * this.#release);
    this.#sum += this.#recovered - (this.#averaged[this.#at] as number);
    this.#averaged[this.#at] = this.#recovered;
    return held;
  }
}

interface Share {
  left: number;
  right: number;
}

/** Two channels are a left and a right one; others have no side, and neither has one that is heard alone. */
function sharesOf(channel: number, channels: number, solo: number | null): Share {
  if (channels > 1 && solo !== null) return channel === solo ? { left: 1, right: 1 } : { left: 0, right: 0 };
  if (channels !== 2) return { left: 1, right: 1 };
  return channel === 0 ? { left: 1, right: 0 } : { left: 0, right: 1 };
}

/** The lowest of the last `length` values, in constant time each (a monotonic queue). */
class SlidingMinimum {
  readonly #length: number;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  #first = 0;
  #count = 0;
  #time = 0;

  constructor(length: number) {
    this.#length = length;
    this.#values = new Float64Array(length + 1);
    this.#times = new Float64Array(length + 1);
  }

  push(value: number): number {
    const size = this.#values.length;
    while (this.#count > 0 && (this.#values[(this.#first + this.#count - 1) % size] as number) >= value)
      this.#count -= 1;
    const end = (this.#first + this.#count) % size;
    this.#values[end] = value;
    this.#times[end] = this.#time;
    this.#count += 1;
    this.#time += 1;
    if ((this.#times[this.#first] as number) <= this.#time - 1 - this.#length) {
      this.#first = (this.#first + 1) % size;
      this.#count -= 1;
    }
    return this.#values[this.#first] as number;
  }
}
