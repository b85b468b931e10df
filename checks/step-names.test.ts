import { expect, test } from 'vitest';
import { ENGLISH as ENGLISH_WINDOW } from '../renderer/lib/i18n/en/catalogue.ts';
import { SPANISH as SPANISH_WINDOW } from '../renderer/lib/i18n/es/catalogue.ts';
import { ENGLISH_WORDS } from '../src/cli/words-en.ts';
import { SPANISH_WORDS } from '../src/cli/words-es.ts';
import { JOB_STEPS } from '../src/core/pipeline/job-steps.ts';

const TOLD = JOB_STEPS.filter(({ silent }) => silent !== true).map(({ name }) => name);

test.each([
  ['English, window', (name: string) => `stage_${name}` in ENGLISH_WINDOW.library],
  ['Spanish, window', (name: string) => `stage_${name}` in SPANISH_WINDOW.library],
  ['English, command line', (name: string) => name in ENGLISH_WORDS.stages],
  ['Spanish, command line', (name: string) => name in SPANISH_WORDS.stages],
])('every step that is told has a name: %s', (_catalogue, isNamed) => {
  expect(TOLD.length).toBeGreaterThan(0);
  expect(TOLD.filter((name) => !isNamed(name))).toEqual([]);
});

test('no two steps share a name', () => {
  const names = JOB_STEPS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
