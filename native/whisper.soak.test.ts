import { afterAll, beforeAll, test } from 'vitest';
import type { DecodingParameters } from '../src/contract/engine.ts';
import { isShortSoak } from '../src/core/testing/soak.ts';
import { abortRounds } from './testing/aborted-rounds.ts';
import { DICTATION, decode, PARAMETERS, RATE } from './testing/fixture-sounds.ts';
import { assertRepeatsItsWords } from './testing/repeated-window.ts';
import { WhisperModel } from './whisper.ts';

let model: WhisperModel;
let english: Int16Array;
let spanish: Int16Array;
beforeAll(async () => {
  model = await WhisperModel.load(DICTATION);
  english = (await decode('e2e/fixtures/interview-en.m4a')).subarray(0, 27 * RATE);
  spanish = (await decode('e2e/fixtures/dictado-es.ogg')).subarray(0, 24 * RATE);
});
afterAll(() => model.free());

const ROUNDS = isShortSoak() ? 40 : 1000;

test(`${ROUNDS} aborts leave neither a crash, nor a leak, nor a trace in the words`, async () => {
  await abortRounds(model, english, PARAMETERS, ROUNDS);
});

const WAYS: [string, Partial<DecodingParameters>][] = [
  ['with beams', { strategy: 'beam' }],
  ['greedily', {}],
  ['by sampling', { temperature: 0.9, temperatureStep: 0 }],
  ['by sampling with another seed', { temperature: 0.9, temperatureStep: 0, seed: 7 }],
];
test.each(WAYS)('repeats its words, whatever ran before: %s', async (_way, change) => {
  await assertRepeatsItsWords(model, english, spanish, change);
});
