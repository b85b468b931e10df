import { z } from '../../../contract/schema.ts';
import { SpeakerCount } from '../../../contract/speakers.ts';

/** A turn as it is stored. */
export const StoredTurn = z.object({
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** Index in `speakers`. */
  speaker: z.number().int(),
  certainty: z.number(),
});

/** A speaker as it is stored. */
export const StoredSpeaker = z.object({
  /** The label that it had when the turns were put into the text. */
  label: z.string().nullable(),
  /** Mean of the voice's embeddings, of length 1. */
  embedding: z.array(z.number()),
  speechMs: z.number().int(),
  /** The known voice that it was recognised as. */
  known: z.object({ voiceId: z.string(), certainty: z.number() }).nullable(),
});

/** The numbers of speakers that were asked for before and after a diarization took another's place; null: found automatically. */
export const Recount = z.object({ before: SpeakerCount.nullable(), after: SpeakerCount.nullable() });
export type Recount = z.infer<typeof Recount>;
