import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { madeSounds, pinkNoise, ringTones } from './made-sounds.ts';
import { joined, readWav, SAMPLE_RATE, writeWav } from './wav-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'voicesync-sounds-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Power of a frequency in the samples (Goertzel). */
function power(samples: Float32Array, hertz: number): number {
  let [cosine, sine] = [0, 0];
  for (const [index, sample] of samples.entries()) {
    cosine += sample * Math.cos((2 * Math.PI * hertz * index) / SAMPLE_RATE);
    sine += sample * Math.sin((2 * Math.PI * hertz * index) / SAMPLE_RATE);
  }
  return (cosine ** 2 + sine ** 2) / samples.length;
}

/** Power of a band, from 25 frequencies in it. */
function bandPower(samples: Float32Array, from: number, to: number): number {
  const places = Array.from({ length: 25 }, (_, index) => from + ((to - from) * index) / 25);
  return places.reduce((sum, hertz) => sum + power(samples, hertz), 0) / places.length;
}

it('every sound is as long as asked, never cut off, the same for the same seed, and all but silence is heard', () => {
  const [sounds, again] = [madeSounds(5, 1), madeSounds(5, 1)];
  for (const [index, { name, samples }] of sounds.entries()) {
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(samples.length, name).toBe(5 * SAMPLE_RATE);
    expect(loudest > 0.01, name).toBe(name !== 'digital silence');
    expect(loudest, name).toBeLessThan(0.9);
    expect(again[index]?.samples, name).toEqual(samples);
  }
});

it('a ring tone sounds at its frequency, and pauses', () => {
  const tone = ringTones(6 * SAMPLE_RATE, [425], 1, 5);
  expect(power(tone.subarray(0, SAMPLE_RATE), 425)).toBeGreaterThan(100 * power(tone, 700));
  expect(tone.subarray(SAMPLE_RATE, 5 * SAMPLE_RATE).every((sample) => sample === 0)).toBe(true);
  expect(tone.subarray(5 * SAMPLE_RATE).some((sample) => sample !== 0)).toBe(true);
});

it('pink noise has as much power in each octave', () => {
  const noise = pinkNoise(4 * SAMPLE_RATE, 7);
  const low = bandPower(noise, 200, 400) * 200;
  const high = bandPower(noise, 3200, 6400) * 3200;
  expect(Math.abs(10 * Math.log10(low / high))).toBeLessThan(4);
});

it('what is written is read again', () => {
  const file = join(folder, 'sound.wav');
  const samples = joined([Float32Array.of(0, 0.5), Float32Array.of(-0.25, 2)]);
  writeWav(file, samples);
  expect([...readWav(file)]).toEqual([0, 0.5, -0.25, 32_767 / 32_768]);
});
