import { SAMPLE_RATE } from '../../contract/audio.ts';
import { type Gain, NO_GAIN, nextGain, withGain } from '../media/sound/gain.ts';
import { HighPass } from '../media/sound/high-pass.ts';
import { measureLevel } from '../media/sound/sound-level.ts';

/** The level is measured over the last so many samples, and so often. */
const MEASURED = 10 * SAMPLE_RATE;
const MEASURED_EVERY = SAMPLE_RATE / 2;

/**
 * Brings a channel's voice to the level that the models hear best, and removes rumble, as the import of a recording does; here
 * only from what was said so far. Microphones without automatic gain are often 30 dB too quiet.
 */
export class LiveLevel {
  readonly #measuring = new HighPass(1);
  readonly #detecting = new HighPass(1);
  /** The last samples, a ring; the next goes to `#at`. */
  readonly #last = new Float32Array(MEASURED);
  #at = 0;
  #known = 0;
  #untilMeasured = MEASURED_EVERY;
  #gain: Gain = NO_GAIN;
  /** Gain of the last samples that went to the detector. */
  #detectorDb = 0;

  /** Takes note of the next samples. */
  hear(samples: Int16Array): void {
    if (isZero(samples)) return;
    const filtered = fullScale(samples);
    this.#measuring.filter(filtered);
    for (const sample of filtered) {
      this.#last[this.#at] = sample;
      this.#at = (this.#at + 1) % MEASURED;
    }
    this.#known = Math.min(MEASURED, this.#known + filtered.length);
    this.#untilMeasured -= filtered.length;
    if (this.#untilMeasured > 0) return;
    this.#untilMeasured = MEASURED_EVERY;
    // The order of the ring's two halves changes nothing: a level has none.
    this.#gain = nextGain(measureLevel(this.#last.slice(0, this.#known)), this.#gain);
  }

  /** The next samples for the detector of voice activity, without leaps of the gain. Zeros stay zeros. */
  forDetector(samples: Int16Array): Int16Array {
    if (isZero(samples)) return samples;
    const filtered = fullScale(samples);
    this.#detecting.filter(filtered);
    const { gainDb } = this.#gain;
    const beforeDb = this.#detectorDb;
    this.#detectorDb = gainDb;
    return withGain(filtered, { gainDb, beforeDb });
  }

  /** Samples for one pass, at one gain: words in which it changes are heard wrong. */
  forPass(samples: Int16Array): Int16Array {
    const filtered = fullScale(samples);
    new HighPass(1).filter(filtered);
    const { gainDb } = this.#gain;
    return withGain(filtered, { gainDb, beforeDb: gainDb });
  }
}

function isZero(samples: Int16Array): boolean {
  return samples.every((sample) => sample === 0);
}

function fullScale(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32_768);
}
