import { z } from './schema.ts';

const time = z.number().int().nonnegative();

/** A stretch of an existing text that one person says; times where its file has some, as in subtitles. */
export const TextPassage = z.object({
  /** The name that stands before it; null if there is none. */
  speaker: z.string().min(1).nullable(),
  text: z.string().min(1),
  startMs: time.nullable(),
  endMs: time.nullable(),
});
export type TextPassage = z.infer<typeof TextPassage>;

/** A text that was written outside of the app, about a recording. */
export const ExistingText = z.object({
  /** The file's name, without its folder. */
  name: z.string(),
  /** Of the file, in hex. */
  sha256: z.string(),
  passages: z.array(TextPassage).min(1),
});
export type ExistingText = z.infer<typeof ExistingText>;

/** How well an existing text fits a recording. */
export const TextFit = z.object({
  /** Words of the text, and how many of them the machine heard, too. */
  words: time,
  foundWords: time,
  /** Stretches of some words each: in the text without having been heard, and heard without being in the text. */
  notHeard: time,
  notInText: time,
});
export type TextFit = z.infer<typeof TextFit>;

/**
 * What became of an existing text.
 * - `added`: it is a version of the transcript, and the current one.
 * - `waiting`: the recording is not transcribed yet; the text is added as soon as it is.
 * - `unlike`: too few words were found; it waits for the user's answer.
 */
export const TextOutcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('added'), fit: TextFit, versionNumber: z.number().int().positive() }),
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('unlike'), fit: TextFit }),
]);
export type TextOutcome = z.infer<typeof TextOutcome>;

/** A text that is not in its recording's transcript yet: that waits for the transcription, or for the user's answer. */
export const WaitingTextView = z.object({
  name: z.string(),
  /** Null while the recording is not transcribed. */
  fit: TextFit.nullable(),
});
export type WaitingTextView = z.infer<typeof WaitingTextView>;

/** What is known of a version that was brought along as a text. */
export const BroughtText = z.object({
  name: z.string(),
  sha256: z.string(),
  fit: TextFit,
  /** The version whose words gave it its times. */
  baseVersionId: z.string(),
  /** Where something was said that the text does not have. */
  notInText: z.array(z.object({ startMs: time, endMs: time })),
});
export type BroughtText = z.infer<typeof BroughtText>;

/** The greatest file that is read as a text. */
export const LARGEST_TEXT_BYTES = 32 * 1024 * 1024;

/** The endings of files that can hold an existing text, without a dot. */
export const TEXT_ENDINGS = ['txt', 'docx', 'srt', 'vtt', 'json'] as const;

/** Whether a file is an existing text, by its name. */
export function isTextName(name: string): boolean {
  return new RegExp(`\\.(${TEXT_ENDINGS.join('|')})$`, 'iu').test(name);
}
