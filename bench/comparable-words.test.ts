import { expect, it } from 'vitest';
import { comparableWords } from './comparable-words.ts';

it('drops punctuation and case', () => {
  expect(comparableWords('Did Robert find it? No, not on Sunday.')).toEqual([
    ...['did', 'robert', 'find', 'it', 'no', 'not', 'on', 'sunday'],
  ]);
});

it('keeps words with apostrophes whole, whichever apostrophe it is', () => {
  expect(comparableWords("five o'clock, five o’clock 'quoted'")).toEqual([
    ...['five', 'oclock', 'five', 'oclock', 'quoted'],
  ]);
});

it('keeps accents, however they are encoded', () => {
  expect(comparableWords('¿Quién? Está')).toEqual(['quién', 'está']);
  expect(comparableWords('Esta\u0301')).toEqual(comparableWords('está'));
  expect(comparableWords('Esta')).not.toEqual(comparableWords('Está'));
});

it('finds no words in signs and blanks', () => {
  expect(comparableWords(' … [–] ')).toEqual([]);
});
