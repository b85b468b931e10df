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

/** What a source file is, told by its headers alone: the length is only what the container claims. */
export const MediaFacts = z.object({
  /** ffmpeg's name of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  claimedDurationMs: z.number().int().nonnegative().nullable(),
  /** How much silence stands before the first packet, for its place on the container's clock; absent: none. */
  startMs: z.number().int().nonnegative().optional(),
  tracks: z.array(AudioTrack),
  hasVideo: z.boolean(),
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
