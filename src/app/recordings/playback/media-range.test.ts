import { expect, test } from 'vitest';
import { requestedRange } from './media-range.ts';

test.each([
  [null, null],
  ['bytes=0-', { start: 0, end: 100 }],
  ['bytes=0-0', { start: 0, end: 1 }],
  ['bytes=10-19', { start: 10, end: 20 }],
  ['bytes=99-', { start: 99, end: 100 }],
  ['bytes=90-1000', { start: 90, end: 100 }],
  ['bytes=-10', { start: 90, end: 100 }],
  ['bytes=-1000', { start: 0, end: 100 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=20-10', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=-', 'unsatisfiable'],
  ['bytes=0-1,5-6', 'unsatisfiable'],
  ['bytes=a-', 'unsatisfiable'],
  ['bytes= 0-', 'unsatisfiable'],
  ['bytes=99999999999999999999-', 'unsatisfiable'],
  ['samples=0-1', 'unsatisfiable'],
  ['', 'unsatisfiable'],
])('%j of 100 bytes', (header, expected) => {
  expect(requestedRange(header, 100)).toEqual(expected);
});

test('nothing can be asked of no bytes', () => {
  expect(requestedRange('bytes=0-', 0)).toBe('unsatisfiable');
  expect(requestedRange('bytes=-1', 0)).toBe('unsatisfiable');
});
