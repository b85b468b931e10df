import { ExportFormat } from './document.ts';
import { Failure } from './errors.ts';
import { JobFigures, JobRange, JobStage, JobState } from './job.ts';
import { ChannelLayout } from './recording.ts';
import { z } from './schema.ts';
import { Segment } from './transcript.ts';

const id = z.string();
const milliseconds = z.number().nonnegative();

/** How far a job is. Coalesced to ten a second. */
export const JobProgress = z.object({
  stage: JobStage,
  /** Recording time up to which all is transcribed, and the recording's length (as far as it is known yet). */
  transcribedMs: milliseconds,
  durationMs: milliseconds.nullable(),
  /** 0 to 100, never falling within an attempt; null while the length is unknown. */
  percent: z.number().min(0).max(100).nullable(),
  /** Recording time transcribed in this attempt per time passed: 12 is twelve times real time. */
  speed: z.number().nonnegative().nullable(),
  /**
   * When it will be ready, milliseconds since 1970; null before a tenth is done and while too little is known to promise
   * anything. It holds until the estimate has clearly left it.
   */
  readyAtMs: milliseconds.nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

/**
 * Events of the core that the window is sent as they are. Of all others it is sent what they lead to: the changed row, or
 * the segments as the editor takes them.
 */
export const ForwardedEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('recordingAdded'), recordingId: id, jobId: id.nullable(), name: z.string() }),
  /** Original and working copy are sealed and durable; the source is not needed any more: "Safe in the vault." */
  z.object({
    type: z.literal('recordingReady'),
    recordingId: id,
    /** SHA-256 of the source in hex; null where its original could not be kept whole. */
    sha256: z.string().nullable(),
    durationMs: milliseconds,
    layout: ChannelLayout,
    channels: z.number().int().positive(),
    /** The source was damaged, changed or vanished before its end. */
    incomplete: z.boolean(),
  }),
  z.object({ type: z.literal('jobProgress'), jobId: id, progress: JobProgress }),
  /** Words of the window in hand, as they arrive: may still change. */
  z.object({ type: z.literal('interimText'), jobId: id, text: z.string() }),
  /**
   * A range that was to be retranscribed has been: its words stand in a new version, and everything outside is as it was.
   * Without a version no words were found there, and the text stays as it is.
   */
  z.object({
    type: z.literal('rangeRetranscribed'),
    recordingId: id,
    jobId: id,
    span: JobRange,
    version: z.object({ number: z.number().int(), earlierNumber: z.number().int() }).nullable(),
  }),
  z.object({
    type: z.literal('jobEnded'),
    jobId: id,
    recordingId: id,
    state: JobState,
    failure: Failure.nullable(),
    /** When a waiting job is tried again, milliseconds since 1970. */
    retryAtMs: milliseconds.nullable(),
    figures: JobFigures.nullable(),
  }),
]);
export type ForwardedEvent = z.infer<typeof ForwardedEvent>;

const FORWARDED: ReadonlySet<CoreEvent['type']> = new Set(
  ForwardedEvent.options.map(({ shape }) => shape.type.value),
);

/** Whether an event of the core is sent to the window as it is. */
export function isForwarded(event: CoreEvent): event is ForwardedEvent {
  return FORWARDED.has(event.type);
}

/** What happens in the core, told to whoever shows it: the command line, or the window. */
export const CoreEvent = z.discriminatedUnion('type', [
  ...ForwardedEvent.options,
  /**
   * A source could not be read: its recording stays `importing` until it is read again, by a job, at the next opening of
   * the vault or because the user asks for it.
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
  /** Segments of a finished window: durable, and never changed by the machine again. */
  z.object({ type: z.literal('segmentsCommitted'), jobId: id, segments: z.array(Segment) }),
  /**
   * A running job met something that it gets over by itself: the engine failed on a window, which is repeated, or the disk
   * is full and not even that can be stored. Holds until the job is started again or has ended.
   */
  z.object({ type: z.literal('jobHindered'), jobId: id, failure: Failure }),
  z.object({ type: z.literal('exported'), jobId: id, format: ExportFormat, path: z.string() }),
  /**
   * A transcript that no vault keeps could not be written into its folder: what of it was written elsewhere, readable by its
   * owner alone; where no place took it, the transcript itself as plain text.
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

/** Takes events. Never throws. */
export type EventSink = (event: CoreEvent) => void;
