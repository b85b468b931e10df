import type { ScaleFactorBands } from './aac-bands.ts';
import { aacFrameAt } from './aac-frame.ts';
import { SearchBudget } from './search-budget.ts';

/** So many consecutive frames are no chance. */
export const SURE_FRAMES = 6;

/** AAC frames that follow one another. */
export interface AacRun {
  readonly sampleRates: readonly number[];
  readonly bands: ScaleFactorBands;
  readonly channels: 1 | 2;
  readonly frames: number;
  readonly sizeBytes: number;
  /** How many bytes were read to find out. */
  readonly lookedAtBytes: number;
}

/** Cost of starting to read a frame, in bytes read. */
const ATTEMPT_BYTES = 64;

/** Finds consecutive AAC frames in bytes of any kind. */
export class AacRunFinder {
  readonly patience = new SearchBudget();
  readonly #bands: ScaleFactorBands;

  constructor(bands: ScaleFactorBands) {
    this.#bands = bands;
  }

  /**
   * The first position from `start` on of so many consecutive frames, of this number of channels if it is not 0; null
   * if there is none, or `patience` is used up before.
   */
  find(bytes: Uint8Array, start: number, channels: number, frames: number): number | null {
    for (let at = start; at < bytes.length && !this.patience.isOver; at++) {
      if (!mayBegin(bytes, at, at === start)) continue;
      const run = this.runAt(bytes, at, frames);
      if (run.frames >= frames && (channels === 0 || run.channels === channels)) return at;
      this.patience.spend(ATTEMPT_BYTES + run.lookedAtBytes);
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

/**
 * Whether a frame may begin here: with the element of one channel or two, numbered 0. The very first one may follow a fill
 * element. Zeros alone are none.
 */
function mayBegin(bytes: Uint8Array, at: number, isFirst: boolean): boolean {
  const head = bytes[at] ?? 0;
  if (head >> 1 === 0b0010000 || (isFirst && head >> 5 === 6)) return true;
  return head >> 1 === 0 && (head | (bytes[at + 1] ?? 0) | (bytes[at + 2] ?? 0) | (bytes[at + 3] ?? 0)) !== 0;
}
