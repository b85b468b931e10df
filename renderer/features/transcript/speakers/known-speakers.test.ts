import { describe, expect, it } from 'vitest';
import { knownSpeakers } from './known-speakers.ts';

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
