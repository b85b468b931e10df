/**
 * Converts one channel of 16-bit samples from a sample rate to another, in chunks of any size, with a polyphase
 * windowed sinc (J. O. Smith, Digital Audio Resampling Home Page; J. F. Kaiser's window). The result does not depend on
 * the chunks, and is not delayed: output sample n is the input at n · inputRate / outputRate, which is kept in whole
 * numbers, so nothing adds up over hours. The passband reaches 0.83 of the lower Nyquist frequency; what is above that
 * frequency, and would alias, is at least 80 dB down.
 *
 * The rate can be trimmed while it runs, to follow a device whose clock drifts.
 */
export class Resampler {
  /** The output's position is `#index + #phase / #phases` input samples; each output sample is `#step` phases later. */
  readonly #phases: number;
  readonly #nominalStep: number;
  #step: number;
  #index = 0;
  #phase = 0;
  /** Input samples on each side that an output sample is made of. */
  readonly #reach: number;
  readonly #kernel: Kernel;
  /** The input from `#first` on; what is before the first sample is silence. */
  #history: Float32Array;
  #first: number;
  #received = 0;

  /** Rates in hertz, whole numbers. */
  constructor(inputRate: number, outputRate: number) {
    const divisor = greatestCommonDivisor(inputRate, outputRate);
    this.#phases = outputRate / divisor;
    this.#nominalStep = inputRate / divisor;
    this.#step = this.#nominalStep;
    const cutoff = Math.min(1, outputRate / inputRate);
    this.#reach = Math.ceil(ZERO_CROSSINGS / cutoff);
    this.#kernel = kernelFor(cutoff, this.#reach, this.#phases);
    this.#history = new Float32Array(this.#reach);
    this.#first = -this.#reach;
  }

  /** How much faster than nominal the input's samples are used up, in parts per million; at most a few thousand. */
  set trimPpm(ppm: number) {
    this.#step = this.#nominalStep * (1 + ppm / 1e6);
  }

  /** Output samples that what has been pushed still owes, fractional: they need the input after it. */
  get pending(): number {
    return ((this.#received - this.#index) * this.#phases - this.#phase) / this.#step;
  }

  /** Accepts the next samples; returns those of the output that they complete. */
  push(samples: Int16Array): Int16Array {
    const kept = Math.max(0, this.#index - this.#reach + 1 - this.#first);
    const history = new Float32Array(this.#history.length - kept + samples.length);
    history.set(this.#history.subarray(kept));
    history.set(samples, this.#history.length - kept);
    this.#history = history;
    this.#first += kept;
    this.#received += samples.length;
    return this.#produce(this.#received - this.#reach);
  }

  /** Ends the input: returns what is left, so that all the output is as long as the input, rounded up. */
  finish(): Int16Array {
    const received = this.#received;
    const history = new Float32Array(this.#history.length + this.#reach);
    history.set(this.#history);
    this.#history = history;
    return this.#produce(received);
  }

  /** The output samples before input position `end`. */
  #produce(end: number): Int16Array {
    const expected = Math.ceil(((end - this.#index) * this.#phases - this.#phase) / this.#step);
    const output = new Int16Array(Math.max(0, expected) + 1);
    let length = 0;
    while (this.#index < end) {
      const start = this.#index - this.#reach + 1 - this.#first;
      output[length] = toInt16(this.#kernel.apply(this.#history, start, this.#phase / this.#phases));
      length += 1;
      const phase = this.#phase + this.#step;
      const whole = Math.floor(phase / this.#phases);
      this.#index += whole;
      this.#phase = phase - whole * this.#phases;
    }
    return output.subarray(0, length);
  }
}

/** Zero crossings of the sinc on each side. */
const ZERO_CROSSINGS = 32;

/** Shape of Kaiser's window: 85 dB below the passband. */
const KAISER_BETA = 8.4;

/** Middle of the transition band, as a share of the lower Nyquist frequency: it then ends there. */
const CUTOFF = 0.915;

/** Between fewer positions than this linear interpolation would be heard (its error falls with their square). */
const LEAST_POSITIONS = 512;

const KERNELS = new Map<string, Kernel>();

/** Filters are kept: a stream that is interrupted often begins anew each time. */
function kernelFor(cutoff: number, reach: number, phases: number): Kernel {
  const key = `${cutoff} ${phases}`;
  const kernel = KERNELS.get(key) ?? new Kernel(cutoff, reach, phases);
  KERNELS.set(key, kernel);
  return kernel;
}

/** The filter, sampled at some positions between two input samples, each row made when it is first needed. */
class Kernel {
  readonly #cutoff: number;
  readonly #reach: number;
  readonly #positions: number;
  readonly #rows: (Float32Array | undefined)[] = [];

  constructor(cutoff: number, reach: number, phases: number) {
    this.#cutoff = cutoff * CUTOFF;
    this.#reach = reach;
    // A multiple of the phases: then no position lies between two rows while the rate is not trimmed.
    this.#positions =
      phases < LEAST_POSITIONS ? phases * Math.ceil(LEAST_POSITIONS / phases) : LEAST_POSITIONS;
  }

  /** The value at `fraction` after sample `start + reach - 1` of `history`. */
  apply(history: Float32Array, start: number, fraction: number): number {
    const position = fraction * this.#positions;
    const nearest = Math.round(position);
    if (Math.abs(position - nearest) < 1e-6) return product(history, start, this.#row(nearest));
    const before = Math.floor(position);
    const lower = product(history, start, this.#row(before));
    const upper = product(history, start, this.#row(before + 1));
    return lower + (upper - lower) * (position - before);
  }

  #row(position: number): Float32Array {
    const known = this.#rows[position];
    if (known !== undefined) return known;
    const row = new Float32Array(2 * this.#reach);
    let sum = 0;
    for (let tap = 0; tap < row.length; tap++) {
      const distance = tap - this.#reach + 1 - position / this.#positions;
      row[tap] = sinc(distance * this.#cutoff) * kaiser(distance / this.#reach);
      sum += row[tap] as number;
    }
    // A constant stays what it is in every row.
    for (let tap = 0; tap < row.length; tap++) row[tap] = (row[tap] as number) / sum;
    this.#rows[position] = row;
    return row;
  }
}

/** The sum of products; rows have an even length. Two sums, since one addition would wait for the other. */
function product(history: Float32Array, start: number, row: Float32Array): number {
  let even = 0;
  let odd = 0;
  for (let tap = 0; tap < row.length; tap += 2) {
    even += (history[start + tap] as number) * (row[tap] as number);
    odd += (history[start + tap + 1] as number) * (row[tap + 1] as number);
  }
  return even + odd;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window at `x` from −1 to 1. */
function kaiser(x: number): number {
  return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function toInt16(value: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(value)));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
