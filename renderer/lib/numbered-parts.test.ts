import { describe, expect, it } from 'vitest';
import { findNumberedParts, joinedName, orderOfParts } from './numbered-parts.ts';

const found = (...names: string[]) =>
  findNumberedParts(names.map((name) => ({ id: name, name }))).map(({ ids }) => ids);

describe('findNumberedParts', () => {
  it('puts parts in the order of their numbers, not of their names', () => {
    const names = Array.from({ length: 11 }, (_, i) => `hearing_${i + 1}.wav`);
    expect(found(...[...names].reverse())).toEqual([names]);
  });

  it('keeps recordings apart that differ in name or ending', () => {
    expect(found('a_01.wav', 'b_02.wav', 'a_02.mp3')).toEqual([]);
    expect(found('a_01.wav', 'b_01.wav', 'a_02.wav', 'b_02.wav')).toEqual([
      ['a_01.wav', 'a_02.wav'],
      ['b_01.wav', 'b_02.wav'],
    ]);
  });

  it('does not take a row with a gap, a doubled part, or one that begins in the middle', () => {
    expect(found('a_01.wav', 'a_03.wav')).toEqual([]);
    expect(found('a_02.wav', 'a_03.wav')).toEqual([]);
    expect(found('a_01.wav')).toEqual([]);
    expect(findNumberedParts([1, 2].map((id) => ({ id: String(id), name: 'a_01.wav' })))).toEqual([]);
  });

  it('takes the ways in which recorders write', () => {
    expect(found('Visit-00.m4a', 'Visit-01.m4a')).toHaveLength(1);
    expect(found('Interview part 1.mp3', 'Interview part 2.mp3')).toHaveLength(1);
  });

  it('leaves years alone', () => {
    expect(found('audit 2023.wav', 'audit 2024.wav')).toEqual([]);
  });
});

const named = (...names: string[]) => names.map((name) => ({ id: name, name }));

describe('recordings that are joined', () => {
  it('follow one another by their numbers, else by their names', () => {
    const inOrder = (...names: string[]) => orderOfParts(named(...names)).map(({ name }) => name);
    expect(inOrder('a_10.wav', 'a_9.wav', 'b.wav')).toEqual(['a_9.wav', 'a_10.wav', 'b.wav']);
    expect(inOrder('a_2.wav', 'a_1.wav')).toEqual(['a_1.wav', 'a_2.wav']);
  });

  it('are called by what their names have in common, else as the first', () => {
    expect(joinedName(named('hearing_02.wav', 'hearing_01.wav'))).toBe('hearing.wav');
    expect(joinedName(named('02.wav', '01.wav'))).toMatch(/^0[12]\.wav$/);
    expect(joinedName(named('b.wav', 'a.wav'))).toBe('a.wav');
    expect(joinedName([])).toBe('');
  });
});
