import { expect, test } from 'vitest';
import { shownSuggestions, spelledWords, wordKeys } from './spelled-words.ts';

test('only what has a spelling is a word', () => {
  const text = "Mr Thorne’s 2nd MRI (p. 12), don't write to ana@clinica.es: ‘corazón’ km/h B";
  expect(spelledWords(text, 100).map(({ word }) => word)).toEqual([
    ...['Mr', 'Thorne’s', "don't", 'write', 'to', 'corazón'],
  ]);
  for (const { word, from, to } of spelledWords(text, 100))
    expect(text.slice(from - 100, to - 100)).toBe(word);
});

test('a possessive of a known name is known', () => {
  expect(wordKeys('Thorne’s')).toEqual(["thorne's", 'thorne']);
});

test('a name of the matter that is nearly the same comes first, and capitals stay', () => {
  expect(shownSuggestions('Thorn', ['Thorne', 'Brightwater'], ['thorn', 'torn', 'thorny'])).toEqual([
    ...['Thorne', 'Torn', 'Thorny'],
  ]);
  expect(shownSuggestions('cat', ['Kate'], ['cat', 'cats'])).toEqual(['cats']);
});
