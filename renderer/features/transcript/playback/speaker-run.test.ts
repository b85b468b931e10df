import { describe, expect, it } from 'vitest';
import { stepSpeakerRun } from './speaker-run.ts';

describe('assigning a speaker while playback goes on', () => {
  it('assigns each segment that playback reaches, those it passed between two looks included', () => {
    const first = stepSpeakerRun({ speaker: 'Ann', lastIndex: 4 }, 5);
    expect(first).toEqual({ assign: [5], run: { speaker: 'Ann', lastIndex: 5 } });
    expect(stepSpeakerRun({ speaker: 'Ann', lastIndex: 5 }, 8).assign).toEqual([6, 7, 8]);
    expect(stepSpeakerRun({ speaker: 'Ann', lastIndex: 5 }, 5).assign).toEqual([]);
  });

  it('ends where playback jumps', () => {
    expect(stepSpeakerRun({ speaker: 'Ann', lastIndex: 5 }, 2)).toEqual({ assign: [], run: null });
    expect(stepSpeakerRun({ speaker: 'Ann', lastIndex: 5 }, 50)).toEqual({ assign: [], run: null });
  });
});
