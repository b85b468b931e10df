import { expect, it } from 'vitest';
import { parseRttm } from './rttm-file.ts';

it('reads turns in order of time, whatever else stands in the file', () => {
  const text = [
    ';; made by hand',
    'SPKR-INFO talk 1 <NA> <NA> <NA> unknown anna <NA> <NA>',
    'SPEAKER talk 1 3.1005 0.5 <NA> <NA> ben <NA> <NA>',
    '',
    'SPEAKER talk 1   1.250 2 <NA> <NA> MÉO069 <NA>',
  ].join('\r\n');
  expect(parseRttm(text, 'another name')).toEqual([
    { startMs: 1250, endMs: 3250, speaker: 'MÉO069' },
    { startMs: 3101, endMs: 3601, speaker: 'ben' },
  ]);
  expect(parseRttm('', 'talk')).toEqual([]);
});

it('takes the lines of one recording where a file tells of several', () => {
  const text = 'SPEAKER a 1 0 1 <NA> <NA> x <NA> <NA>\nSPEAKER b 1 2 1 <NA> <NA> y <NA> <NA>\n';
  expect(parseRttm(text, 'b')).toEqual([{ startMs: 2000, endMs: 3000, speaker: 'y' }]);
  expect(parseRttm(text, 'corpus--b')).toEqual(parseRttm(text, 'b'));
  expect(() => parseRttm(text, 'c')).toThrow('no line of the RTTM is of c');
});

it.each([
  'SPEAKER talk 1 0.5',
  'SPEAKER talk 1 x 1 <NA> <NA> a <NA> <NA>',
  'SPEAKER talk 1 1 -1 <NA> <NA> a <NA> <NA>',
  'SPEAKER talk 1 -1 1 <NA> <NA> a <NA> <NA>',
])('does not take %j for a turn', (line) => {
  expect(() => parseRttm(`;;\n${line}`, 'talk')).toThrow('line 2 of the RTTM is no turn');
});
