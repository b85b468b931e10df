import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FILTER_BANK_BINS, filterBank, filterBankFrames } from './filter-bank.ts';
import { RealFft } from './real-fft.ts';

/**
 * Frames of `referenceSound` as kaldi-native-fbank 1.23 computes them (80 bins, 20 Hz to Nyquist, povey window, pre-emphasis
 * 0.97, DC removed, no dither, snip_edges, samples in −1 … 1), minus each bin's mean over all 23 frames.
 */
const KALDI: Readonly<Record<string, readonly number[]>> = JSON.parse(
  readFileSync(new URL('./testing/kaldi-filter-bank.json', import.meta.url), 'utf8'),
);

/** A quarter of a second: noise that grows louder, a saw tooth in its middle, and an offset. */
function referenceSound(): Int16Array {
  let state = 12_345n;
  return Int16Array.from({ length: 4_000 }, (_, i) => {
    state = (state * 1_103_515_245n + 12_345n) % 2_147_483_648n;
    const noise = Number((state >> 16n) % 2_001n) - 1_000;
    const saw = i >= 800 && i < 3_200 ? ((i * 37) % 800) * 10 - 4_000 : 0;
    return Math.floor((noise * (1 + Math.floor(i / 800))) / 2) + saw + 300;
  });
}

test('equals Kaldi', () => {
  const features = filterBank(referenceSound(), 0, 4_000);
  expect(features).toHaveLength(23 * FILTER_BANK_BINS);
  for (const [frame, expected] of Object.entries(KALDI)) {
    const at = Number(frame) * FILTER_BANK_BINS;
    for (const [bin, value] of expected.entries()) {
      expect(Math.abs((features[at + bin] as number) - value), `frame ${frame}, bin ${bin}`).toBeLessThan(
        0.001,
      );
    }
  }
});

test('a piece has the features of its own samples', () => {
  const sound = referenceSound();
  expect(filterBank(sound, 640, 1_600)).toEqual(filterBank(sound.slice(640, 2_240), 0, 1_600));
});

test('only whole frames count', () => {
  expect([399, 400, 559, 560, 24_000].map(filterBankFrames)).toEqual([0, 1, 1, 2, 148]);
  expect(filterBank(referenceSound(), 0, 399)).toHaveLength(0);
});

test('silence is finite', () => {
  expect([...filterBank(new Int16Array(1_600), 0, 1_600)].every((value) => value === 0)).toBe(true);
});

test('the spectrum is that of the defining sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 32, maxLength: 32 }), (signal) => {
      const power = new Float64Array(16);
      new RealFft(32).power(Float64Array.from(signal), power);
      for (let bin = 0; bin < 16; bin += 1) {
        let real = 0;
        let imaginary = 0;
        for (const [i, value] of signal.entries()) {
          real += value * Math.cos((2 * Math.PI * bin * i) / 32);
          imaginary -= value * Math.sin((2 * Math.PI * bin * i) / 32);
        }
        expect(power[bin]).toBeCloseTo(real * real + imaginary * imaginary, 4);
      }
    }),
  );
});
