import { z } from './schema.ts';

const time = z.number().nonnegative();

/** How fast is read aloud: 1 is the voice's own speed. */
export const ReadingSpeed = z.number().min(0.5).max(2);

/** The longest text that is spoken at once: a sentence, or a part of a very long one. */
export const LONGEST_SPOKEN = 2_000;

/** A sentence as the bundled voice says it. */
export const SpokenSentence = z.object({
  /** 16-bit little-endian PCM of one channel. */
  samples: z.instanceof(Uint8Array),
  sampleRate: z.number().int().positive(),
  /** Where each word stands, in characters, and when it is said, in milliseconds. */
  words: z.array(z.object({ from: z.number().int(), to: z.number().int(), startMs: time, endMs: time })),
});
export type SpokenSentence = z.infer<typeof SpokenSentence>;

/** The language of the bundled voice. */
export const BUNDLED_VOICE_LANGUAGE = 'en';

/** Sound files that a text can be read into. */
export const SpokenFormat = z.enum(['wav', 'mp3']);
export type SpokenFormat = z.infer<typeof SpokenFormat>;
