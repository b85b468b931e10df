import { expect, test } from 'vitest';
import { ENGLISH } from '../renderer/lib/i18n/en/catalogue.ts';
import { SPANISH } from '../renderer/lib/i18n/es/catalogue.ts';
import { JOB_STEPS } from '../src/core/pipeline/job-steps.ts';

const TOLD = JOB_STEPS.filter(({ silent }) => silent !== true).map(({ name }) => name);

test.each([
  ['English', (name: string) => `stage_${name}` in ENGLISH.library],
  ['Spanish', (name: string) => `stage_${name}` in SPANISH.library],
])('every step that is told has a name in the window, %s', (_catalogue, isNamed) => {
  expect(TOLD.length).toBeGreaterThan(0);
  expect(TOLD.filter((name) => !isNamed(name))).toEqual([]);
});

test('no two steps share a name', () => {
  const names = JOB_STEPS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
