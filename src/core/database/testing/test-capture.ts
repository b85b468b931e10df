import type { CaptureOptions } from '../../../contract/capture.ts';
import type { TextMaking } from '../../../contract/text-making.ts';
import type { Database } from '../database.ts';
import { newRecording, OPTIONS } from './test-database.ts';

/** Options of a capture with live text and final transcript. */
export const CAPTURE_OPTIONS: CaptureOptions = {
  matterId: null,
  name: null,
  deviceId: null,
  systemAudio: false,
  processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  choice: {
    model: null,
    language: 'en',
    prompt: '',
    speakers: 'auto',
    speakerCount: null,
    translate: false,
    keepSilence: false,
  },
  liveText: true,
  finalTranscript: true,
};

/** How the live texts of tests are made. */
export const LIVE_MAKING: TextMaking = {
  options: { ...OPTIONS, model: { ...OPTIONS.model, name: 'tiny-live' } },
  detectedLanguage: null,
  languageProbability: null,
};

/** Adds a recording with a capture in state `recording`; returns its id. */
export async function addCapture(db: Database, name = 'dictation'): Promise<string> {
  const recording = newRecording(name);
  const capture = { startedAtMs: 1, sampleRate: 48_000, channels: 1, options: CAPTURE_OPTIONS };
  await db.captures.begin({ recording, capture });
  return recording.id;
}
