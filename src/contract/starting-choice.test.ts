import { expect, test } from 'vitest';
import { DEFAULT_CHOICE, startingChoice } from './starting-choice.ts';

test('a recording starts with the options of its matter, and its vocabulary is expected', () => {
  expect(startingChoice(undefined)).toEqual(DEFAULT_CHOICE);
  const vocabulary = ['Villanueva', 'estoppel'];
  expect(startingChoice({ vocabulary, options: { language: 'es', model: undefined } })).toEqual({
    ...DEFAULT_CHOICE,
    language: 'es',
    prompt: 'Villanueva, estoppel',
  });
  expect(startingChoice({ vocabulary, options: { prompt: 'Quiroz' } }).prompt).toBe('Quiroz');
});
