import { expect, test } from 'vitest';
import { paperOf } from './paper.ts';

test.each([
  ['US', 'Letter'],
  ['ca', 'Letter'],
  ['MX', 'Letter'],
  ['ES', 'A4'],
  ['GB', 'A4'],
  ['', 'A4'],
])('the paper of %j is %s', (country, paper) => {
  expect(paperOf(country)).toBe(paper);
});
