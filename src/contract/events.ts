import { ExportFormat } from './document.ts';
import { Failure } from './errors.ts';
import { TextOutcome } from './existing-text.ts';
import { JobFigures, JobRange, JobStage, JobState } from './job.ts';
import { ChannelLayout } from './recording.ts';
import { z } from './schema.ts';
import { Segment } from './transcript.ts';

const id = z.string();
const milliseconds = z.number().nonnegative();

/** A job's progress. Coalesced to ten events a second. */
export const JobProgress = z.object({
  stage: JobStage,
  /** Recording time up to which all is transcribed, and the recording's length (as far as known). */
  transcribedMs: milliseconds,
  durationMs: milliseconds.nullable(),
  /** 0 to 100, never falling within an attempt; null while the length is unknown. */
  percent: z.number().min(0).max(100).nullable(),
  /** Recording time transcribed in this attempt per elapsed time: 12 is twelve times real time. */
  speed: z.number().nonnegative().nullable(),
  /**
   * ETA, milliseconds since 1970; null before a tenth is done and while the estimate is too uncertain. It is kept until
   * the estimate clearly deviates from it.
   */
  readyAtMs: milliseconds.nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/**
 * Events of the core that are sent to the window unchanged. Of all others the window is sent the result: the changed
 * row, or the segments in the editor's form.
 */
export const ForwardedEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('recordingAdded'), recordingId: id, jobId: id.nullable(), name: z.string() }),
  /** Original and working copy are sealed and durable; the source is not needed: "Safe in the vault." */
  z.object({
    type: z.literal('recordingReady'),
    recordingId: id,
    /** SHA-256 of the source in hex; null if its original could not be kept whole. */
    sha256: z.string().nullable(),
    durationMs: milliseconds,
    layout: ChannelLayout,
    channels: z.number().int().positive(),
    /** The source was damaged, changed or vanished before its end. */
    incomplete: z.boolean(),
  }),
  z.object({ type: z.literal('jobProgress'), jobId: id, progress: JobProgress }),
  /** Interim text of the current window: may still change. */
  z.object({ type: z.literal('interimText'), jobId: id, text: z.string() }),
  /**
   * A range was retranscribed: its words are in a new version, in which everything outside is unchanged. `version` is
   * null if no words were found there; the text then stays as it is.
   */
  z.object({
    type: z.literal('rangeRetranscribed'),
    recordingId: id,
    jobId: id,
    span: JobRange,
    version: z.object({ number: z.number().int(), earlierNumber: z.number().int() }).nullable(),
  }),
  /**
   * The final job of a capture is done: its words took the place of the live text, over the time that it covered. The
   * user's edits stayed, in `keptEdits` places, and so did the live text in `liveRanges`, which the job did not cover.
   * `version` is null if it found no words at all: the live text then stays as it is.
   */
  z.object({
    type: z.literal('finalTranscribed'),
    recordingId: id,
    jobId: id,
    version: z.object({ number: z.number().int(), earlierNumber: z.number().int() }).nullable(),
    keptEdits: z.number().int().nonnegative(),
    liveRanges: z.array(z.object({ startMs: milliseconds, endMs: milliseconds })),
  }),
  /** An existing text was aligned to its recording, or does not fit it. */
  z.object({
    type: z.literal('textAligned'),
    recordingId: id,
    /** The file's name. */
    name: z.string(),
    outcome: TextOutcome,
  }),
  z.object({
    type: z.literal('jobEnded'),
    jobId: id,
    recordingId: id,
    state: JobState,
    failure: Failure.nullable(),
    /** When a waiting job is retried, milliseconds since 1970. */
    retryAtMs: milliseconds.nullable(),
    figures: JobFigures.nullable(),
  }),
]);
export type ForwardedEvent = z.infer<typeof ForwardedEvent>;

const FORWARDED: ReadonlySet<CoreEvent['type']> = new Set(
  ForwardedEvent.options.map(({ shape }) => shape.type.value),
);

/** Whether an event of the core is sent to the window unchanged. */
export function isForwarded(event: CoreEvent): event is ForwardedEvent {
  return FORWARDED.has(event.type);
}

/** Events of the core, for the command line and the window. */
export const CoreEvent = z.discriminatedUnion('type', [
  ...ForwardedEvent.options,
  /**
   * A source could not be read: its recording stays `importing` until it is read again, by a job, when the vault is
   * next opened or when the user asks for it.
   */
  z.object({ type: z.literal('importFailed'), recordingId: id, failure: Failure }),
  z.object({
    type: z.literal('jobStarted'),
    jobId: id,
    recordingId: id,
    attempt: z.number().int(),
    resumed: z.boolean(),
  }),
  z.object({ type: z.literal('languageDetected'), jobId: id, language: z.string(), probability: z.number() }),
  /** Segments of a finished window: durable, and final for the machine. */
  z.object({ type: z.literal('segmentsCommitted'), jobId: id, segments: z.array(Segment) }),
  /** Segments of the live text of a running capture: durable, and final for it. */
  z.object({
    type: z.literal('liveSegmentsCommitted'),
    recordingId: id,
    versionId: id,
    segments: z.array(Segment.extend({ id, channel: z.number().int().nonnegative() })),
  }),
  /** The speakers that its voices tell were put into the current text of a recording, while its job goes on. */
  z.object({ type: z.literal('speakersTold'), jobId: id, recordingId: id }),
  /** The user's rules have corrected new text of a recording, in so many places. */
  z.object({
    type: z.literal('textCorrected'),
    jobId: id,
    recordingId: id,
    count: z.number().int().positive(),
  }),
  /**
   * A running job has a problem from which it recovers by itself: the engine failed on a window, which is repeated, or
   * the disk is full and not even that can be stored. Valid until the job is started again or has ended.
   */
  z.object({ type: z.literal('jobHindered'), jobId: id, failure: Failure }),
  z.object({ type: z.literal('exported'), jobId: id, format: ExportFormat, path: z.string() }),
  /**
   * A transcript of an ephemeral vault could not be written into its folder: `paths` were written elsewhere, readable
   * by their owner alone; if that failed too, `text` is the transcript as plain text.
   */
  z.object({
    type: z.literal('transcriptRescued'),
    jobId: id,
    recordingId: id,
    folder: z.string(),
    paths: z.array(z.string()),
    text: z.string().nullable(),
  }),
]);
export type CoreEvent = z.infer<typeof CoreEvent>;

/** Receives events. Never throws. */
export type EventSink = (event: CoreEvent) => void;
