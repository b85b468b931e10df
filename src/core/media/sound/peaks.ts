import { SAMPLE_RATE } from '../../../contract/audio.ts';

/**
 * Samples of one waveform bucket: 20 ms. A part of 60 s holds a whole number of buckets, so the peaks of a recording's
 * parts, one after another, are the recording's.
 */
export const PEAK_SAMPLES = SAMPLE_RATE / 50;

/** Bytes of one bucket: the lowest and the highest sample, each scaled to a signed byte. */
export const PEAK_BYTES = 2;

/**
 * The waveform of one channel of a part: per bucket its minimum and maximum as two signed bytes (sample / 256, rounded
 * away from zero, so that only digital silence is flat). A last bucket that is not full counts as one.
 */
export function measurePeaks(samples: Int16Array): Uint8Array {
  const buckets = Math.ceil(samples.length / PEAK_SAMPLES);
  const peaks = new Int8Array(buckets * PEAK_BYTES);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const end = Math.min(samples.length, (bucket + 1) * PEAK_SAMPLES);
    let low = 0;
    let high = 0;
    for (let i = bucket * PEAK_SAMPLES; i < end; i++) {
      const sample = samples[i] as number;
      if (sample < low) low = sample;
      else if (sample > high) high = sample;
    }
    peaks[bucket * PEAK_BYTES] = Math.floor(low / 256);
    peaks[bucket * PEAK_BYTES + 1] = Math.min(127, Math.ceil(high / 256));
  }
  return new Uint8Array(peaks.buffer);
}

/** A waveform in coarser buckets, each of `count` of these; the last may be of fewer. */
export function mergePeaks(peaks: Uint8Array, count: number): Uint8Array {
  const fine = new Int8Array(peaks.buffer, peaks.byteOffset, peaks.byteLength);
  const buckets = Math.ceil(fine.length / (PEAK_BYTES * count));
  const merged = new Int8Array(buckets * PEAK_BYTES);
  for (let at = 0; at < fine.length; at += PEAK_BYTES) {
    const into = Math.floor(at / (PEAK_BYTES * count)) * PEAK_BYTES;
    merged[into] = Math.min(merged[into] as number, fine[at] as number);
    merged[into + 1] = Math.max(merged[into + 1] as number, fine[at + 1] as number);
  }
  return new Uint8Array(merged.buffer);
}
