import type { ScaleFactorBands } from './aac-bands.ts';
import { aacFrameAt } from './aac-frame.ts';

/** So many frames one behind the other are no chance. */
export const SURE_FRAMES = 6;

/** AAC frames that follow one another. */
export interface AacRun {
  readonly sampleRates: readonly number[];
  readonly bands: ScaleFactorBands;
  readonly channels: 1 | 2;
  readonly frames: number;
  readonly sizeBytes: number;
  /** How many bytes had to be read to know. */
  readonly lookedAtBytes: number;
}

/** Bytes looked at in vain for each byte that is given, at most: what is made to look like frames must not cost hours. */
const PATIENCE = 4;

/** Finds where AAC frames follow one another in bytes of any kind. */
export class AacRunFinder {
  readonly #bands: ScaleFactorBands;
  #spent = 0;
  #granted = 0;

  constructor(bands: ScaleFactorBands) {
    this.#bands = bands;
  }

  /** So many more bytes have come. */
  grant(bytes: number): void {
    this.#granted += PATIENCE * bytes;
  }

  /**
   * The first place from `start` on where so many frames follow one another, of this number of channels where it is not 0; null
   * where there is none. Fewer will do where the bytes end with them.
   */
  find(bytes: Uint8Array, start: number, channels: number, frames: number): number | null {
    for (let at = start; at < bytes.length && this.#spent < this.#granted; at++) {
      // A fill element stands before the sound in the first frame of some; else the element of one channel or two.
      const head = bytes[at] ?? 0;
      const begins = head >> 1 === 0 || head >> 1 === 0b0010000 || (at === start && head >> 5 === 6);
      if (!begins) continue;
      const run = this.runAt(bytes, at, frames);
      this.#spent += run.lookedAtBytes;
      if (channels !== 0 && run.frames > 0 && run.channels !== channels) continue;
      if (run.frames >= frames) return at;
    }
    return null;
  }

  /** The run of at most so many frames that begins here. */
  runAt(bytes: Uint8Array, start: number, most: number): AacRun {
    const { sampleRates } = this.#bands;
    let at = start;
    let frames = 0;
    let channels: 0 | 1 | 2 = 0;
    let lookedAtBytes = 0;
    while (frames < most && at < bytes.length) {
      const frame = aacFrameAt(bytes, at, this.#bands);
      lookedAtBytes += frame.sizeBytes;
      if (frame.channels === 0 || (channels !== 0 && frame.channels !== channels)) break;
      channels = frame.channels;
      frames += 1;
      at += frame.sizeBytes;
    }
    return {
      sampleRates,
      bands: this.#bands,
      channels: channels || 1,
      frames,
      sizeBytes: at - start,
      lookedAtBytes,
    };
  }
}
