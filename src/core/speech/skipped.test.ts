import { describe, expect, it } from 'vitest';
import { skippedRanges } from './skipped.ts';

describe('skippedRanges', () => {
  it('gives what no channel has speech in, before, between and after', () => {
    const left = [
      { startMs: 5000, endMs: 8000 },
      { startMs: 30_000, endMs: 31_000 },
    ];
    const right = [{ startMs: 7000, endMs: 12_000 }];
    expect(skippedRanges([...left, ...right], 60_000, 4000)).toEqual([
      { startMs: 0, endMs: 5000, reason: 'noSpeech' },
      { startMs: 12_000, endMs: 30_000, reason: 'noSpeech' },
      { startMs: 31_000, endMs: 60_000, reason: 'noSpeech' },
    ]);
  });

  it('leaves out what is too short to tell about, and never goes past the end', () => {
    expect(skippedRanges([{ startMs: 900, endMs: 10_020 }], 10_010, 1000)).toEqual([]);
    expect(skippedRanges([], 10_000, 1000)).toEqual([{ startMs: 0, endMs: 10_000, reason: 'noSpeech' }]);
    expect(skippedRanges([], 0, 0)).toEqual([]);
  });
});
