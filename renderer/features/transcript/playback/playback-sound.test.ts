import { expect, test } from 'vitest';
import { CEILING, PlaybackSound, type WantedSound } from './playback-sound.ts';

const RATE = 48_000;
const BLOCK = 128;

/** Channels of a sine, as loud as `levelAt` says at each sample. */
function sine(seconds: number, hertz: number, levelAt: (sample: number) => number): Float32Array {
  return Float32Array.from(
    { length: Math.floor((seconds * RATE) / BLOCK) * BLOCK },
    (_, sample) => levelAt(sample) * Math.sin((2 * Math.PI * hertz * sample) / RATE),
  );
}

function played(input: readonly Float32Array[], wanted: WantedSound): [Float32Array, Float32Array] {
  const sound = new PlaybackSound(RATE);
  sound.want(wanted);
  const length = input[0]?.length ?? 0;
  const output: [Float32Array, Float32Array] = [new Float32Array(length), new Float32Array(length)];
  for (let at = 0; at < length; at += BLOCK) {
    const block = (channel: Float32Array) => channel.subarray(at, at + BLOCK);
    sound.process(input.map(block), output.map(block));
  }
  return output;
}

const peakOf = (samples: Float32Array, from = 0) =>
  samples.subarray(from).reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
const rms = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

test('24 dB make a quiet voice 16 times as loud, sample for sample, after the delay', () => {
  const quiet = sine(0.5, 300, () => 0.03);
  const [left] = played([quiet], { gain: 10 ** (24 / 20), solo: null });
  const { delaySamples } = new PlaybackSound(RATE);
  for (let sample = RATE / 4; sample < quiet.length; sample += 97) {
    const expected = (quiet[sample - delaySamples] as number) * 10 ** (24 / 20);
    expect(left[sample]).toBeCloseTo(expected, 3);
  }
});

test('however loud and sudden, nothing exceeds the ceiling, and no sample is cut flat', () => {
  // Bursts at full scale out of near silence, at different pitches on the two sides.
  const isBurst = (sample: number) => sample % 9000 > 6000;
  const left = sine(1, 441, (sample) => (isBurst(sample) ? 1 : 0.01));
  const right = sine(1, 97, (sample) => (isBurst(sample + 3000) ? 0.8 : 0.01));
  const output = played([left, right], { gain: 10 ** (24 / 20), solo: null });
  for (const channel of output) {
    expect(peakOf(channel)).toBeLessThanOrEqual(CEILING + 1e-6);
    let flat = 0;
    for (let sample = 1; sample < channel.length; sample += 1)
      if (channel[sample] === channel[sample - 1] && Math.abs(channel[sample] as number) > 0.5) flat += 1;
    expect(flat).toBe(0);
  }
});

test('one channel alone is heard on both sides, and nothing of the other', () => {
  const [one, two] = [sine(0.5, 300, () => 0.2), sine(0.5, 1000, () => 0.2)];
  const alone = (solo: number) => played([one, two], { gain: 1, solo });
  const settled = RATE / 4;
  const [left, right] = alone(1).map((channel) => channel.subarray(settled)) as [Float32Array, Float32Array];
  const { delaySamples } = new PlaybackSound(RATE);
  const expected = two.subarray(settled - delaySamples, two.length - delaySamples);
  for (const heard of [left, right])
    expect(rms(heard.map((sample, index) => sample - (expected[index] as number)))).toBeLessThan(1e-4);
  const [onlyOne] = alone(0);
  expect(rms(onlyOne.subarray(settled))).toBeCloseTo(0.2 / Math.SQRT2, 2);
  const [bothLeft, bothRight] = played([one, two], { gain: 1, solo: null });
  expect(rms(bothLeft.map((sample, index) => sample - (bothRight[index] as number)))).toBeGreaterThan(0.1);
});
