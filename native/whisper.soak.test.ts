import { afterAll, beforeAll, test } from 'vitest';
import { isShortSoak } from '../src/core/testing/soak.ts';
import { abortRounds } from './testing/aborted-rounds.ts';
import { DICTATION, decode, PARAMETERS, RATE } from './testing/fixture-sounds.ts';
import { WhisperModel } from './whisper.ts';

let model: WhisperModel;
beforeAll(async () => {
  model = await WhisperModel.load(DICTATION);
});
afterAll(() => model.free());

const ROUNDS = isShortSoak() ? 100 : 1000;

test(`${ROUNDS} aborts leave neither a crash, nor a leak, nor a trace in the words`, async () => {
  const english = (await decode('e2e/fixtures/interview-en.m4a')).subarray(0, 27 * RATE);
  await abortRounds(model, english, PARAMETERS, ROUNDS);
});
