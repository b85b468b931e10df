import { describe, expect, it } from 'vitest';
import { diarizationError, errorRate, overlapShare } from './diarization-error.ts';
import type { Turn } from './rttm-file.ts';

/** Turns written as `A 0-10`, in seconds. */
function turns(...written: string[]): Turn[] {
  return written.map((one) => {
    const [speaker = '', start, end] = one.split(/ |-/);
    return { speaker, startMs: Number(start) * 1000, endMs: Number(end) * 1000 };
  });
}

function scored(reference: Turn[], hypothesis: Turn[], collarMs = 0) {
  const error = diarizationError(reference, hypothesis, collarMs);
  const { speechMs, missedMs, falseAlarmMs, confusedMs, mapping } = error;
  return {
    ms: [speechMs, missedMs, falseAlarmMs, confusedMs],
    mapping: Object.fromEntries(mapping),
    rate: errorRate([error]),
  };
}

describe('the error rate of turns', () => {
  const TWO = turns('anna 0-10', 'ben 12-20');

  it('is 0 for the same turns under other names', () => {
    expect(scored(TWO, turns('x 12-20', 'y 0-10'))).toEqual({
      ...{ ms: [18_000, 0, 0, 0], rate: 0 },
      mapping: { x: 'ben', y: 'anna' },
    });
  });

  it('counts what was missed, what was invented and what was confused', () => {
    // x is anna: 1 s missed at her start, 1 s invented after her; of ben's 8 s, 2 are x's.
    const { ms, rate } = scored(TWO, turns('x 1-11', 'x 12-14', 'y 14-20'));
    expect(ms).toEqual([18_000, 1000, 1000, 2000]);
    expect(rate).toBeCloseTo(4 / 18, 12);
  });

  it('counts overlapped speech for each who speaks', () => {
    const both = turns('anna 0-10', 'ben 6-12');
    // From 6 to 10 two speak and one was found.
    expect(scored(both, turns('x 0-10', 'y 10-12')).ms).toEqual([16_000, 4000, 0, 0]);
    // Two were found there, of whom one is neither.
    expect(scored(both, turns('x 0-10', 'y 10-12', 'z 6-10')).ms).toEqual([16_000, 0, 0, 2000]);
    // Where one speaks and two were found, one is invented.
    expect(scored(both, turns('x 0-10', 'y 0-12')).ms).toEqual([16_000, 0, 6000, 0]);
  });

  it('gives a speaker to one only, so that the time in common is greatest', () => {
    // Taking the longest pair first (x is anna, 6 s) would leave y nothing; y as anna and x as ben have 5 + 4 s in common.
    const { ms, mapping } = scored(turns('anna 0-11', 'ben 11-15'), turns('x 0-6', 'y 6-11', 'x 11-15'));
    expect(mapping).toEqual({ x: 'ben', y: 'anna' });
    expect(ms).toEqual([15_000, 0, 0, 6000]);
  });

  it('confuses the whole of a speaker who was merged with another', () => {
    expect(scored(TWO, turns('x 0-20'))).toEqual({
      ...{ ms: [18_000, 0, 2000, 8000], rate: 10 / 18 },
      mapping: { x: 'anna' },
    });
  });

  it('leaves out what is nearer than the collar to a start or end of the reference', () => {
    // Left: 0.25-9.75 and 12.25-19.75 of speech; of the mistakes 0.75 s of the first, 0.75 of the second.
    const { ms } = scored(TWO, turns('x 1-11', 'y 12-20'), 250);
    expect(ms).toEqual([17_000, 750, 750, 0]);
    // Boundaries that are found up to the collar away cost nothing; those of the hypothesis have no collar.
    expect(scored(TWO, turns('x 0.25-9.75', 'y 11.75-20.25'), 250).ms).toEqual([17_000, 0, 0, 0]);
    expect(scored(TWO, turns('x 0-4', 'x 6-10', 'y 12-20'), 250).ms).toEqual([17_000, 2000, 0, 0]);
  });

  it('leaves out collars within the turn of another, and turns shorter than two collars', () => {
    const inside = turns('anna 0-10', 'ben 4-6', 'ben 8-8.4');
    // 0.25-3.75, 4.25-5.75 (two speak), 6.25-7.75, 8.65-9.75.
    expect(scored(inside, [], 250).ms).toEqual([3500 + 2 * 1500 + 1500 + 1100, 9100, 0, 0]);
  });

  it('takes overlapping and touching turns of one speaker as one', () => {
    const pieces = turns('anna 0-5', 'anna 5-8', 'anna 7-10', 'anna 10-10', 'ben 12-20');
    expect(scored(pieces, TWO, 250)).toEqual(scored(TWO, TWO, 250));
    expect(scored(TWO, pieces)).toEqual({
      ms: [18_000, 0, 0, 0],
      mapping: { anna: 'anna', ben: 'ben' },
      rate: 0,
    });
  });

  it('maps by the time that counts', () => {
    // All of the time that y has in common with ben lies in a collar.
    expect(scored(turns('anna 0-10'), turns('x 0.2-10', 'y 0-0.2'), 250).mapping).toEqual({ x: 'anna' });
  });

  it('is that of silence where nobody speaks', () => {
    expect(scored([], [])).toEqual({ ms: [0, 0, 0, 0], mapping: {}, rate: 0 });
    expect(scored([], turns('x 0-1')).rate).toBe(Number.POSITIVE_INFINITY);
    expect(scored(TWO, [])).toEqual({ ms: [18_000, 18_000, 0, 0], mapping: {}, rate: 1 });
  });

  it('of several recordings is the quotient of the sums', () => {
    const long = diarizationError(turns('anna 0-30'), turns('x 0-30'), 0);
    const short = diarizationError(turns('anna 0-10'), [], 0);
    expect(errorRate([long, short])).toBe(0.25);
  });
});

it('tells how much of the speech is overlapped', () => {
  expect(overlapShare(turns('anna 0-10', 'ben 6-12', 'ben 11-12', 'cleo 6-8'))).toBeCloseTo(4 / 12, 12);
  expect(overlapShare([])).toBe(0);
});
