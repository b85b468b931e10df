import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../contract/audio.ts';
import { FRAME_FEATURE_BYTES, frameLoudness, measureFrames } from './frame-features.ts';

function tone(hertz: number, amplitude: number, frames = 10): Float32Array {
  return Float32Array.from(
    { length: frames * FRAME_SAMPLES },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE),
  );
}

function loudestBand(samples: Float32Array): number {
  const frame = [...measureFrames(samples).subarray(FRAME_FEATURE_BYTES, 2 * FRAME_FEATURE_BYTES)];
  return frame.indexOf(Math.max(...frame));
}

describe('measureFrames', () => {
  it('gives the same bytes however the samples are portioned', () => {
    const samples = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { maxLength: 5 * FRAME_SAMPLES });
    fc.assert(
      fc.property(samples, fc.nat(5), (values, frames) => {
        const whole = Float32Array.from(values);
        const cut = frames * FRAME_SAMPLES;
        const parts = [...measureFrames(whole.subarray(0, cut)), ...measureFrames(whole.subarray(cut))];
        expect(parts).toEqual([...measureFrames(whole)]);
      }),
      { numRuns: 30 },
    );
  });

  it('completes a short last frame with silence', () => {
    const short = tone(1000, 0.25).subarray(0, FRAME_SAMPLES + 100);
    const completed = new Float32Array(2 * FRAME_SAMPLES);
    completed.set(short);
    expect(measureFrames(short)).toEqual(measureFrames(completed));
    expect(measureFrames(new Float32Array(0))).toHaveLength(0);
  });

  it('tells the octave bands apart', () => {
    expect([350, 700, 1400, 2800, 6000].map((hertz) => loudestBand(tone(hertz, 0.25)))).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });

  it('measures loudness in half decibels and follows it over the whole range', () => {
    for (const amplitude of [0.001, 0.01, 0.1, 1, 10]) {
      const expectedDb = 20 * Math.log10(amplitude / Math.SQRT2);
      const loudness = frameLoudness(measureFrames(tone(1000, amplitude)), 1) / 2 - 100;
      expect(Math.abs(loudness - expectedDb)).toBeLessThan(1);
    }
  });

  it('leaves mains hum out', () => {
    const hum = frameLoudness(measureFrames(tone(50, 0.5)), 1);
    const voice = frameLoudness(measureFrames(tone(500, 0.5)), 1);
    expect(voice - hum).toBeGreaterThan(2 * 20);
  });

  it('stays in range for the loudest and the quietest samples', () => {
    const loudest = Float32Array.from({ length: FRAME_SAMPLES }, (_, i) => (i % 2 === 0 ? 1 : -1));
    expect(Math.max(...measureFrames(loudest))).toBeLessThanOrEqual(210);
    expect([...measureFrames(new Float32Array(FRAME_SAMPLES))]).toEqual([0, 0, 0, 0, 0]);
  });
});
