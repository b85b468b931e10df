import { afterAll, test } from 'vitest';
import { isShortSoak, soakSeed } from '../testing/soak.ts';
import { everyFfmpeg, temporaryFolder } from './testing/media-fixtures.ts';
import { assertMutatedFilesEndPlainly } from './testing/mutated-files.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

const RUNS = isShortSoak() ? 400 : 4000;

test(`${RUNS} mutated files are sound or a plain error, never a crash or a hang`, async () => {
  await assertMutatedFilesEndPlainly(await everyFfmpeg(), folder.path, { numRuns: RUNS, seed: soakSeed() });
});
