import { z } from './schema.ts';

/** States of a recording: `incomplete` keeps what arrived of a source that changed or vanished before it was read. */
export const RecordingState = z.enum(['importing', 'ready', 'incomplete']);
export type RecordingState = z.infer<typeof RecordingState>;

/** One audio stream of a source file, as the decoder reports it. */
export const AudioTrack = z.object({
  /** Index of the stream in the container. */
  index: z.number().int().nonnegative(),
  codec: z.string(),
  channels: z.number().int().positive(),
  sampleRate: z.number().int().positive(),
  /** ISO 639 code from the container, or null. */
  language: z.string().nullable(),
  title: z.string().nullable(),
});
export type AudioTrack = z.infer<typeof AudioTrack>;

/**
 * How a source is read whose own headers do not tell: a guess that the user is told of.
 * - `ending`: raw sound of a telephone system, by the ending of its name.
 * - `lostIndex`: a phone's recording whose index was never written, by its samples.
 */
export const AssumedReading = z.object({
  because: z.enum(['ending', 'lostIndex']),
  /** How its samples are coded. */
  coding: z.enum([
    ...(['aac', 'amrnb', 'amrwb'] as const),
    ...(['mulaw', 'alaw', 's16le', 's16be', 's24le', 's24be'] as const),
    ...(['vox', 'gsm', 'g722', 'g723', 'g726', 'g726-16', 'g726-24', 'g726-40', 'g729', 'ilbc'] as const),
  ]),
  /** In hertz. */
  sampleRate: z.number().int().positive(),
  channels: z.number().int().positive(),
  /**
   * What the guess rests on: the ending, with its dot; or the name of the whole recording beside it whose parameters were taken,
   * null where they are the usual ones.
   */
  by: z.string().nullable(),
});
export type AssumedReading = z.infer<typeof AssumedReading>;

/** What a source file is, told by its headers alone: the length is only what the container claims. */
export const MediaFacts = z.object({
  /** ffmpeg's name of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  claimedDurationMs: z.number().int().nonnegative().nullable(),
  /** How much silence stands before the first packet, for its place on the container's clock; absent: none. */
  startMs: z.number().int().nonnegative().optional(),
  tracks: z.array(AudioTrack),
  hasVideo: z.boolean(),
  /** How it is read where no header tells; null where one does, as in recordings that are older than this field. */
  assumed: AssumedReading.nullable().default(null),
});
export type MediaFacts = z.infer<typeof MediaFacts>;

/**
 * How the source's channels became the working copy's.
 * - `single`: one channel in the source, or the only live one of several.
 * - `mixed`: several channels of one room, mixed down to one.
 * - `speakers`: one kept channel per speaker.
 */
export const ChannelLayout = z.enum(['single', 'mixed', 'speakers']);
export type ChannelLayout = z.infer<typeof ChannelLayout>;
