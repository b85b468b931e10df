import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { writeMadeModel } from '../../core/models/testing/made-model.ts';
import { jobOptionsFor } from '../jobs/job-options.ts';
import { Models } from './models.ts';

const ENGLISH_VOCABULARY = 51_864;
const nothing = () => undefined;
const code = (expected: string) => expect.objectContaining({ code: expected });

let folder: string;
let models: Models;
beforeEach(() => {
  folder = temporaryFolder();
  models = new Models(new ModelStore(join(folder, 'models')));
});

async function brought(name: string, made: Parameters<typeof writeMadeModel>[1] = {}) {
  const file = join(folder, name);
  await writeMadeModel(file, made);
  return await models.import(file, nothing);
}

const names = async () => (await models.list()).installed.map(({ name }) => name);

test('a model that unfinished work needs is not removed; any other is', async () => {
  const { name } = await brought('needed.bin', { mark: 1 });
  const beside = models.besides(async (asked) => asked === 'needed');
  await expect(beside.remove(name)).rejects.toEqual(code('model.inUse'));
  expect(await names()).toContain('needed');
  await models.remove(name);
  expect(await names()).not.toContain('needed');
});

test('what the user made the default stays it, however much larger another is', async () => {
  const small = await brought('small-own.bin', { encoderLayers: 1, mark: 1 });
  const large = await brought('large-own.bin', { encoderLayers: 8, mark: 2 });
  await models.makeDefault(small.name);
  await models.preferIfBetter(large);
  expect((await models.resolve(null)).choice.name).toBe('small-own');
});

test('a job is refused what its model is not able to do', async () => {
  const { name } = await brought('english.bin', { vocabulary: ENGLISH_VOCABULARY, mark: 3 });
  const wish = { ...DEFAULT_CHOICE, model: name };
  await expect(jobOptionsFor(models, { ...wish, language: 'es' }, [])).rejects.toEqual(
    code('model.englishOnly'),
  );
  await expect(jobOptionsFor(models, { ...wish, translate: true }, [])).rejects.toEqual(
    code('model.cannotTranslate'),
  );
  const options = await jobOptionsFor(models, { ...wish, language: 'en' }, ['Quiroz', 'estoppel']);
  expect(options).toMatchObject({ language: 'en', prompt: 'Quiroz, estoppel', threads: null });
});
