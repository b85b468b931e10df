import { describe, expect, it } from 'vitest';
import { LiveLevel } from './live-level.ts';

/** Half a second of a voice's syllables and half a second of a room, over and over. */
function voice(seconds: number, amplitude: number): Int16Array {
  return Int16Array.from({ length: seconds * 16_000 }, (_, at) => {
    const isSpoken = at % 16_000 < 8_000;
    return Math.round(amplitude * Math.sin(at / 6) * (isSpoken ? 1 : 0.02));
  });
}

function levelled(sound: Int16Array): Int16Array {
  const level = new LiveLevel();
  const blocks: number[] = [];
  for (let at = 0; at < sound.length; at += 320) blocks.push(...level.push(sound.subarray(at, at + 320)));
  return Int16Array.from(blocks);
}

const rms = (samples: Int16Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

describe('the level of live sound', () => {
  it('is that of a voice, however quiet or loud it was, after a second', () => {
    for (const amplitude of [60, 600, 6_000, 30_000]) {
      const loud = levelled(voice(4, amplitude)).subarray(3 * 16_000, 3.5 * 16_000);
      expect(20 * Math.log10(rms(loud) / 32_768)).toBeGreaterThan(-24);
      expect(20 * Math.log10(rms(loud) / 32_768)).toBeLessThan(-12);
    }
  });

  it('is left alone while there is only steady noise, and zeros stay zeros', () => {
    const noise = Int16Array.from({ length: 32_000 }, (_, at) => Math.round(20 * Math.sin(at * at)));
    expect(rms(levelled(noise).subarray(16_000)) / rms(noise.subarray(16_000))).toBeCloseTo(1, 1);
    expect(levelled(new Int16Array(16_000)).every((sample) => sample === 0)).toBe(true);
  });

  it('has no offset', () => {
    const offset = voice(2, 3000).map((sample) => sample + 2000);
    const end = levelled(offset).subarray(24_000);
    expect(Math.abs(end.reduce((sum, sample) => sum + sample, 0) / end.length)).toBeLessThan(100);
  });
});
