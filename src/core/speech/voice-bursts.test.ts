import { describe, expect, it } from 'vitest';
import { type Burst, VoiceBursts } from './voice-bursts.ts';

const NONE = 0;
const UNSURE = 100;
const SPEECH = 255;

function burstsOf(chunks: readonly number[]): Burst[] {
  const finder = new VoiceBursts();
  const found = chunks.map((probability) => finder.push(probability));
  return [...found, finder.finish()].filter((burst) => burst !== null);
}

const run = (length: number, probability: number) => Array<number>(length).fill(probability);

describe('VoiceBursts', () => {
  it('gives a run of speech in frames of 20 ms', () => {
    expect(burstsOf([...run(10, NONE), ...run(20, SPEECH), ...run(10, NONE)])).toEqual([
      { start: 16, end: 48 },
    ]);
  });

  it('goes on where the probability falls for less than a tenth of a second', () => {
    const stop = [...run(10, SPEECH), ...run(2, NONE), ...run(10, SPEECH)];
    const pause = [...run(10, SPEECH), ...run(3, NONE), ...run(10, SPEECH)];
    expect(burstsOf(stop)).toHaveLength(1);
    expect(burstsOf(pause)).toHaveLength(2);
  });

  it('begins at the higher threshold and ends at the lower one', () => {
    expect(burstsOf(run(50, UNSURE))).toEqual([]);
    expect(burstsOf([...run(10, SPEECH), ...run(10, UNSURE), ...run(5, NONE)])).toEqual([
      { start: 0, end: 32 },
    ]);
  });

  it('takes a click for no speech', () => {
    expect(burstsOf([...run(5, NONE), SPEECH, SPEECH, ...run(5, NONE)])).toEqual([]);
  });

  it('hands endless speech on in pieces that meet', () => {
    const bursts = burstsOf(run(1000, SPEECH));
    expect(bursts[0]?.start).toBe(0);
    expect(bursts.at(-1)?.end).toBe(1600);
    expect(Math.max(...bursts.map(({ start, end }) => end - start))).toBeLessThanOrEqual(250);
    for (const [index, { start }] of bursts.slice(1).entries()) expect(start).toBe(bursts[index]?.end);
  });

  it('says from where on a burst may still come', () => {
    const finder = new VoiceBursts();
    for (const probability of run(5, NONE)) finder.push(probability);
    expect(finder.earliestStart).toBe(8);
    for (const probability of run(5, SPEECH)) finder.push(probability);
    expect(finder.earliestStart).toBe(8);
  });
});
