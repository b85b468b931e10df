import { expect, test } from 'vitest';
import { LOCALES } from '../contract/locale.ts';
import { JOB_STEPS } from '../core/pipeline/job-steps.ts';
import { PROGRAM } from '../messages/catalogues.ts';
import { stageName } from './texts.ts';

test.each([...LOCALES])('every step that is told has a name on the command line: %s', (locale) => {
  const told = JOB_STEPS.filter(({ silent }) => silent !== true).map(({ name }) => name);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((name) => !(name in PROGRAM[locale].cli.stages))).toEqual([]);
});

test('a stage without a name of its own is told all the same', () => {
  expect([stageName('import', 'en'), stageName('proofread', 'en')]).toEqual(['reading', 'working']);
});
