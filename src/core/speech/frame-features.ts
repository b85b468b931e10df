import { FRAME_SAMPLES } from '../../contract/audio.ts';

/**
 * Bytes that describe one 20 ms frame: the energy of five octave bands, lowest first (250–500 Hz, 0.5–1, 1–2, 2–4 and
 * 4–8 kHz), each in half decibels above −100 dBFS. What is below 250 Hz (mains hum, rumble, a constant offset) is
 * left out on purpose: speech is never there alone.
 *
 * These bytes are stored with every part of a working copy: their meaning must never change.
 */
export const FRAME_FEATURE_BYTES = 5;

/** Energy steps per decibel, and the level that byte 0 means. */
const STEPS_PER_DB = 2;
const LOWEST_DB = -100;

// Daubechies' four-tap wavelet: splits a signal into its lower and upper half band, at four multiplications a sample,
// with energies that add up. (I. Daubechies, Ten Lectures on Wavelets, 1992, table 6.1.)
const H0 = (1 + Math.sqrt(3)) / (4 * Math.SQRT2);
const H1 = (3 + Math.sqrt(3)) / (4 * Math.SQRT2);
const H2 = (3 - Math.sqrt(3)) / (4 * Math.SQRT2);
const H3 = (1 - Math.sqrt(3)) / (4 * Math.SQRT2);

/**
 * Describes 16 kHz samples, full scale 1, frame by frame, each frame on its own: any multiple of 320 samples has the same bytes as
 * the frames one at a time. A shorter last frame is completed with zeros.
 */
export function measureFrames(samples: Float32Array): Uint8Array {
  const frames = Math.ceil(samples.length / FRAME_SAMPLES);
  const features = new Uint8Array(frames * FRAME_FEATURE_BYTES);
  // Two more samples than a frame: space for the mirrored edge.
  const signal = new Float32Array(FRAME_SAMPLES + 2);
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * FRAME_SAMPLES;
    const length = Math.min(FRAME_SAMPLES, samples.length - start);
    for (let i = 0; i < length; i++) signal[i] = samples[start + i] as number;
    if (length < FRAME_SAMPLES) signal.fill(0, length, FRAME_SAMPLES);
    measureFrame(signal, features, frame * FRAME_FEATURE_BYTES);
  }
  return features;
}

/** Loudness of frame `frame` of some features over all its bands, in half decibels above −100 dBFS, fractional. */
export function frameLoudness(features: Uint8Array, frame: number): number {
  let power = 0;
  for (let band = 0; band < FRAME_FEATURE_BYTES; band++) {
    power += POWER[features[frame * FRAME_FEATURE_BYTES + band] as number] as number;
  }
  return 10 * STEPS_PER_DB * Math.log10(power);
}

const POWER = Float64Array.from({ length: 256 }, (_, level) => 10 ** (level / (10 * STEPS_PER_DB)));

function measureFrame(signal: Float32Array, features: Uint8Array, offset: number): void {
  let length = FRAME_SAMPLES;
  for (let band = FRAME_FEATURE_BYTES - 1; band >= 0; band--) {
    features[offset + band] = toLevel(splitInPlace(signal, length) / FRAME_SAMPLES);
    length /= 2;
  }
}

/** Replaces the first `length` samples by their lower half band, half as long; returns the upper half's energy. */
function splitInPlace(signal: Float32Array, length: number): number {
  // A frame may end at any sample value: mirrored, it has no step there that would look like a click.
  signal[length] = signal[length - 1] as number;
  signal[length + 1] = signal[length - 2] as number;
  let energy = 0;
  for (let i = 0, j = 0; i < length; i += 2, j++) {
    const a = signal[i] as number;
    const b = signal[i + 1] as number;
    const c = signal[i + 2] as number;
    const d = signal[i + 3] as number;
    const upper = H3 * a - H2 * b + H1 * c - H0 * d;
    energy += upper * upper;
    signal[j] = H0 * a + H1 * b + H2 * c + H3 * d;
  }
  return energy;
}

/** A mean square as a level byte. */
function toLevel(meanSquare: number): number {
  const db = 10 * Math.log10(meanSquare + 1e-12);
  return Math.max(0, Math.min(255, Math.round(STEPS_PER_DB * (db - LOWEST_DB))));
}
