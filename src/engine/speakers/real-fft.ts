/**
 * The power spectrum of real signals of a fixed length (a power of two), by a complex FFT of half the length: radix 2,
 * decimation in time, tables computed once. Buffers are reused, so that one instance serves one caller at a time.
 */
export class RealFft {
  readonly #half: number;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  readonly #order: Uint16Array;
  /** cos and sin of 2πk / length. */
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(length: number) {
    const half = length / 2;
    this.#half = half;
    this.#real = new Float64Array(half);
    this.#imaginary = new Float64Array(half);
    this.#cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / length));
    this.#order = bitReversed(half);
  }

  /** Writes the squared magnitudes of the bins from 0 up to but not including the Nyquist frequency into `power`. */
  power(signal: Float64Array, power: Float64Array): void {
    const half = this.#half;
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let i = 0; i < half; i += 1) {
      const from = 2 * (this.#order[i] as number);
      real[i] = signal[from] as number;
      imaginary[i] = signal[from + 1] as number;
    }
    this.#transform();
    // The signal's even and odd samples were the real and imaginary parts; their two spectra are taken apart and joined.
    const zero = (real[0] as number) + (imaginary[0] as number);
    power[0] = zero * zero;
    for (let k = 1; k < half; k += 1) {
      const ar = real[k] as number;
      const ai = imaginary[k] as number;
      const br = real[half - k] as number;
      const bi = imaginary[half - k] as number;
      const evenReal = (ar + br) / 2;
      const evenImaginary = (ai - bi) / 2;
      const oddReal = (ai + bi) / 2;
      const oddImaginary = (br - ar) / 2;
      const cos = this.#cos[k] as number;
      const sin = this.#sin[k] as number;
      const re = evenReal + cos * oddReal + sin * oddImaginary;
      const im = evenImaginary + cos * oddImaginary - sin * oddReal;
      power[k] = re * re + im * im;
    }
  }

  #transform(): void {
    const half = this.#half;
    const real = this.#real;
    const imaginary = this.#imaginary;
    for (let span = 1; span < half; span *= 2) {
      const step = half / span;
      for (let k = 0; k < span; k += 1) {
        const cos = this.#cos[k * step] as number;
        const sin = this.#sin[k * step] as number;
        for (let top = k; top < half; top += 2 * span) {
          const bottom = top + span;
          const br = real[bottom] as number;
          const bi = imaginary[bottom] as number;
          const re = br * cos + bi * sin;
          const im = bi * cos - br * sin;
          real[bottom] = (real[top] as number) - re;
          imaginary[bottom] = (imaginary[top] as number) - im;
          real[top] = (real[top] as number) + re;
          imaginary[top] = (imaginary[top] as number) + im;
        }
      }
    }
  }
}

function bitReversed(length: number): Uint16Array {
  const bits = Math.log2(length);
  return Uint16Array.from({ length }, (_, i) => {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit += 1) reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
    return reversed;
  });
}
