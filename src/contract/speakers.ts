import { z } from './schema.ts';

const time = z.number().int().nonnegative();
const probability = z.number().min(0).max(1);

/** More people than this are not told apart in one recording. */
export const MOST_SPEAKERS = 20;

/** Less speech of one person alone than this is too little to know the voice again. */
export const LEAST_VOICE_MS = 10_000;

/** How many people speak in a recording of one channel. `isLimit`: at most so many; otherwise exactly. */
export const SpeakerCount = z.object({
  speakers: z.number().int().min(1).max(MOST_SPEAKERS),
  isLimit: z.boolean(),
});
export type SpeakerCount = z.infer<typeof SpeakerCount>;

/** All turns of one speaker in the current text of a recording, for a lane over its waveform. */
export const SpeakerLane = z.object({
  /** The speaker's label; null for turns of nobody known. */
  speaker: z.string().nullable(),
  /** In order; those of different speakers may overlap. */
  turns: z.array(z.object({ startMs: time, endMs: time })),
  /** Length of all turns together. */
  talkMs: time,
});
export type SpeakerLane = z.infer<typeof SpeakerLane>;

/** Who speaks when in a recording, by its current text. */
export const SpeakersView = z.object({
  recordingId: z.string(),
  /**
   * How its speakers are told apart: each has a channel, by their voices, or not at all.
   * `voices` only if a diarization is stored.
   */
  by: z.enum(['channels', 'voices', 'nothing']),
  /** The number that was asked for; null: found automatically. */
  count: SpeakerCount.nullable(),
  /** Whether the number can be changed: the voices have been heard, or the sound to hear them is there. */
  canRecount: z.boolean(),
  /** In order of the first turn. */
  lanes: z.array(SpeakerLane),
  /** Speakers that were named because their voice is known in the matter. */
  recognised: z.array(z.object({ speaker: z.string(), voiceId: z.string(), certainty: probability })),
});
export type SpeakersView = z.infer<typeof SpeakersView>;

/** A segment whose voice is like that of another one, although its text has another speaker. */
export const SimilarSegment = z.object({
  /** Its id in the current text. */
  id: z.string(),
  startMs: time,
  endMs: time,
  text: z.string(),
  /** The present label. */
  speaker: z.string().nullable(),
  certainty: probability,
});
export type SimilarSegment = z.infer<typeof SimilarSegment>;

/**
 * A voice that is remembered in a matter, so that later recordings name it. Biometric data: stored sealed, and only since the
 * user asked for it.
 */
export const KnownVoiceView = z.object({
  id: z.string(),
  matterId: z.string(),
  name: z.string(),
  /** Name of the recording that it was learnt from; null once that is gone. */
  recordingName: z.string().nullable(),
  /** Length of the speech that it was learnt from. */
  speechMs: time,
  /** Milliseconds since 1970; null: kept until deleted. */
  rememberedAtMs: z.number().int(),
  expiresAtMs: z.number().int().nullable(),
});
export type KnownVoiceView = z.infer<typeof KnownVoiceView>;
