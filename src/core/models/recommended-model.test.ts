import { expect, it } from 'vitest';
import { OFFICIAL_MODELS } from './official-models.ts';
import { recommendedModel } from './recommended-model.ts';

const GB = 1e9;

it.each([
  ['a small virtual machine', 2, 4 * GB, 'base-q8_0'],
  ['many cores with little memory', 16, 4 * GB, 'base-q8_0'],
  ['two cores with much memory', 2, 64 * GB, 'base-q8_0'],
  ['an office machine', 4, 8 * GB, 'small-q8_0'],
  ['eight cores with 8 GB', 8, 8 * GB, 'small-q8_0'],
  // What a machine with 16 GB reports, less the GPU's share.
  ['a recent machine', 8, 15.4 * GB, 'large-v3-turbo-q8_0'],
  ['a workstation', 32, 128 * GB, 'large-v3-turbo-q8_0'],
])('recommends for %s (%i cores) what it can run', (_, cores, memoryBytes, name) => {
  const recommended = recommendedModel({ cores, memoryBytes });
  expect(recommended.name).toBe(name);
  expect(OFFICIAL_MODELS.map((model) => model.name)).toContain(name);
});
