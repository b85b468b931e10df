import { expect, test } from 'vitest';
import { replacedIn } from './find-and-replace.ts';

const anywhere = { matchCase: false, wholeWords: false };

test.each([
  ['blind to case', 'Meyer and MEYER', { find: 'meyer', ...anywhere }, 'Maier', 'Maier and Maier', 2],
  [
    'with case',
    'Meyer and meyer',
    { find: 'Meyer', matchCase: true, wholeWords: false },
    'X',
    'X and meyer',
    1,
  ],
  [
    'whole words only',
    'art, artful, art',
    { find: 'art', matchCase: false, wholeWords: true },
    'ars',
    'ars, artful, ars',
    2,
  ],
  [
    'words with accents',
    'niño niñón',
    { find: 'niñ', matchCase: false, wholeWords: true },
    'x',
    'niño niñón',
    0,
  ],
  ['signs to the letter', 'a.b (c) $1', { find: '.b (c) $', ...anywhere }, '$&', 'a$&1', 1],
  ['a dash', 'well-known', { find: '-', ...anywhere }, ' ', 'well known', 1],
])('replaces %s', (_, text, search, replacement, expected, count) => {
  expect(replacedIn(text, search, replacement)).toEqual({ text: expected, count });
});
