import { LanguageChoice, SpeakerChoice } from './job.ts';
import { z } from './schema.ts';
import { SpeakerCount } from './speakers.ts';

/** The browser's processing of a microphone (MediaTrackConstraints); all off unless chosen. */
export const InputProcessing = z.object({
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGainControl: z.boolean(),
});
export type InputProcessing = z.infer<typeof InputProcessing>;

/** What the user last chose for recording: the next one starts with it, from the window or by the global shortcut. */
export const RecordingChoice = z.object({
  /**
   * The microphone; null for the system's default. Its id holds only while the app runs, since Chromium salts ids anew
   * at each start: later it is found by its label.
   */
  microphone: z.object({ deviceId: z.string(), label: z.string().max(500) }).nullable(),
  systemAudio: z.boolean(),
  processing: InputProcessing,
  /** Null for that of the matter. */
  language: LanguageChoice.nullable(),
  /** How speakers are told apart; null for the matter's way. Choices older than this field have none. */
  telling: z
    .object({ speakers: SpeakerChoice, speakerCount: SpeakerCount.nullable() })
    .nullable()
    .default(null),
  liveText: z.boolean(),
  finalTranscript: z.boolean(),
});
export type RecordingChoice = z.infer<typeof RecordingChoice>;

/** The delivered choice: the sound as the system's default microphone gives it, with both transcripts. */
export const DELIVERED_RECORDING_CHOICE: RecordingChoice = {
  microphone: null,
  systemAudio: false,
  processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  language: null,
  telling: null,
  liveText: true,
  finalTranscript: true,
};
