import { SAMPLES_PER_MS } from '../../../contract/audio.ts';
import type { SoundLevel } from './sound-level.ts';

/**
 * Level that voices are scaled to, in dB below full scale. Whisper transcribes other levels differently, not only better
 * or worse. Measured with Whisper base on 14 recordings (voices at -10 to -56 dB, 272 words): 18.8 % of the words wrong as
 * they are, 19.1 % at -13, 17.6 % at -16, 19.1 % at -18, 20.2 % at -23. So all are scaled to it, not only those beyond a
 * range: even between -10 and -23 words change.
 */
export const VOICE_DB = -16;

/** Limits of the gain, in dB. */
const LOWEST_GAIN_DB = -96;
const HIGHEST_GAIN_DB = 80;

/** Audio of less dynamics is steady noise without speech: real speech has 13 dB even in traffic. */
const LEAST_DYNAMICS_DB = 6;

/** After a first voice, only audio with as much dynamics as speech changes the gain. */
const CHANGING_DYNAMICS_DB = 10;

/** Fainter audio is silence; the dither of 16 bits is louder, but steady. */
const SILENCE_DB = -102;

/** Peaks stay this far below full scale. */
const HEADROOM_DB = 1;

/** A gain is kept while it is within this of the right one. */
const KEPT_WITHIN_DB = 6;

/** The gain of a range of audio, in whole dB. `settledDb` is that of the last one that may have speech. */
export interface Gain {
  readonly gainDb: number;
  readonly settledDb: number | null;
}

/** The gain before any audio. */
export const NO_GAIN: Gain = { gainDb: 0, settledDb: null };

/**
 * The gain of the next part of a channel, from its level and the gain of the part before: it scales the voice to
 * `VOICE_DB`, so that the overall level of a recording changes nothing. Steady noise and silence keep the
 * current gain, and so does a voice that is about as loud as the one before: a gain that changes with every minute would
 * be audible.
 */
export function nextGain({ voiceDb, dynamicsDb, peakDb }: SoundLevel, { settledDb }: Gain): Gain {
  const highestDb = Math.floor(-HEADROOM_DB - peakDb);
  const leastDynamicsDb = settledDb === null ? LEAST_DYNAMICS_DB : CHANGING_DYNAMICS_DB;
  if (dynamicsDb < leastDynamicsDb || voiceDb < SILENCE_DB)
    return { gainDb: Math.min(settledDb ?? 0, highestDb), settledDb };
  const wanted = Math.min(Math.round(VOICE_DB - voiceDb), highestDb);
  const rightDb = Math.max(LOWEST_GAIN_DB, Math.min(HIGHEST_GAIN_DB, wanted));
  const isNear = settledDb !== null && Math.abs(settledDb - rightDb) <= KEPT_WITHIN_DB;
  const gainDb = isNear && settledDb <= highestDb ? settledDb : rightDb;
  return { gainDb, settledDb: gainDb };
}

/** How long a change of the gain takes at the beginning of a part, in samples. Stored parts depend on it: never to change. */
const CHANGE_SAMPLES = 200 * SAMPLES_PER_MS;

/** The gain of a part, and that of the part before, from which it starts; both in dB, the same in a first part. */
export interface PartGain {
  readonly gainDb: number;
  readonly beforeDb: number;
}

/** Samples that are converted by one call: a loop over a whole part would run to its end before it is compiled. */
const STEP_SAMPLES = 4096;

/** A part's samples raised or lowered, as 16-bit samples; values beyond full scale are clipped. */
export function withGain(samples: Float32Array, gain: PartGain): Int16Array {
  const result = new Int16Array(samples.length);
  const changed = Math.min(samples.length, changedSamples(gain));
  for (let i = 0; i < changed; i++) quantise(samples, result, i, i + 1, changingFactor(gain, i));
  const factor = factorOf(gain.gainDb);
  for (let from = changed; from < samples.length; from += STEP_SAMPLES) {
    quantise(samples, result, from, Math.min(samples.length, from + STEP_SAMPLES), factor);
  }
  return result;
}

function quantise(samples: Float32Array, into: Int16Array, from: number, to: number, factor: number): void {
  const scale = 32_768 * factor;
  for (let i = from; i < to; i++) {
    const scaled = scale * (samples[i] as number);
    const limited = Math.max(-32_768, Math.min(32_767, scaled));
    // Storing truncates: this rounds, many times faster than Math.round.
    into[i] = limited < 0 ? limited - 0.5 : limited + 0.5;
  }
}

/** Some of a part's 16-bit samples as they were before the gain; `from` is the first one's index in the part. */
export function withoutGain(samples: Int16Array, from: number, gain: PartGain): Float32Array {
  const result = new Float32Array(samples.length);
  const factor = 1 / (32_768 * factorOf(gain.gainDb));
  const changed = changedSamples(gain);
  for (let i = 0; i < samples.length; i++) {
    const at = from + i;
    result[i] = (samples[i] as number) * (at < changed ? 1 / (32_768 * changingFactor(gain, at)) : factor);
  }
  return result;
}

function changedSamples({ gainDb, beforeDb }: PartGain): number {
  return gainDb === beforeDb ? 0 : CHANGE_SAMPLES;
}

/** The factor of a sample at the beginning of a part, while the gain moves in dB from the one before to the new one. */
function changingFactor({ gainDb, beforeDb }: PartGain, sample: number): number {
  return factorOf(beforeDb + ((gainDb - beforeDb) * sample) / CHANGE_SAMPLES);
}

function factorOf(db: number): number {
  return 10 ** (db / 20);
}
