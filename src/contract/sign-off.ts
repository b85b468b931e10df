import { z } from './schema.ts';

const time = z.number().int().nonnegative();

/** A range of a recording that was played. */
export const PlayedSpan = z.object({ startMs: time, endMs: time });
export type PlayedSpan = z.infer<typeof PlayedSpan>;

/** Name of the person who checks a text, as typed. */
export const CheckerName = z.string().trim().min(1).max(200);

/** The most changes since a text was checked that are listed. */
export const MOST_CHANGES_LISTED = 500;

/** A passage that has changed since the text was checked. */
export const CheckedChange = z.object({
  /** Its segment in the current text. */
  segmentId: z.string(),
  /** Start of that segment. */
  startMs: time,
  /** What changed: words, or who says them. */
  what: z.enum(['words', 'speaker']),
  /** The words, or the speaker, as they were checked; empty if there were none. */
  before: z.string(),
  /** As they are now; empty if there are none. */
  now: z.string(),
});
export type CheckedChange = z.infer<typeof CheckedChange>;

/** That a person has checked a text. */
export const SignOffView = z.object({
  by: z.string(),
  /** Milliseconds since 1970. */
  atMs: z.number().int(),
  /** How much of the recording had been played until then, in per cent. */
  percent: z.number().int().min(0).max(100),
  /** How many passages have changed since. */
  changeCount: z.number().int().nonnegative(),
  /** The first of them, in the text's order. */
  changes: z.array(CheckedChange),
});
export type SignOffView = z.infer<typeof SignOffView>;

/** What is known of the checking of a recording's text. */
export const CheckingView = z.object({
  /** Null if nobody has said that they checked it, or they took it back. */
  signOff: SignOffView.nullable(),
  /** What was played in the transcript screen, merged and in order. */
  played: z.array(PlayedSpan),
  /** Who checked a text of this vault last; empty at first. */
  usualName: z.string(),
});
export type CheckingView = z.infer<typeof CheckingView>;
