import { expect, test } from 'vitest';
import { JOB_STEPS } from '../core/pipeline/job-steps.ts';
import { ENGLISH_WORDS } from './words-en.ts';
import { SPANISH_WORDS } from './words-es.ts';

test.each([
  ['English', ENGLISH_WORDS],
  ['Spanish', SPANISH_WORDS],
])('every step that is told has a name on the command line: %s', (_language, { stages }) => {
  const told = JOB_STEPS.filter(({ silent }) => silent !== true).map(({ name }) => name);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((name) => !(name in stages))).toEqual([]);
});
