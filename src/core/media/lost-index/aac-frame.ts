import type { ScaleFactorBands } from './aac-bands.ts';
import { type Codebook, SCALE_FACTOR_CODEBOOK, SPECTRUM_CODEBOOKS } from './aac-codebooks.ts';

/** The AAC frame at a position where one may begin. */
export interface AacFrame {
  /** 0 if no whole frame of one or two channels begins there. */
  readonly channels: 0 | 1 | 2;
  /** The frame's length; if there is none, how many bytes looked like one. */
  readonly sizeBytes: number;
}

/** Longest frame that an ADTS header can declare, without that header; AAC itself allows 768 bytes a channel. */
export const MAX_AAC_FRAME_BYTES = 8184;

/**
 * Reads the AAC-LC frame of one or two channels that begins at `start`. A frame does not contain its length: all of it has
 * to be read (ISO/IEC 14496-3 §4.4.2, raw_data_block). One that is cut off is none.
 */
export function aacFrameAt(bytes: Uint8Array, start: number, bands: ScaleFactorBands): AacFrame {
  const end = Math.min(bytes.length, start + MAX_AAC_FRAME_BYTES);
  const reader = new FrameReader(bytes.subarray(start, end), bands);
  let channels: 0 | 1 | 2 = 0;
  try {
    channels = reader.readFrame();
  } catch (error) {
    if (!(error instanceof NoFrame)) throw error;
  }
  return { channels, sizeBytes: Math.ceil(reader.position / 8) };
}

/** Thrown if the bits are no frame. One value for all: a new error with its stack for every byte of a file would be slow. */
class NoFrame extends Error {}
const NO_FRAME = new NoFrame();

const ELEMENT = { single: 0, pair: 1, data: 4, fill: 6, end: 7 } as const;
const EIGHT_SHORT = 2;
const NOISE = 13;
const FIRST_INTENSITY = 14;
const ESCAPE_CODEBOOK = 11;

interface Windows {
  readonly short: boolean;
  readonly maxBand: number;
  /** Windows in each group. */
  readonly groups: readonly number[];
}

interface Section {
  readonly codebook: number;
  /** Windows in its group. */
  readonly windows: number;
  readonly from: number;
  readonly to: number;
}

class FrameReader {
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #endBit: number;
  readonly #bands: ScaleFactorBands;

  constructor(bytes: Uint8Array, bands: ScaleFactorBands) {
    this.#bytes = bytes;
    this.#endBit = bytes.length * 8;
    this.#bands = bands;
  }

  /** Reads a whole frame and returns its channels. */
  readFrame(): 1 | 2 {
    let channels: 1 | 2 | null = null;
    for (;;) {
      switch (this.#bits(3)) {
        case ELEMENT.single:
          if (channels !== null) throw NO_FRAME;
          channels = 1;
          this.#skip(4);
          this.#channel(null);
          break;
        case ELEMENT.pair:
          if (channels !== null) throw NO_FRAME;
          channels = 2;
          this.#skip(4);
          this.#pair();
          break;
        case ELEMENT.data:
          this.#dataElement();
          break;
        case ELEMENT.fill:
          this.#fillElement();
          break;
        case ELEMENT.end:
          if (channels === null) throw NO_FRAME;
          return channels;
        default:
          // More channels, and elements that no phone's recorder writes.
          throw NO_FRAME;
      }
    }
  }

  #pair(): void {
    if (!this.#flag()) {
      this.#channel(null);
      this.#channel(null);
      return;
    }
    const windows = this.#windows();
    const mask = this.#bits(2);
    if (mask === 3) throw NO_FRAME;
    if (mask === 1) this.#skip(windows.groups.length * windows.maxBand);
    this.#channel(windows);
    this.#channel(windows);
  }

  #channel(common: Windows | null): void {
    this.#skip(8);
    const windows = common ?? this.#windows();
    const sections = this.#sections(windows);
    this.#scaleFactors(sections);
    if (this.#flag()) this.#pulses(windows);
    if (this.#flag()) this.#noiseShaping(windows);
    // Gain control belongs to another profile.
    if (this.#flag()) throw NO_FRAME;
    for (const section of sections) this.#spectrum(section, windows);
  }

  #windows(): Windows {
    if (this.#flag()) throw NO_FRAME;
    const short = this.#bits(2) === EIGHT_SHORT;
    this.#skip(1);
    const maxBand = this.#bits(short ? 4 : 6);
    if (maxBand >= this.#offsets(short).length) throw NO_FRAME;
    if (!short) {
      // Prediction belongs to other profiles.
      if (this.#flag()) throw NO_FRAME;
      return { short, maxBand, groups: [1] };
    }
    const groups = [1];
    for (let window = 1; window < 8; window++) {
      if (this.#flag()) groups.push((groups.pop() ?? 0) + 1);
      else groups.push(1);
    }
    return { short, maxBand, groups };
  }

  #offsets(short: boolean): readonly number[] {
    return short ? this.#bands.short : this.#bands.long;
  }

  #sections({ short, maxBand, groups }: Windows): Section[] {
    const lengthBits = short ? 3 : 5;
    const goesOn = (1 << lengthBits) - 1;
    const sections: Section[] = [];
    for (const windows of groups) {
      for (let from = 0; from < maxBand; ) {
        const codebook = this.#bits(4);
        if (codebook === 12) throw NO_FRAME;
        let to = from;
        let part: number;
        do {
          part = this.#bits(lengthBits);
          to += part;
        } while (part === goesOn);
        // A section without a band would let garbage continue without end.
        if (to > maxBand || to === from) throw NO_FRAME;
        sections.push({ codebook, windows, from, to });
        from = to;
      }
    }
    return sections;
  }

  #scaleFactors(sections: readonly Section[]): void {
    let noiseSeen = false;
    for (const { codebook, from, to } of sections) {
      if (codebook === 0) continue;
      for (let band = from; band < to; band++) {
        if (codebook === NOISE && !noiseSeen) {
          noiseSeen = true;
          this.#skip(9);
        } else {
          this.#codeword(SCALE_FACTOR_CODEBOOK);
        }
      }
    }
  }

  #pulses({ short }: Windows): void {
    if (short) throw NO_FRAME;
    const count = this.#bits(2) + 1;
    if (this.#bits(6) >= this.#bands.long.length) throw NO_FRAME;
    this.#skip(9 * count);
  }

  #noiseShaping({ short }: Windows): void {
    for (let window = 0; window < (short ? 8 : 1); window++) {
      const filters = this.#bits(short ? 1 : 2);
      if (filters === 0) continue;
      const resolution = this.#bits(1);
      for (let filter = 0; filter < filters; filter++) {
        this.#skip(short ? 4 : 6);
        const order = this.#bits(short ? 3 : 5);
        if (order > (short ? 7 : 12)) throw NO_FRAME;
        if (order === 0) continue;
        this.#skip(1);
        const compressed = this.#bits(1);
        this.#skip(order * (3 + resolution - compressed));
      }
    }
  }

  #spectrum({ codebook: number, windows, from, to }: Section, { short }: Windows): void {
    if (number >= NOISE || number >= FIRST_INTENSITY) return;
    const codebook = SPECTRUM_CODEBOOKS[number] ?? null;
    if (codebook === null) return;
    const offsets = this.#offsets(short);
    const values = ((offsets[to] ?? 0) - (offsets[from] ?? 0)) * windows;
    for (let value = 0; value < values; value += codebook.values) {
      const follow = codebook.follow[this.#codeword(codebook)] ?? 0;
      if (number !== ESCAPE_CODEBOOK) {
        this.#skip(follow);
        continue;
      }
      this.#skip(follow % 3);
      for (let escapes = Math.floor(follow / 3); escapes > 0; escapes--) this.#escape();
    }
  }

  /** As many ones as there are more than four bits, a zero, and these bits: a value of at most 13 bits. */
  #escape(): void {
    let more = 0;
    while (this.#flag()) {
      more += 1;
      if (more > 8) throw NO_FRAME;
    }
    this.#skip(more + 4);
  }

  #dataElement(): void {
    this.#skip(4);
    const aligned = this.#flag();
    let count = this.#bits(8);
    if (count === 255) count += this.#bits(8);
    if (aligned) this.#skip((8 - (this.position % 8)) % 8);
    this.#skip(8 * count);
  }

  #fillElement(): void {
    let count = this.#bits(4);
    if (count === 15) count += this.#bits(8) - 1;
    this.#skip(8 * count);
  }

  /** The index of the next codeword in its codebook. */
  #codeword({ counts }: Codebook): number {
    let code = 0;
    let first = 0;
    let place = 0;
    for (const count of counts) {
      code = (code << 1) | this.#bits(1);
      first <<= 1;
      if (code - first < count) return place + code - first;
      first += count;
      place += count;
    }
    throw NO_FRAME;
  }

  #flag(): boolean {
    return this.#bits(1) === 1;
  }

  #bits(count: number): number {
    let value = 0;
    this.#require(count);
    for (let i = 0; i < count; i++) {
      const byte = this.#bytes[this.position >> 3] ?? 0;
      value = (value << 1) | ((byte >> (7 - (this.position & 7))) & 1);
      this.position += 1;
    }
    return value;
  }

  #skip(count: number): void {
    this.#require(count);
    this.position += count;
  }

  #require(count: number): void {
    if (this.position + count > this.#endBit) throw NO_FRAME;
  }
}
