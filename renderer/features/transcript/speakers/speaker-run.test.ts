import { describe, expect, it } from 'vitest';
import { knownSpeakers, stepSpeakerRun } from './speaker-run.ts';

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

describe('the speakers to choose from', () => {
  const numbered = (number: number) => `Speaker ${number}`;

  it('are those of the text, then those of the matter, however many', () => {
    expect(knownSpeakers(['Ben', 'Ann'], ['Ann', 'Cleo'], numbered)).toEqual(['Ben', 'Ann', 'Cleo']);
    expect(knownSpeakers('abcdefghijk'.split(''), [], numbered)).toHaveLength(11);
  });

  it('are made up where nobody is known yet', () => {
    expect(knownSpeakers([], [], numbered)).toEqual(['Speaker 1', 'Speaker 2']);
    expect(knownSpeakers(['Speaker 1'], [], numbered)).toEqual(['Speaker 1', 'Speaker 2']);
  });
});
