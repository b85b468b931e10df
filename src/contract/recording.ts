import { z } from './schema.ts';

/** States of a recording: `incomplete` holds the part read of a source that changed or vanished during the import. */
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
 * How a source without usable headers is read: a guess that is shown to the user.
 * - `ending`: raw audio of a telephone system, by the file name's extension.
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
   * Basis of the guess: the extension, with its dot; or the name of the intact recording beside it whose parameters
   * were used, null for default parameters.
   */
  by: z.string().nullable(),
});
export type AssumedReading = z.infer<typeof AssumedReading>;

/** Facts of a source file by its headers alone: the length is only what the container claims. */
export const MediaFacts = z.object({
  /** ffmpeg's name of the container, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  container: z.string(),
  claimedDurationMs: z.number().int().nonnegative().nullable(),
  /** Silence before the first packet, by its timestamp on the container's clock; absent: none. */
  startMs: z.number().int().nonnegative().optional(),
  tracks: z.array(AudioTrack),
  hasVideo: z.boolean(),
  /** How it is read without a header; null if it has one, and for recordings older than this field. */
  assumed: AssumedReading.nullable().default(null),
  /**
   * Recorded by this app: the source is 16-bit samples, little endian, without a header, at the rate and with the channels
   * of its only track. Absent: imported.
   */
  isCaptured: z.boolean().optional(),
});
export type MediaFacts = z.infer<typeof MediaFacts>;

/**
 * How the source's channels map to the working copy's.
 * - `single`: one channel in the source, or the only non-silent one of several.
 * - `mixed`: several channels of one room, mixed down to one.
 * - `speakers`: one kept channel per speaker.
 */
export const ChannelLayout = z.enum(['single', 'mixed', 'speakers']);
export type ChannelLayout = z.infer<typeof ChannelLayout>;
