import { join } from 'node:path';
import type { ModelChoice } from '../../../contract/job.ts';
import type { ModelStore } from '../model-store.ts';

/**
 * The fixture model that tests transcribe with: small enough to load at once, and trained on nothing but the
 * sentences of the recordings in `e2e/fixtures`. e2e/fixtures/models/README.md describes it.
 */
export const DICTATION_MODEL: ModelChoice = {
  name: 'ggml-sample-dictation',
  path: join(import.meta.dirname, '../../../../e2e/fixtures/models/ggml-sample-dictation.bin'),
  sha256: 'b4fb5b62928542149740fa5717fb2394e79df3349173498d33fb16b56ee6e8aa',
};

/** Imports the fixture model into a store, and makes it the default. */
export async function chooseDictationModel(store: ModelStore): Promise<void> {
  await store.setDefault((await store.import(DICTATION_MODEL.path)).name);
}
