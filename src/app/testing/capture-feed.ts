import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import type { CaptureOptions } from '../../contract/capture.ts';
import { type CaptureBeginning, CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import type { AppServices } from '../open-app.ts';
import { make } from './short-recordings.ts';
import { testFolder } from './test-folder.ts';

/** A capture session without live text, of one microphone with the browser's processing off. */
export const PLAIN_CAPTURE: CaptureOptions = {
  ...{ matterId: null, name: null, deviceId: null, systemAudio: false },
  processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  choice: { model: null, language: 'en', prompt: '', speakers: 'auto', translate: false, keepSilence: false },
  liveText: false,
  finalTranscript: false,
};

/** Begins a capture in an open vault. */
export function beginCapture(
  services: Pick<AppServices, 'vault' | 'database'>,
  sound: Partial<CaptureBeginning> = {},
): Promise<CaptureRecorder> {
  const beginning = { name: 'Dictation', matterId: null, sampleRate: 48_000, channels: 1 };
  return CaptureRecorder.begin(services, {
    ...beginning,
    startedAtMs: Date.now(),
    options: PLAIN_CAPTURE,
    ...sound,
  });
}

/** The interleaved samples of a recording, as ffmpeg converts it to this rate and these channels. */
export async function samplesOf(path: string, sampleRate: number, channels: number): Promise<Int16Array> {
  const raw = await make(
    join(await testFolder(), 'samples.raw'),
    ...['-i', path, '-ar', String(sampleRate), '-ac', String(channels), '-f', 's16le'],
  );
  const bytes = await readFile(raw);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / BYTES_PER_SAMPLE);
}

/** Gives a recorder all samples in frames of 20 ms, as fast as it seals them. */
export async function feed(recorder: CaptureRecorder, samples: Int16Array): Promise<void> {
  const frame = (recorder.sampleRate / 50) * recorder.channels;
  for (let start = 0; start < samples.length; start += frame) {
    recorder.write(samples.subarray(start, start + frame));
    if ((start / frame) % 500 === 499) await recorder.caughtUp();
  }
}
