import { SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import { SPEAKER_CLASSES, SPEAKER_FRAMES } from '../../contract/speaker-models.ts';
import { LOCAL_SPEAKERS, WINDOW_VALUES } from './part-voices.ts';

/** The greatest value of an activity: the speaker talks for certain. */
export const FULL_ACTIVITY = 15;

/** Above this activity a speaker talks. In silence between two turns the model's answers are often near a half. */
export const ACTIVE = FULL_ACTIVITY * 0.7;

/** Milliseconds from one frame of the segmentation model to the next. */
export const ACTIVITY_FRAME_MS = 270 / SAMPLES_PER_MS;

/** From a window's start to the middle of its first frame. */
const FIRST_FRAME_MS = 495 / SAMPLES_PER_MS;

/** The classes in which each local speaker talks. */
const CLASSES_OF = [
  [1, 4, 5],
  [2, 4, 6],
  [3, 5, 6],
] as const;

/** The activity of each local speaker, frame by frame, from the segmentation model's class probabilities × 255. */
export function localActivity(classes: Uint8Array): Uint8Array {
  const activity = new Uint8Array(WINDOW_VALUES);
  for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
    for (const [local, own] of CLASSES_OF.entries()) {
      let sum = 0;
      for (const one of own) sum += classes[frame * SPEAKER_CLASSES + one] as number;
      activity[frame * LOCAL_SPEAKERS + local] = Math.min(
        FULL_ACTIVITY,
        Math.round((sum * FULL_ACTIVITY) / 255),
      );
    }
  }
  return activity;
}

/** The time of the middle of a frame, from its window's start. */
export function frameMs(frame: number): number {
  return FIRST_FRAME_MS + frame * ACTIVITY_FRAME_MS;
}

/** The frame whose middle is nearest to a time from its window's start; may lie outside the window. */
export function frameAt(ms: number): number {
  return Math.round((ms - FIRST_FRAME_MS) / ACTIVITY_FRAME_MS);
}

/** From this activity on, a speaker talks even if voice activity detection heard nothing, as with quiet voices far away. */
const CERTAIN = 13;

/** Speech may begin and end this much before and after voice activity does. */
const SPEECH_MARGIN_MS = 100;

/** Silences a window's activity where voice activity detection found no speech, in place: between turns it is often near a half. */
export function silenceOutside(activity: Uint8Array, windowStartMs: number, speech: readonly Span[]): void {
  const near = speech.filter(
    ({ startMs, endMs }) =>
      endMs + SPEECH_MARGIN_MS > windowStartMs &&
      startMs < windowStartMs + frameMs(SPEAKER_FRAMES) + SPEECH_MARGIN_MS,
  );
  for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
    const at = windowStartMs + frameMs(frame);
    const isSpeech = near.some(
      ({ startMs, endMs }) => at >= startMs - SPEECH_MARGIN_MS && at < endMs + SPEECH_MARGIN_MS,
    );
    const values = activity.subarray(frame * LOCAL_SPEAKERS, (frame + 1) * LOCAL_SPEAKERS);
    if (!isSpeech && Math.max(...values) < CERTAIN) values.fill(0);
  }
}
