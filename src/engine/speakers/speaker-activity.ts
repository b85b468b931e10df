import { NativeFailure } from '../../../native/whisper.ts';
import { SPEAKER_CLASSES, SPEAKER_FRAMES, SPEAKER_WINDOW_SAMPLES } from '../../contract/speaker-models.ts';
import type { OnnxModel } from './onnx-model.ts';

/** Input and output of pyannote segmentation 3.0 as it was exported. */
export const SPEAKER_ACTIVITY_TENSORS = ['waveform', 'logprob'] as const;

/** One for all windows: a new one for each would stay as 50 MB of garbage. */
const waveform = new Float32Array(SPEAKER_WINDOW_SAMPLES);

/**
 * Tells who of up to three people speaks in 16 kHz PCM of SPEAKER_WINDOW_SAMPLES at most, by pyannote segmentation 3.0:
 * SPEAKER_FRAMES × SPEAKER_CLASSES probabilities times 255. One call at a time. Rejected with NativeFailure
 * `inferenceFailed`.
 */
export async function speakerActivity(model: OnnxModel, pcm: Int16Array): Promise<Uint8Array> {
  if (pcm.length > SPEAKER_WINDOW_SAMPLES) throw new NativeFailure('inferenceFailed');
  waveform.fill(0, pcm.length);
  for (let i = 0; i < pcm.length; i += 1) waveform[i] = (pcm[i] as number) / 32_768;
  const logProbabilities = await model.run(waveform, [1, 1, SPEAKER_WINDOW_SAMPLES]);
  if (logProbabilities.length !== SPEAKER_FRAMES * SPEAKER_CLASSES) {
    throw new NativeFailure('inferenceFailed');
  }
  return Uint8Array.from(logProbabilities, (logProbability) => Math.round(Math.exp(logProbability) * 255));
}
