import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourcesFolder } from '../folders.ts';
import { type HeaderFields, modelHeader } from './model-header.fixture.ts';
import { modelFacts } from './model-header.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-header-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function factsOf(content: Buffer) {
  const file = join(folder, 'ggml-some.bin');
  await writeFile(file, content);
  return await modelFacts(file);
}
const factsWith = (fields: HeaderFields) => factsOf(modelHeader(fields));

describe('modelFacts', () => {
  it('reads the sample model', async () => {
    const facts = await modelFacts(join(resourcesFolder(), 'models', 'ggml-sample-dictation.bin'));
    expect(facts).toMatchObject({
      multilingual: true,
      encoderLayers: 4,
      decoderLayers: 3,
      width: 192,
      quantisation: 'q8_0',
    });
  });

  it('knows that English-only models neither know nor translate other languages', async () => {
    expect(await factsWith({ vocabulary: 51_864 })).toMatchObject({
      multilingual: false,
      canTranslate: false,
    });
  });

  it('knows that large models with a shortened decoder cannot translate, and whole ones can', async () => {
    const large = { vocabulary: 51_866, encoderLayers: 32 };
    expect(await factsWith({ ...large, decoderLayers: 4 })).toMatchObject({ canTranslate: false });
    expect(await factsWith(large)).toMatchObject({ multilingual: true, canTranslate: true });
  });

  it('reads the quantisation below its format version', async () => {
    expect(await factsWith({ fileType: 2008 })).toMatchObject({ quantisation: 'q5_0' });
  });

  it.each([
    ['another magic number', modelHeader({ magic: 0x46464952 })],
    ['a file type at which the engine would abort', modelHeader({ fileType: 4 })],
    ['a vocabulary that is not Whisper’s', modelHeader({ vocabulary: 32_000 })],
    ['no layers', modelHeader({ encoderLayers: 0 })],
    ['a cut header', modelHeader().subarray(0, 47)],
    ['nothing', Buffer.alloc(0)],
  ])('takes no model with %s', async (_, content) => {
    await expect(factsOf(content)).rejects.toMatchObject({ code: 'model.notAModel' });
  });

  it('tells GGUF files apart as unsupported', async () => {
    await expect(factsOf(Buffer.from('GGUF\u0003'))).rejects.toMatchObject({ code: 'model.unsupported' });
  });
});
