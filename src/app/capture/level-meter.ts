/** Level of a stretch of sound, in dBFS; `SILENCE_DB` for zeros. */
export interface Level {
  readonly peakDb: number;
  readonly rmsDb: number;
  /** At least three samples in a row are at full scale: the wave was cut off. */
  readonly clipped: boolean;
  /** Length of the stretch in milliseconds. */
  readonly durationMs: number;
}

/** The level of zeros: below the last bit of 16. */
export const SILENCE_DB = -120;

/** Samples in a row at full scale that are a cut wave rather than a high one. */
const CUT_SAMPLES = 3;

const STRETCH_MS = 100;

/** Measures the level of one input, for each 100 ms of its sound. */
export class LevelMeter {
  #sumOfSquares = 0;
  #peak = 0;
  #atFullScale = 0;
  #clipped = false;
  #samples = 0;

  /** Takes a frame; returns the level of the stretch that it completes, or null. `sampleRate` in hertz. */
  push(samples: Int16Array, sampleRate: number): Level | null {
    for (const sample of samples) {
      const size = Math.abs(sample);
      this.#sumOfSquares += sample * sample;
      if (size > this.#peak) this.#peak = size;
      this.#atFullScale = size >= 32_767 ? this.#atFullScale + 1 : 0;
      if (this.#atFullScale >= CUT_SAMPLES) this.#clipped = true;
    }
    this.#samples += samples.length;
    const durationMs = (this.#samples / sampleRate) * 1000;
    if (durationMs < STRETCH_MS) return null;
    const level = {
      peakDb: decibels(this.#peak),
      rmsDb: decibels(Math.sqrt(this.#sumOfSquares / this.#samples)),
      clipped: this.#clipped,
      durationMs,
    };
    this.#sumOfSquares = 0;
    this.#peak = 0;
    this.#clipped = false;
    this.#samples = 0;
    return level;
  }
}

function decibels(amplitude: number): number {
  return amplitude === 0 ? SILENCE_DB : 20 * Math.log10(Math.min(amplitude, 32_767) / 32_767);
}
