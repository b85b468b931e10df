import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { SPEAKER_CLASSES, SPEAKER_FRAMES } from '../../contract/engine.ts';
import { LOCAL_SPEAKERS, WINDOW_VALUES } from './part-voices.ts';

/** The greatest value of an activity: the speaker talks for certain. */
export const FULL_ACTIVITY = 15;

/** From this activity on, a speaker talks rather than not. */
export const ACTIVE = FULL_ACTIVITY / 2;

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
