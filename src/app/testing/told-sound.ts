import { crc32 } from 'node:zlib';

/** Sound of which every second tells where it belongs, by the frequency of its tone. Mono, 16 bits. */
export class ToldSound {
  /** In hertz. */
  readonly sampleRate: number;
  readonly #salt: number;
  #crc32 = 0;

  /** @param salt of two sounds with different salts no second is alike for long. */
  constructor(sampleRate: number, salt = 0) {
    this.sampleRate = sampleRate;
    this.#salt = salt;
  }

  /** CRC-32 of all samples that were made, little endian. */
  get crc32(): number {
    return this.#crc32;
  }

  /** The tone of a second, in hertz. */
  frequencyOf(second: number): number {
    return 300 + ((second * 37 + this.#salt * 101) % 89) * 10;
  }

  /** The samples of a second, the next in order. */
  second(second: number): Int16Array {
    const step = (2 * Math.PI * this.frequencyOf(second)) / this.sampleRate;
    const samples = Int16Array.from({ length: this.sampleRate }, (_, at) =>
      Math.round(8000 * Math.sin(at * step)),
    );
    this.#crc32 = crc32(new Uint8Array(samples.buffer), this.#crc32);
    return samples;
  }

  /** Whether these samples, at whatever rate, are the tone of a second: by the zeros that are crossed upwards. */
  isSecond(second: number, samples: Int16Array, sampleRate: number): boolean {
    // The edges belong to the transition between two tones.
    const middle = samples.subarray(sampleRate / 10, (sampleRate * 9) / 10);
    let crossings = 0;
    for (let at = 1; at < middle.length; at += 1)
      if ((middle[at - 1] ?? 0) < 0 && (middle[at] ?? 0) >= 0) crossings += 1;
    return Math.abs(crossings - this.frequencyOf(second) * 0.8) <= 3;
  }
}
