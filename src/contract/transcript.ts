import { z } from './schema.ts';

const time = z.number().int().nonnegative();
const confidence = z.number().min(0).max(1);

/** One word as it was transcribed. `text` is trimmed; punctuation stays attached. */
export const Word = z.object({ startMs: time, endMs: time, text: z.string().min(1), confidence });
export type Word = z.infer<typeof Word>;

/**
 * Warnings about a segment.
 * - `loop`: the text repeats itself as in a decoder loop; other decoding parameters did not help.
 * - `improbable`: the model gave the text a low probability, after every retry.
 * - `overlap`: several people talk at once here.
 * - `unsureSpeaker`: the speaker was told by the voice, and another one is nearly as likely.
 * - `notHeard`: of a text that was brought along: nothing like it was heard in the sound.
 */
export const SegmentFlag = z.enum(['loop', 'improbable', 'overlap', 'unsureSpeaker', 'notHeard']);
export type SegmentFlag = z.infer<typeof SegmentFlag>;

/** A span of text with start and end, in milliseconds from the recording's start. */
export const Segment = z.object({
  startMs: time,
  endMs: time,
  /** Trimmed text. Joining the words with spaces need not restore it: some scripts have no spaces. */
  text: z.string().min(1),
  /** The speaker's label; null if unknown. */
  speaker: z.string().nullable(),
  /** ISO 639-1 code as Whisper names it, e.g. `en`. */
  language: z.string(),
  /** Mean probability of the segment's text tokens. */
  confidence,
  flags: z.array(SegmentFlag),
  words: z.array(Word),
});
export type Segment = z.infer<typeof Segment>;

/**
 * A range without text.
 * - `noSpeech`: no speech was detected, so that nothing was transcribed there.
 * - `notUnderstood`: speech was detected, but no decoding returned words.
 * - `notInText`: words were heard that a text which was brought along does not have.
 */
export const SkippedRange = z.object({
  startMs: time,
  endMs: time,
  reason: z.enum(['noSpeech', 'notUnderstood', 'notInText']),
});
export type SkippedRange = z.infer<typeof SkippedRange>;

/** A range that is probably spoken in another language than the one it was transcribed in. */
export const LanguageRange = z.object({
  startMs: time,
  endMs: time,
  /** ISO 639-1 code as Whisper names it. */
  language: z.string(),
  /** The model's, averaged over the range. */
  probability: confidence,
});
export type LanguageRange = z.infer<typeof LanguageRange>;
