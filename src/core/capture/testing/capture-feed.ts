import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { CaptureOptions } from '../../../contract/capture.ts';
import { type CaptureBeginning, CaptureRecorder } from '../capture-recorder.ts';
import type { CaptureStore } from '../capture-source.ts';

/** A capture session of one microphone with the browser's processing off, without live text and final transcript. */
export const PLAIN_CAPTURE: CaptureOptions = {
  ...{ matterId: null, name: null, deviceId: null, systemAudio: false },
  processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  choice: {
    ...{
      model: null,
      language: 'en',
      prompt: '',
      speakers: 'auto',
      speakerCount: null,
      translate: false,
      keepSilence: false,
    },
  },
  ...{ liveText: false, finalTranscript: false },
};

/** Begins a capture in an open vault: of one channel at 48 kHz unless told otherwise. */
export function beginCapture(
  store: CaptureStore,
  sound: Partial<CaptureBeginning> = {},
): Promise<CaptureRecorder> {
  return CaptureRecorder.begin(store, {
    ...{ name: 'Dictation', matterId: null, sampleRate: 48_000, channels: 1 },
    ...{ startedAtMs: Date.now() + 0.25, options: PLAIN_CAPTURE },
    ...sound,
  });
}

/** Gives a recorder all samples in frames of 20 ms, as fast as it seals them. */
export async function feed(recorder: CaptureRecorder, samples: Int16Array): Promise<void> {
  const frame = (recorder.sampleRate / 50) * recorder.channels;
  for (let start = 0; start < samples.length; start += frame) {
    recorder.write(samples.subarray(start, start + frame));
    if ((start / frame) % 500 === 499) await recorder.caughtUp();
  }
}

/** Samples that never repeat within a minute, the same for the same place: `sampleAt(i)` for every `i` from `start` on. */
export function numbered(start: number, count: number): Int16Array {
  return Int16Array.from({ length: count }, (_, i) => Math.imul(start + i, 2_654_435_761) >>> 17);
}

/** Bytes of this process's objects and buffers that are in use. */
export function usedBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A full collection, without the program having been started with `--expose-gc`. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
