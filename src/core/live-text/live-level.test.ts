import { describe, expect, it } from 'vitest';
import { LiveLevel } from './live-level.ts';

/** Half a second of a voice's syllables and half a second of a room, over and over. */
function voice(seconds: number, amplitude: number): Int16Array {
  return Int16Array.from({ length: seconds * 16_000 }, (_, at) => {
    const isSpoken = at % 16_000 < 8_000;
    return Math.round(amplitude * Math.sin(at / 6) * (isSpoken ? 1 : 0.02));
  });
}

/** The sound as the detector gets it, and as a pass over all of it does. */
function levelled(sound: Int16Array): { detector: Int16Array; pass: Int16Array } {
  const level = new LiveLevel();
  const detector = new Int16Array(sound.length);
  for (let at = 0; at < sound.length; at += 2048) {
    level.hear(sound.subarray(at, at + 2048));
    detector.set(level.forDetector(sound.subarray(at, at + 2048)), at);
  }
  return { detector, pass: level.forPass(sound) };
}

const rms = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

const decibels = (samples: Int16Array) => 20 * Math.log10(rms(samples) / 32_768);

describe('the level of live sound', () => {
  it('is that of a voice, however quiet or loud it was: for a pass from the beginning, for the detector after a second', () => {
    for (const amplitude of [60, 600, 6_000, 30_000]) {
      const { detector, pass } = levelled(voice(4, amplitude));
      for (const loud of [pass.subarray(0, 8_000), detector.subarray(3 * 16_000, 3.5 * 16_000)]) {
        expect(decibels(loud)).toBeGreaterThan(-24);
        expect(decibels(loud)).toBeLessThan(-10);
      }
    }
  });

  it('is left alone while there is only steady noise, and zeros stay zeros', () => {
    const noise = Int16Array.from({ length: 32_000 }, (_, at) => Math.round(20 * Math.sin(at * at)));
    expect(rms(levelled(noise).detector.subarray(16_000)) / rms(noise.subarray(16_000))).toBeCloseTo(1, 1);
    expect(levelled(new Int16Array(16_000)).detector.every((sample) => sample === 0)).toBe(true);
  });

  it('has no offset', () => {
    const end = levelled(voice(2, 3000).map((sample) => sample + 2000)).detector.subarray(24_000);
    expect(Math.abs(end.reduce((sum, sample) => sum + sample, 0) / end.length)).toBeLessThan(100);
  });
});
