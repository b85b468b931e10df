import { expect, test } from 'vitest';
import { LOCALES } from '../src/contract/locale.ts';
import { JOB_STEPS } from '../src/core/pipeline/job-steps.ts';
import { WINDOW } from '../src/messages/catalogues.ts';

test.each(LOCALES)('every step that is told has a name in the window: %s', (locale) => {
  const told = JOB_STEPS.filter(({ silent }) => silent !== true).map(({ name }) => `stage_${name}`);
  expect(told.length).toBeGreaterThan(0);
  expect(told.filter((key) => !(key in WINDOW[locale].library))).toEqual([]);
});

test('no two steps share a name', () => {
  const names = JOB_STEPS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
