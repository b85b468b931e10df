import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourcesFolder } from '../folders.ts';
import { modelFacts } from './model-header.ts';
import { BUNDLED_MODEL, VOICE_ACTIVITY_FILE } from './official-models.ts';
import { DICTATION_MODEL } from './testing/dictation-model.ts';
import { type MadeModel, madeHeader, writeMadeModel } from './testing/made-model.ts';

/** The largest weight of a small model. */
const TOKENS = 'decoder.token_embedding.weight';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-header-'));
  file = join(folder, 'ggml-some.bin');
});
afterAll(() => rm(folder, { recursive: true }));

async function factsWith(made: MadeModel) {
  await writeMadeModel(file, made);
  return await modelFacts(file);
}

async function factsOf(content: Buffer) {
  await writeFile(file, content);
  return await modelFacts(file);
}

describe('modelFacts', () => {
  it('reads the bundled model', async () => {
    expect(await modelFacts(join(resourcesFolder(), 'models', BUNDLED_MODEL.file))).toEqual({
      multilingual: true,
      canTranslate: true,
      encoderLayers: 6,
      decoderLayers: 6,
      width: 512,
      quantisation: 'q8_0',
    });
  });

  it('reads a model that was quantised otherwise', async () => {
    expect(await modelFacts(DICTATION_MODEL.path)).toMatchObject({ width: 192, quantisation: 'q8_0' });
  });

  it('knows that English-only models neither know nor translate other languages', async () => {
    expect(await factsWith({ vocabulary: 51_864 })).toMatchObject({
      multilingual: false,
      canTranslate: false,
    });
  });

  it('knows that large models with a shortened decoder cannot translate, and whole ones can', async () => {
    const large = { vocabulary: 51_866, encoderLayers: 32, melBands: 128 };
    expect(await factsWith({ ...large, decoderLayers: 4 })).toMatchObject({ canTranslate: false });
    expect(await factsWith(large)).toMatchObject({ multilingual: true, canTranslate: true });
  });

  it('reads the quantisation below its format version', async () => {
    expect(await factsWith({ fileType: 2008 })).toMatchObject({ quantisation: 'q5_0' });
  });

  it.each([
    ['a text', Buffer.from('These are not the weights you are looking for.'.repeat(9))],
    ['another magic number', madeHeader({ magic: 0x46464952 })],
    ['another model of ggml’s first format', madeHeader({ vocabulary: 32_000 })],
    ['no layers', madeHeader({ encoderLayers: 0 })],
    ['nothing', Buffer.alloc(0)],
  ])('takes no model with %s', async (_, content) => {
    await expect(factsOf(content)).rejects.toMatchObject({ code: 'model.notAModel' });
  });

  it.each([
    ['GGUF', Buffer.from('GGUF\u0003\0\0\0')],
    ['safetensors', Buffer.from('\x40\0\0\0\0\0\0\0{"__metadata__":{"format":"pt"}}')],
    ['PyTorch', Buffer.from('PK\u0003\u0004\0\0\u0008\u0008\0\0\0\0\0\0archive/data.pkl')],
    ['PyTorch', Buffer.from('80028a0a6cfc9c46f9206aa850192e8002', 'hex')],
    ['CTranslate2', Buffer.from('\x06\0\0\0\x0c\0WhisperSpec\0\x03\0\0\0')],
    ['ONNX', Buffer.from('\x08\x08\x12\x07pytorch\x1a\x061.13.0')],
  ])('names the format of a %s model', async (format, content) => {
    await expect(factsOf(content)).rejects.toMatchObject({ code: 'model.otherFormat', details: { format } });
  });

  it('tells the weights that find speech from those that know words', async () => {
    const weights = join(resourcesFolder(), 'models', VOICE_ACTIVITY_FILE);
    await expect(modelFacts(weights)).rejects.toMatchObject({ code: 'model.voiceActivity' });
  });

  it('says how large a vocabulary is that was extended', async () => {
    await expect(factsWith({ vocabulary: 52_001 })).rejects.toMatchObject({
      code: 'model.vocabularyTooLarge',
      details: { tokens: 52_001 },
    });
  });

  it.each([
    ['a file type at which ggml would abort', { fileType: 4 }],
    ['weights of a type that no Whisper model has', { weightType: 16 }],
  ])('cannot use %s', async (_, made) => {
    await expect(factsWith(made)).rejects.toMatchObject({ code: 'model.unsupported' });
  });

  it.each([
    ['one weight twice as wide as the header says', { dimensions: { [TOKENS]: [32, 51_865] } }],
    ['a vocabulary other than the header’s', { dimensions: { [TOKENS]: [16, 51_864] } }],
    ['a token of a megabyte', { tokenLength: 2 ** 20 }],
    ['a weight larger than ggml has', { dimensions: { [TOKENS]: [2 ** 24, 200] } }],
    ['a weight in five dimensions', { dimensions: { [TOKENS]: [1, 1, 1, 1, 1] } }],
  ])('finds that the content contradicts the header: %s', async (_, made) => {
    await expect(factsWith(made)).rejects.toMatchObject({ code: 'model.damaged' });
  });

  it('finds that weights are missing, and what is not one of them', async () => {
    await expect(factsWith({ weights: 49 })).rejects.toMatchObject({ code: 'model.cutShort' });
    await writeMadeModel(file);
    await appendFile(file, '</html>');
    await expect(modelFacts(file)).rejects.toMatchObject({
      code: 'model.trailingBytes',
      details: { extraBytes: 7 },
    });
  });

  it('finds a file cut short wherever it ends', async () => {
    const length = await writeMadeModel(file);
    for (const end of [length - 1, length - 40, 500_000, 64_400, 60, 49, 48, 47, 20, 4]) {
      await truncate(file, end);
      await expect(modelFacts(file), `cut at ${end}`).rejects.toMatchObject({ code: 'model.cutShort' });
    }
  });

  it('finds where a copy was preallocated and never written to its end', async () => {
    const whole = await readFile(DICTATION_MODEL.path);
    whole.fill(0, 9_000_000);
    await expect(factsOf(whole)).rejects.toMatchObject({ code: 'model.damaged' });
  });
});
