import { describe, expect, it } from 'vitest';
import { displayWidth, padded, shortened } from './display-width.ts';

describe('displayWidth', () => {
  it('counts columns, not characters', () => {
    expect(displayWidth('Anhörung')).toBe(8);
    // As macOS writes file names: the accent is a separate character.
    expect(displayWidth('Anhörung'.normalize('NFD'))).toBe(8);
    expect(displayWidth('録音.wav')).toBe(8);
  });
});

describe('shortened', () => {
  it('leaves alone what fits', () => {
    expect(shortened('call.wav', 8)).toBe('call.wav');
  });

  it('keeps beginning and ending, by which recordings are told apart', () => {
    expect(shortened('2026-11-20 hearing of the second witness.m4a', 20)).toBe('2026-11-20…tness.m4a');
    expect(shortened('録音録音録音録音.wav', 10)).toBe('録音….wav');
  });

  it('never takes more columns than there are', () => {
    for (let columns = 0; columns <= 20; columns += 1) {
      for (const name of ['2026-11-20 hearing of the second witness.m4a', '録音録音録音録音録音録音.wav']) {
        expect(displayWidth(shortened(name, columns))).toBeLessThanOrEqual(columns);
      }
    }
  });
});

describe('padded', () => {
  it('fills up to a column, and cuts nothing off', () => {
    expect(padded('録', 4)).toBe('録  ');
    expect(padded('long', 2)).toBe('long');
  });
});
