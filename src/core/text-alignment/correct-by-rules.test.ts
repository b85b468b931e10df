import { expect, it } from 'vitest';
import { correctByRules, readyRules, standingPlaces } from './correct-by-rules.ts';

const rule = (find: string, replacement: string, matchCase = false) => ({ find, replacement, matchCase });
const corrected = (text: string, ...lists: ReturnType<typeof rule>[][]) =>
  correctByRules(text, readyRules(lists))?.text ?? text;

it.each([
  [
    'a phrase, whatever is between its words',
    'Then Mr  Thorn rose',
    [rule('Mr Thorn', 'Mr Thorne')],
    'Then Mr Thorne rose',
  ],
  ['whole words alone', 'Thorny Thorn', [rule('thorn', 'Thorne')], 'Thorny Thorne'],
  ['what is said loudly, loudly', 'THORN! No, thorn.', [rule('thorn', 'Thorne')], 'THORNE! No, Thorne.'],
  [
    'a beginning with a capital',
    'Gonna go, gonna stay',
    [rule('gonna', 'going to')],
    'Going to go, going to stay',
  ],
  ['nothing in another case if case counts', 'may May', [rule('May', 'Mai', true)], 'may Mai'],
  [
    'the longer first',
    'Mr Thorn and Thorn',
    [rule('Thorn', 'Torn'), rule('Mr Thorn', 'Mr Thorne')],
    'Mr Thorne and Torn',
  ],
  ['no result of another rule', 'a b', [rule('a', 'b'), rule('b', 'a')], 'b a'],
  [
    'words with accents and signs',
    'el señor núñez (sic)',
    [rule('núñez', 'Núñez'), rule('(sic)', '[sic]')],
    'el señor Núñez [sic]',
  ],
])('corrects %s', (_, text, rules, expected) => {
  expect(corrected(text, rules)).toBe(expected);
});

it('tries the first list before the others', () => {
  expect(
    corrected('Thorn met', [rule('Thorn', 'Thorne')], [rule('Thorn met', 'Torn met'), rule('met', 'saw')]),
  ).toBe('Thorne saw');
});

it('tells where each stands, and no longer where it was taken back or changed', () => {
  const rules = readyRules([[rule('um so', 'so'), rule('thorn', 'Thorne')]]);
  const { text, made } = correctByRules('um so thorn and thorn', rules) ?? { text: '', made: [] };
  expect(text).toBe('so Thorne and Thorne');
  expect(standingPlaces(text, made)).toEqual([0, 3, 14]);
  expect(standingPlaces('Well, so Thorne and Thorne', made)).toEqual([6, 9, 20]);
  expect(standingPlaces('um so thorn and Thorne', made)).toEqual([null, 16, null]);
  expect(standingPlaces('', made)).toEqual([null, null, null]);
});
