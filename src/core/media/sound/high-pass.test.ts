import { describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../../contract/audio.ts';
import { CUTOFF_HZ, HighPass } from './high-pass.ts';

const SECOND = SAMPLE_RATE;

function sine(hertz: number, amplitude = 0.5, seconds = 3): Float32Array {
  return Float32Array.from(
    { length: seconds * SECOND },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE),
  );
}

function filtered(samples: Float32Array, channels = 1, blockSamples = samples.length): Float32Array {
  const result = samples.slice();
  const filter = new HighPass(channels);
  for (let at = 0; at < result.length; at += blockSamples)
    filter.filter(result.subarray(at, at + blockSamples));
  return result;
}

/** The filter's gain for a tone, in dB, once it has settled. */
function gainAt(hertz: number): number {
  const tone = sine(hertz);
  return levelDb(filtered(tone).subarray(SECOND)) - levelDb(tone.subarray(SECOND));
}

function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
}

const largest = (samples: Float32Array) => samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

describe('HighPass', () => {
  test('lets half the power through at its cutoff, and falls by 12 dB an octave below', () => {
    expect(gainAt(CUTOFF_HZ)).toBeCloseTo(-3, 1);
    expect(gainAt(10)).toBeCloseTo(-24, 0);
  });

  test('leaves voices as they are', () => {
    for (const hertz of [100, 200, 1000, 3000, 7900]) expect(Math.abs(gainAt(hertz))).toBeLessThan(0.2);
  });

  test('takes out an offset from the first sample on, without a click', () => {
    expect(largest(filtered(new Float32Array(SECOND).fill(0.05)))).toBeLessThan(1e-6);
    const tone = sine(440, 0.01);
    const offset = tone.map((sample) => sample + 0.05);
    const expected = filtered(tone);
    expect(largest(filtered(offset).map((sample, i) => sample - (expected[i] ?? 0)))).toBeLessThan(1e-6);
  });

  test('gives the same in one block as in many, channel by channel', () => {
    const left = sine(300);
    const right = sine(25).map((sample) => sample - 0.2);
    const both = Float32Array.from(
      { length: 2 * left.length },
      (_, i) => (i % 2 ? right : left)[i >> 1] ?? 0,
    );
    const whole = filtered(both, 2, 8000);
    const filter = new HighPass(2);
    const pieces = both.slice();
    filter.filter(pieces.subarray(0, 8000));
    for (let at = 8000; at < pieces.length; at += 1234) filter.filter(pieces.subarray(at, at + 1234));
    expect(pieces).toEqual(whole);
    expect(whole.filter((_, i) => i % 2 === 0)).toEqual(filtered(left, 1, 4000));
    expect(whole.filter((_, i) => i % 2 === 1)).toEqual(filtered(right, 1, 4000));
  });

  test('forgets a monstrous sample within a second', () => {
    const samples = sine(440, 0.01);
    const expected = filtered(samples);
    samples[SECOND] = 1e6;
    const late = filtered(samples).subarray(2 * SECOND);
    expect(largest(late.map((sample, i) => sample - (expected[2 * SECOND + i] ?? 0)))).toBeLessThan(1e-6);
  });
});
