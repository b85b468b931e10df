import { describe, expect, test } from 'vitest';
import { PART_SAMPLES, SAMPLE_RATE } from '../../../contract/audio.ts';
import { type Gain, NO_GAIN, nextGain, type PartGain, VOICE_DB, withGain, withoutGain } from './gain.ts';
import { measureLevel } from './sound-level.ts';

const SECONDS = PART_SAMPLES / SAMPLE_RATE;

/** A minute of repeatable noise at 0 dB. */
const NOISE = (() => {
  let state = 1;
  return Float32Array.from({ length: PART_SAMPLES }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return ((state / 0x7fffffff) * 2 - 1) * Math.sqrt(3);
  });
})();

/** The noise modulated like syllables and sentences, in a room 40 dB below. */
const TALK = NOISE.map((sample, i) => {
  const at = i / SAMPLE_RATE;
  const syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * at));
  return sample * (at % 5 < 3.5 ? Math.max(0.01, syllable) : 0.01);
});

function noise(db: number, seconds = SECONDS): Float32Array {
  return raised(NOISE.subarray(0, seconds * SAMPLE_RATE), db);
}

function talk(db: number, seconds = SECONDS): Float32Array {
  return raised(TALK.subarray(0, seconds * SAMPLE_RATE), db);
}

function silence(seconds = SECONDS): Float32Array {
  return new Float32Array(seconds * SAMPLE_RATE);
}

function raised(samples: Float32Array, db: number): Float32Array {
  const factor = 10 ** (db / 20);
  return samples.map((sample) => sample * factor);
}

/** The gains of parts that follow one another. */
function gains(...parts: readonly Float32Array[]): number[] {
  let gain: Gain = NO_GAIN;
  return parts.map((part) => {
    gain = nextGain(measureLevel(part), gain);
    return gain.gainDb;
  });
}

/** The level of the voice in some audio with its gain. */
function heardDb(samples: Float32Array): number {
  const [gainDb = 0] = gains(samples);
  return measureLevel(samples).voiceDb + gainDb;
}

describe('the gain', () => {
  test.each([-75, -60, -40, -23, -10, 0, 20, 40])('brings talk at %i dB to where it is heard', (db) => {
    expect(Math.abs(heardDb(talk(db)) - VOICE_DB)).toBeLessThan(1);
    expect(Math.abs(heardDb(talk(db, 3)) - VOICE_DB)).toBeLessThan(1);
  });

  test.each([-40, -20, 20, 40])('takes back to the decibel what a recording was raised by: %i dB', (db) => {
    const parts = [talk(-25), silence(), talk(-29), talk(-45), noise(-60)];
    const louder = gains(...parts.map((part) => raised(part, db)));
    expect(louder.map((gain) => gain + db)).toEqual(gains(...parts));
  });

  test('does not raise steady noise, nor silence, nor what 16 bits hold of it', () => {
    expect(gains(noise(-45), silence(), noise(-96), raised(talk(-75), -40))).toEqual([0, 0, 0, 0]);
  });

  test('does not follow a speaker who turns away: one recording has one gain', () => {
    const [first, ...others] = gains(
      talk(-40),
      talk(-44),
      talk(-36),
      talk(-41),
      noise(-60),
      silence(),
      talk(-42),
    );
    expect(others.every((gain) => gain === first)).toBe(true);
  });

  test('follows where another speaks much lower', () => {
    const [first = 0, second = 0] = gains(talk(-20), talk(-45));
    expect(second - first).toBe(25);
  });

  test('comes with the first words where the recording begins without', () => {
    const [before, there = 0] = gains(noise(-70), talk(-50));
    expect(before).toBe(0);
    expect(Math.abs(there - (VOICE_DB - measureLevel(talk(-50)).voiceDb))).toBeLessThanOrEqual(0.5);
  });

  test('hears two seconds of talk in a silent minute', () => {
    const part = noise(-80);
    part.set(talk(-50, 2), 30 * SAMPLE_RATE);
    const [gain = 0] = gains(part);
    expect(gain).toBeGreaterThan(25);
  });

  test('is not kept down by clicks, nor by a door', () => {
    const clicked = talk(-60);
    for (let second = 1; second < SECONDS; second += 2) clicked[second * SAMPLE_RATE] = 0.9;
    clicked.set(noise(-6, 0.4), 20 * SAMPLE_RATE);
    expect(gains(clicked)).toEqual(gains(talk(-60)));
  });

  test('lowers steady noise that is beyond full scale, and is not raised into it by what was quiet before', () => {
    const [loud = 0] = gains(noise(12));
    expect(loud).toBeLessThan(-12);
    const [, after = 0] = gains(talk(-60), noise(-6));
    expect(after).toBeLessThanOrEqual(6);
  });
});

describe('withGain', () => {
  const rounded = (samples: Float32Array) =>
    Int16Array.from(samples, (sample) => Math.round(sample * 32_768));

  test('without a gain only rounds', () => {
    const samples = talk(-20, 1);
    expect(withGain(samples, { gainDb: 0, beforeDb: 0 })).toEqual(rounded(samples));
  });

  test('cuts off what goes beyond full scale', () => {
    const samples = Float32Array.of(0.9, -0.9, 0.01);
    expect([...withGain(samples, { gainDb: 20, beforeDb: 20 })]).toEqual([32_767, -32_768, 3277]);
  });

  test('moves from one gain to the next within a fifth of a second, without a step', () => {
    const gain = { gainDb: 30, beforeDb: 10 };
    const result = withGain(new Float32Array(SAMPLE_RATE).fill(0.001), gain);
    expect(result[0]).toBe(Math.round(32.768 * 10 ** 0.5));
    expect(result[SAMPLE_RATE / 5]).toBe(Math.round(32.768 * 10 ** 1.5));
    const steps = result.subarray(1).map((sample, i) => sample - (result[i] ?? 0));
    expect(Math.max(...steps)).toBeLessThanOrEqual(2);
  });

  test.each<PartGain>([
    { gainDb: 0, beforeDb: 0 },
    { gainDb: 37, beforeDb: 37 },
    { gainDb: 37, beforeDb: -7 },
    { gainDb: -40, beforeDb: 20 },
  ])('is taken back and put on again to the sample: $beforeDb, $gainDb', (gain) => {
    const stored = rounded(talk(-20, 1));
    const before = withoutGain(stored, 0, gain);
    expect(withGain(before, gain)).toEqual(stored);
    expect(withoutGain(stored.subarray(1000), 1000, gain)).toEqual(before.subarray(1000));
  });
});
