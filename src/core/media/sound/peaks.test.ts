import { describe, expect, test } from 'vitest';
import { PART_SAMPLES } from '../../../contract/audio.ts';
import { measurePeaks, mergePeaks, PEAK_BYTES, PEAK_SAMPLES } from './peaks.ts';

describe('measurePeaks', () => {
  test('gives the lowest and the highest sample of each bucket', () => {
    const samples = new Int16Array(2 * PEAK_SAMPLES);
    samples[10] = -25_600;
    samples[20] = 12_800;
    samples[PEAK_SAMPLES] = -32_768;
    samples[2 * PEAK_SAMPLES - 1] = 32_767;
    expect([...new Int8Array(measurePeaks(samples).buffer)]).toEqual([-100, 50, -128, 127]);
  });

  test('the faintest sound is not flat, digital silence is', () => {
    expect([...new Int8Array(measurePeaks(Int16Array.of(0, 1, -1)).buffer)]).toEqual([-1, 1]);
    expect([...measurePeaks(new Int16Array(5))]).toEqual([0, 0]);
  });

  test('the peaks of parts one after another are those of the whole', () => {
    const whole = Int16Array.from({ length: 2 * PART_SAMPLES + 1000 }, (_, i) =>
      Math.round(20_000 * Math.sin(i * i)),
    );
    const parts = [0, 1, 2].map((part) =>
      measurePeaks(whole.subarray(part * PART_SAMPLES, (part + 1) * PART_SAMPLES)),
    );
    expect(Buffer.concat(parts).equals(measurePeaks(whole))).toBe(true);
    expect(measurePeaks(whole).length).toBe(Math.ceil(whole.length / PEAK_SAMPLES) * PEAK_BYTES);
  });

  test('no samples have no peaks', () => {
    expect(measurePeaks(new Int16Array(0)).length).toBe(0);
  });
});

describe('mergePeaks', () => {
  const peaks = new Uint8Array(Int8Array.of(-3, 5, -100, 1, 0, 127, -128, 0, -1, 2).buffer);

  test('keeps the extremes of each bucket', () => {
    expect([...new Int8Array(mergePeaks(peaks, 2).buffer)]).toEqual([-100, 5, -128, 127, -1, 2]);
    expect([...new Int8Array(mergePeaks(peaks, 100).buffer)]).toEqual([-128, 127]);
  });

  test('one by one changes nothing, and nothing stays nothing', () => {
    expect(mergePeaks(peaks, 1)).toEqual(peaks);
    expect(mergePeaks(new Uint8Array(), 4)).toEqual(new Uint8Array());
  });
});
