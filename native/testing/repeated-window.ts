import { expect } from 'vitest';
import type { DecodingParameters } from '../../src/contract/engine.ts';
import { WhisperModel } from '../whisper.ts';
import { DICTATION, PARAMETERS } from './fixture-sounds.ts';

/**
 * Asserts that English decoded with `change` to `PARAMETERS` gives the same words again after the model has decoded other
 * sound in other ways, and in a model loaded afresh. `model` is the one of `DICTATION`.
 */
export async function assertRepeatsItsWords(
  model: WhisperModel,
  english: Int16Array,
  spanish: Int16Array,
  change: Partial<DecodingParameters>,
): Promise<void> {
  const parameters = { ...PARAMETERS, ...change };
  const first = await model.transcribe(english, parameters).result;
  await model.transcribe(spanish, { ...PARAMETERS, language: 'es', temperature: 1, breadth: 3 }).result;
  await model.detectLanguage(spanish, { threads: 2, audioContext: 150 }).result;
  expect(await model.transcribe(english, parameters).result).toEqual(first);
  const fresh = await WhisperModel.load(DICTATION);
  expect(await fresh.transcribe(english, parameters).result).toEqual(first);
  await fresh.free();
}
