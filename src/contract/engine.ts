import { z } from './schema.ts';

/**
 * Messages between the main process and the engine process. The engine gets a model path and PCM, never a key,
 * a database or the path of a recording. Both sides parse what they receive.
 */

/** Decoding parameters of one window. Fixed in this set, so that repeating a window repeats its words. */
export const DecodingParameters = z.object({
  language: z.string(),
  translate: z.boolean(),
  /** Initial prompt; empty for none. The previous window's text is never given. */
  prompt: z.string(),
  threads: z.number().int().positive(),
  /** Seeds the sampler anew for this window. */
  seed: z.number().int().nonnegative(),
  /** Candidates sampled (`greedy`) or beams kept (`beam`). */
  strategy: z.enum(['greedy', 'beam']),
  breadth: z.number().int().min(1).max(8),
  /** First temperature, and the step to the next when a result is rejected; 0 never falls back. */
  temperature: z.number().min(0).max(1),
  temperatureStep: z.number().min(0).max(1),
  entropyThreshold: z.number(),
  logProbThreshold: z.number(),
  noSpeechThreshold: z.number(),
});
export type DecodingParameters = z.infer<typeof DecodingParameters>;

/** A token group as the engine gives it, in milliseconds of window time. */
export const EngineWord = z.object({
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** Verbatim, with its leading blank where the script has one. */
  text: z.string(),
  probability: z.number(),
});
export type EngineWord = z.infer<typeof EngineWord>;

/** One segment as the engine gives it, in milliseconds of window time. */
export const EngineSegment = z.object({
  startMs: z.number().int(),
  endMs: z.number().int(),
  text: z.string(),
  words: z.array(EngineWord),
  /** Mean log probability of the segment's text tokens. */
  meanLogProb: z.number(),
  noSpeechProbability: z.number(),
});
export type EngineSegment = z.infer<typeof EngineSegment>;

/** A language and how sure the model is of it. */
export const LanguageGuess = z.object({ language: z.string(), probability: z.number() });
export type LanguageGuess = z.infer<typeof LanguageGuess>;

const id = z.number().int().nonnegative();
const pcm = z.custom<Int16Array>((value) => value instanceof Int16Array);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** Samples of 16 kHz sound to which one probability of speech belongs: 32 ms. */
export const VOICE_CHUNK_SAMPLES = 512;

/** What the main process asks of the engine. Every request is answered by exactly one `result` or `failure`. */
export const EngineRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('load'), id, modelPath: z.string() }),
  z.object({ type: z.literal('transcribe'), id, pcm, parameters: DecodingParameters }),
  z.object({
    type: z.literal('detectLanguage'),
    id,
    pcm,
    threads: z.number().int().positive(),
    /** Listen to no more than the PCM holds, so that a short span is cheap; otherwise to 30 s, silence included. */
    shortContext: z.boolean(),
  }),
  /**
   * Asks where speech is in a portion of whole chunks of VOICE_CHUNK_SAMPLES samples (a recording's last portion may end
   * within one). Answered beside whatever else the engine does.
   */
  z.object({
    type: z.literal('voiceActivity'),
    id,
    pcm,
    /** What the answer for the samples before these gave; null at a recording's beginning. */
    state: bytes.nullable(),
    /** Silero weights in ggml format. */
    weightsPath: z.string(),
  }),
  /** Ends the request `target` with the failure `aborted`; answered by that failure alone. */
  z.object({ type: z.literal('abort'), target: id }),
]);
export type EngineRequest = z.infer<typeof EngineRequest>;

/** Why a request failed. `modelUnusable`: the file is no model that this engine reads. */
export const EngineFailure = z.enum([
  'aborted',
  'modelUnusable',
  'outOfMemory',
  'inferenceFailed',
  'notLoaded',
]);
export type EngineFailure = z.infer<typeof EngineFailure>;

/** What the engine says. The first line is always `ready`. */
export const EngineReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), whisperVersion: z.string(), cpuVariant: z.string() }),
  z.object({ type: z.literal('progress'), id, percent: z.number() }),
  /** Segments as they are decided, for text that appears while a window runs; the result repeats them. */
  z.object({ type: z.literal('segments'), id, segments: z.array(EngineSegment) }),
  z.object({ type: z.literal('loaded'), id, multilingual: z.boolean() }),
  z.object({
    type: z.literal('transcribed'),
    id,
    segments: z.array(EngineSegment),
    /** What the audio sounds like; null where nothing was decoded, and for models of one language. */
    language: LanguageGuess.nullable(),
    inferenceMs: z.number(),
    peakMemoryBytes: z.number(),
  }),
  z.object({ type: z.literal('language'), id, guesses: z.array(LanguageGuess) }),
  z.object({
    type: z.literal('voiceActivity'),
    id,
    /** One for each chunk: the probability of speech in it, times 255. */
    probabilities: bytes,
    /** To be given with the samples that follow: 1024 bytes, to be stored as they are. */
    state: bytes,
    computeMs: z.number(),
  }),
  z.object({ type: z.literal('failure'), id, reason: EngineFailure }),
]);
export type EngineReply = z.infer<typeof EngineReply>;

/** With this exit code, and before its ready line, the engine process says that its addon was not built for this machine. */
export const ENGINE_NOT_BUILT_EXIT = 78;
