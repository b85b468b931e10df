import { describe, expect, test } from 'vitest';
import { type Level, LevelMeter, SILENCE_DB } from './level-meter.ts';
import { SoundWarnings } from './sound-warnings.ts';

const level = (peakDb: number, more: Partial<Level> = {}): Level => ({
  ...{ peakDb, rmsDb: peakDb - 12, clipped: false, durationMs: 100 },
  ...more,
});

/** Gives seconds of this level. */
function hear(warnings: SoundWarnings, seconds: number, one: Level): void {
  for (let stretch = 0; stretch < seconds * 10; stretch += 1) warnings.push(one);
}

describe('the level of 100 ms', () => {
  const RATE = 16_000;
  const of = (sample: (index: number) => number) => {
    const meter = new LevelMeter();
    const frames = Array.from({ length: 5 }, (_, frame) =>
      Int16Array.from({ length: 320 }, (_, index) => Math.round(sample(frame * 320 + index))),
    );
    return frames.map((frame) => meter.push(frame, RATE));
  };

  test('is told once it is complete, in dBFS', () => {
    const levels = of((index) => 3276.7 * Math.sin((2 * Math.PI * 400 * index) / RATE));
    expect(levels.slice(0, 4)).toEqual([null, null, null, null]);
    expect(levels[4]?.peakDb).toBeCloseTo(-20, 1);
    expect(levels[4]?.rmsDb).toBeCloseTo(-23, 1);
    expect(levels[4]?.clipped).toBe(false);
  });

  test('of zeros is that of silence, and finite', () => {
    expect(of(() => 0)[4]).toMatchObject({ peakDb: SILENCE_DB, rmsDb: SILENCE_DB });
  });

  test('is clipped where the wave is cut off, not where it only reaches full scale', () => {
    expect(
      of((index) => Math.max(-32_768, Math.min(32_767, 60_000 * Math.sin(index / 20))))[4]?.clipped,
    ).toBe(true);
    expect(of((index) => (index % 40 === 0 ? 32_767 : 0))[4]?.clipped).toBe(false);
  });
});

describe('silence', () => {
  test.each([
    ['zeros', SILENCE_DB],
    ['what a dead input gives', -84],
  ])('of %s is told after three seconds', (_, peakDb) => {
    const warnings = new SoundWarnings();
    hear(warnings, 2.9, level(peakDb));
    expect([...warnings.active]).toEqual([]);
    hear(warnings, 0.2, level(peakDb));
    expect([...warnings.active]).toEqual(['silence']);
  });

  test('is over once sound comes, and not by a click', () => {
    const warnings = new SoundWarnings();
    hear(warnings, 4, level(SILENCE_DB));
    hear(warnings, 0.1, level(-20));
    hear(warnings, 0.1, level(SILENCE_DB));
    expect([...warnings.active]).toEqual(['silence']);
    hear(warnings, 0.3, level(-60));
    expect([...warnings.active]).toEqual([]);
  });

  test('a quiet room is none', () => {
    const warnings = new SoundWarnings();
    hear(warnings, 30, level(-70));
    expect([...warnings.active]).toEqual([]);
  });
});

test('clipping is told when it repeats, and is over after five seconds without', () => {
  const warnings = new SoundWarnings();
  hear(warnings, 1, level(0, { clipped: false }));
  warnings.push(level(0, { clipped: true }));
  expect([...warnings.active]).toEqual([]);
  hear(warnings, 0.5, level(-3));
  warnings.push(level(0, { clipped: true }));
  expect([...warnings.active]).toEqual(['clipping']);
  hear(warnings, 4.5, level(-3));
  expect([...warnings.active]).toEqual(['clipping']);
  hear(warnings, 1, level(-3));
  expect([...warnings.active]).toEqual([]);
});

describe('a voice', () => {
  test('that is too quiet is told after four seconds of it, and no room is', () => {
    const warnings = new SoundWarnings();
    hear(warnings, 20, level(-55));
    warnings.speaking(true);
    hear(warnings, 3.5, level(-40));
    expect([...warnings.active]).toEqual([]);
    hear(warnings, 1, level(-40));
    expect([...warnings.active]).toEqual(['quiet']);
    // The level of the pauses tells nothing of the voice.
    warnings.speaking(false);
    hear(warnings, 10, level(-60));
    expect([...warnings.active]).toEqual(['quiet']);
    warnings.speaking(true);
    hear(warnings, 8, level(-20));
    expect([...warnings.active]).toEqual([]);
  });

  test('that is not found for a minute is told, until it is', () => {
    const warnings = new SoundWarnings();
    hear(warnings, 59, level(-50));
    expect([...warnings.active]).toEqual([]);
    hear(warnings, 2, level(-50));
    expect([...warnings.active]).toEqual(['noSpeech']);
    warnings.speaking(true);
    expect([...warnings.active]).toEqual([]);
  });

  test('is not missed where nothing sounds: that is told as silence', () => {
    const warnings = new SoundWarnings();
    hear(warnings, 90, level(SILENCE_DB));
    expect([...warnings.active]).toEqual(['silence']);
  });
});
