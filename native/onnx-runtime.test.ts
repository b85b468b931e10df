import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { speakerModelFiles } from '../src/core/folders.ts';
import { silenceOnnxRuntime } from './onnx-runtime.ts';

test('ONNX Runtime is silenced once it is loaded, as often as one likes, and works nevertheless', async () => {
  expect(silenceOnnxRuntime()).toBe(false);
  const { InferenceSession } = createRequire(import.meta.url)('onnxruntime-node');
  expect(silenceOnnxRuntime()).toBe(true);
  const session = await InferenceSession.create(speakerModelFiles().activity, {
    executionProviders: ['cpu'],
  });
  expect(silenceOnnxRuntime()).toBe(true);
  expect(session.inputNames).toEqual(['waveform']);
});
