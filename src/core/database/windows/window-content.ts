import { z } from '../../../contract/schema.ts';

const time = z.number().int().nonnegative();

const WindowPiece = z.object({
  windowStartMs: time,
  recordingStartMs: time,
  durationMs: time,
  /** The ranges with speech in it, in recording time. */
  speech: z.array(z.object({ startMs: time, endMs: time })).readonly(),
});

/** The content of a window: the ranges of the recording and their positions, and the language to transcribe it in. */
export const WindowPlan = z.object({
  pieces: z.array(WindowPiece).readonly(),
  /** Null if the job's own language applies. */
  language: z.string().nullable(),
});
export type WindowPlan = z.infer<typeof WindowPlan>;

/** The findings of a window besides its segments. */
export const WindowFindings = z.object({
  /** The detected language of the window, with the model's probability; null if not detected. */
  language: z.object({ language: z.string(), probability: z.number() }).nullable(),
  /** Speech that no decoding returned words for, in recording time. */
  notUnderstood: z.array(z.object({ startMs: time, endMs: time })).readonly(),
});
export type WindowFindings = z.infer<typeof WindowFindings>;
