import { SAMPLE_RATE, SAMPLES_PER_MS } from '../../contract/audio.ts';
import { type Gain, NO_GAIN, nextGain } from '../media/sound/gain.ts';
import { HighPass } from '../media/sound/high-pass.ts';
import { measureLevel } from '../media/sound/sound-level.ts';

/** The level is measured over the last so many samples, and so often. */
const MEASURED = 10 * SAMPLE_RATE;
const MEASURED_EVERY = SAMPLE_RATE / 2;

/** How fast the gain changes, in dB for each sample: 30 dB in 0.2 s. */
const CHANGE_DB = 30 / (200 * SAMPLES_PER_MS);

/**
 * Brings a channel's voice to the level that the models hear best, and removes rumble, as the import of a recording does; here
 * only from what was said so far. Microphones without automatic gain are often 30 dB too quiet.
 */
export class LiveLevel {
  readonly #highPass = new HighPass(1);
  /** The last samples before the gain, a ring; the next goes to `#at`. */
  readonly #last = new Float32Array(MEASURED);
  #at = 0;
  #known = 0;
  #untilMeasured = MEASURED_EVERY;
  #gain: Gain = NO_GAIN;
  #gainDb = 0;

  /** Accepts the next samples; returns as many. Zeros stay zeros. */
  push(samples: Int16Array): Int16Array {
    if (samples.every((sample) => sample === 0)) return samples;
    const filtered = Float32Array.from(samples, (sample) => sample / 32_768);
    this.#highPass.filter(filtered);
    this.#remember(filtered);
    const result = new Int16Array(filtered.length);
    let factor = factorOf(this.#gainDb);
    for (let i = 0; i < result.length; i += 1) {
      const left = this.#gain.gainDb - this.#gainDb;
      if (left !== 0) {
        this.#gainDb += Math.max(-CHANGE_DB, Math.min(CHANGE_DB, left));
        factor = factorOf(this.#gainDb);
      }
      const scaled = Math.round((filtered[i] as number) * factor);
      result[i] = Math.max(-32_768, Math.min(32_767, scaled));
    }
    return result;
  }

  #remember(samples: Float32Array): void {
    for (const sample of samples) {
      this.#last[this.#at] = sample;
      this.#at = (this.#at + 1) % MEASURED;
    }
    this.#known = Math.min(MEASURED, this.#known + samples.length);
    this.#untilMeasured -= samples.length;
    if (this.#untilMeasured > 0) return;
    this.#untilMeasured = MEASURED_EVERY;
    // The order of the two halves changes nothing: a level has none.
    this.#gain = nextGain(measureLevel(this.#last.slice(0, this.#known)), this.#gain);
  }
}

/** From samples of full scale 1 to 16-bit ones. */
function factorOf(db: number): number {
  return 32_768 * 10 ** (db / 20);
}
