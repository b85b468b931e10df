import { describe, expect, test } from 'vitest';
import { Resampler } from './resampler.ts';

const RATES = [
  [48_000, 16_000],
  [44_100, 16_000],
  [44_100, 48_000],
  [8000, 16_000],
  [16_000, 48_000],
  [96_000, 44_100],
  [47_999, 16_000],
  [192_000, 8000],
] as const;

/** `seconds` of a sine of `hertz`, full scale 1. */
function sine(rate: number, hertz: number, seconds: number, level = 0.5): Int16Array {
  return Int16Array.from({ length: Math.round(rate * seconds) }, (_, i) =>
    Math.round(32_767 * level * Math.sin((2 * Math.PI * hertz * i) / rate)),
  );
}

function convert(input: Int16Array, from: number, to: number, chunk = input.length): Int16Array {
  const resampler = new Resampler(from, to);
  const output: Int16Array[] = [];
  for (let i = 0; i < input.length; i += chunk) output.push(resampler.push(input.subarray(i, i + chunk)));
  output.push(resampler.finish());
  return joined(output);
}

function joined(chunks: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}

/** Root mean square in dB of full scale, without the edges, where the tone begins and ends. */
function levelDb(samples: ArrayLike<number>): number {
  const inner = Array.from(samples).slice(500, -500);
  return 10 * Math.log10(inner.reduce((sum, x) => sum + (x / 32_768) ** 2, 1e-12) / inner.length);
}

describe.each(RATES)('from %i Hz to %i Hz', (from, to) => {
  const lower = Math.min(from, to);

  test('a tone stays the tone it is, at its time', () => {
    const output = convert(sine(from, lower * 0.11, 0.5), from, to);
    const ideal = sine(to, lower * 0.11, 0.5);
    expect(levelDb(output)).toBeCloseTo(levelDb(ideal), 1);
    expect(levelDb(output.map((sample, i) => sample - (ideal[i] ?? 0)))).toBeLessThan(-80);
  });

  test('the top of the passband is kept', () => {
    const output = convert(sine(from, lower * 0.41, 0.5), from, to);
    expect(levelDb(output)).toBeGreaterThan(levelDb(sine(from, lower * 0.41, 0.5)) - 0.5);
  });

  test.runIf(from > to)('what the new rate cannot hold is gone', () => {
    const hertz = [to * 0.51, to * 0.7, to * 0.95].filter((one) => one < from / 2);
    for (const one of hertz) expect(levelDb(convert(sine(from, one, 0.3), from, to))).toBeLessThan(-82);
  });

  test('the chunks make no difference', () => {
    const input = sine(from, 313, 0.1).map((sample, i) => sample + ((i * 7919) % 501));
    const whole = convert(input, from, to);
    for (const chunk of [1, 7, 441, 960]) {
      expect(
        Buffer.compare(Buffer.from(convert(input, from, to, chunk).buffer), Buffer.from(whole.buffer)),
      ).toBe(0);
    }
  });

  test('every length becomes the exact length', () => {
    for (const length of [0, 1, 2, 319, 960, 4801]) {
      const output = convert(new Int16Array(length), from, to);
      expect(output.length).toBe(Math.ceil((length * to) / from));
    }
  });
});

test('a constant at full scale stays what it is', () => {
  const output = convert(new Int16Array(48_000).fill(32_767), 44_100, 16_000);
  expect(new Set(output.subarray(100, -100))).toEqual(new Set([32_767]));
});

test('hours have the exact number of samples', () => {
  const resampler = new Resampler(441, 160);
  const second = new Int16Array(441);
  let samples = 0;
  for (let i = 0; i < 7200; i++) samples += resampler.push(second).length;
  expect(7200 * 160 - samples).toBeLessThan(50);
  expect(samples + resampler.finish().length).toBe(7200 * 160);
});

test('a trimmed rate follows a clock that drifts', () => {
  const resampler = new Resampler(48_000, 48_000);
  resampler.trimPpm = 500;
  const input = sine(48_000, 1000, 10);
  const output: Int16Array[] = [];
  for (let i = 0; i < input.length; i += 960) output.push(resampler.push(input.subarray(i, i + 960)));
  output.push(resampler.finish());
  const made = joined(output);
  expect(made.length).toBe(Math.ceil(480_000 / 1.0005));
  const ideal = sine(48_000, 1000.5, 10);
  expect(levelDb(made.map((sample, i) => sample - (ideal[i] ?? 0)))).toBeLessThan(-80);
});
