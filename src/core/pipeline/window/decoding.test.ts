import { expect, it } from 'vitest';
import { JobOptions } from '../../../contract/job.ts';
import { firstDecoding } from './decoding.ts';

/** Options as stored by a job before the search could be chosen. */
const STORED = {
  model: { name: 'base', path: '/models/ggml-base.bin', sha256: 'a0'.repeat(32) },
  ...{
    language: 'auto',
    prompt: '',
    speakers: 'auto',
    speakerCount: null,
    translate: false,
    keepSilence: false,
    threads: 1,
  },
};

it.each([
  [1, { strategy: 'greedy', breadth: 5 }],
  [2, { strategy: 'beam', breadth: 2 }],
  [8, { strategy: 'beam', breadth: 8 }],
] as const)('a search of %j is done as %j', (beamSize, search) => {
  expect(firstDecoding(JobOptions.parse({ ...STORED, beamSize }), 'en', { usualThreads: 3 })).toMatchObject(
    search,
  );
});

it('leaves the choice to the program where none was stored', () => {
  expect(JobOptions.parse(STORED).beamSize).toBeNull();
});
