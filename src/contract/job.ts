import { z } from './schema.ts';
import { SpeakerCount } from './speakers.ts';

/** States of a job; DESIGN: `failed` is the dead-letter state, left only when the user asks for a retry. */
export const JobState = z.enum(['queued', 'running', 'paused', 'waiting', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;

/**
 * Language option of a job: `auto` (detected on the first speech), `mixed` (detected per speech span),
 * or one of Whisper's codes, e.g. `es`.
 */
export const LanguageChoice = z.string().regex(/^(auto|mixed|[a-z]{2,3})$/);

/**
 * How speakers are told apart: `auto` by their channels if each has one, else by their voices; `channels` forces one
 * speaker per channel.
 */
export const SpeakerChoice = z.enum(['auto', 'channels', 'none']);
export type SpeakerChoice = z.infer<typeof SpeakerChoice>;

/** A speech model as a job uses it. The path is that of its file on this machine. */
export const ModelChoice = z.object({
  name: z.string(),
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ModelChoice = z.infer<typeof ModelChoice>;

/** Everything the user can decide about one transcription. Stored with the job, shown in exports. */
export const JobOptions = z.object({
  model: ModelChoice,
  language: LanguageChoice,
  /** Initial prompt: vocabulary and names, passed to the decoder before each window; empty for none. */
  prompt: z.string(),
  speakers: SpeakerChoice,
  /** How many speak, if they are told apart by their voices; null: found automatically. Jobs older than this field have none. */
  speakerCount: SpeakerCount.nullable().default(null),
  /** Translate to English instead of transcribing. */
  translate: z.boolean(),
  /** Transcribe all audio, silence included. */
  keepSilence: z.boolean(),
  /** Engine threads; null lets the engine choose from the machine's cores. */
  threads: z.number().int().min(1).max(256).nullable(),
  /**
   * Beam size of the decoder, at most whisper.cpp's 8; 1 is greedy, and null leaves the choice to the program. Jobs
   * older than this field have none.
   */
  beamSize: z.number().int().min(1).max(8).nullable().default(null),
});
export type JobOptions = z.infer<typeof JobOptions>;

/** The range of a recording that a job is about; a null end is the recording's end. */
export const JobRange = z.object({
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().positive().nullable(),
});
export type JobRange = z.infer<typeof JobRange>;

/** The step that a job is in, for a progress bar: `load`, `import`, `transcribe`, `assemble`, `export` (`core/pipeline/job-steps.ts`). */
export const JobStage = z.string();
export type JobStage = z.infer<typeof JobStage>;

/** Figures of one finished or failed attempt; durations in milliseconds. */
export const JobFigures = z.object({
  queueWaitMs: z.number().nonnegative(),
  decodeMs: z.number().nonnegative(),
  inferenceMs: z.number().nonnegative(),
  /** Time spent on voice activity detection; 0 in attempts older than this field. */
  vadMs: z.number().nonnegative().default(0),
  /** Recording length, and how much of it was passed to the engine. */
  audioMs: z.number().nonnegative(),
  speechMs: z.number().nonnegative(),
  /** From the job's start to its end, without waiting. */
  wallMs: z.number().nonnegative(),
  /** Highest resident memory of this process and the engine together, in bytes. */
  peakMemoryBytes: z.number().nonnegative(),
  windows: z.number().int().nonnegative(),
});
export type JobFigures = z.infer<typeof JobFigures>;
