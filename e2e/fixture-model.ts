import { join } from 'node:path';
import { ModelStore } from '../src/core/models/model-store.ts';
import { chooseDictationModel } from '../src/core/models/testing/dictation-model.ts';

/**
 * Imports the fixtures' model into an app's data folder, as a user would, and makes it the default: it transcribes a
 * fixture in seconds, and every word of it is known.
 */
export async function bringFixtureModel(home: string): Promise<void> {
  await chooseDictationModel(new ModelStore(join(home, 'models')));
}
