import { EgressEnd, EgressTarget, PROCESS_WAYS } from './egress.ts';
import { z } from './schema.ts';

/**
 * Messages between the main process and the engine process. The engine gets a model path and PCM, never a key,
 * a database or the path of a recording. Both sides parse what they receive.
 */

/** Decoding parameters of one window. Deterministic: repeating a window repeats its words. */
export const DecodingParameters = z.object({
  language: z.string(),
  translate: z.boolean(),
  /** Initial prompt; empty for none. The previous window's text is never passed. */
  prompt: z.string(),
  threads: z.number().int().positive(),
  /** Seed of the sampler for this window. */
  seed: z.number().int().nonnegative(),
  /** Candidates sampled (`greedy`) or beams kept (`beam`). */
  strategy: z.enum(['greedy', 'beam']),
  breadth: z.number().int().min(1).max(8),
  /** First temperature, and the increment when a result is rejected; 0: no fallback. */
  temperature: z.number().min(0).max(1),
  temperatureStep: z.number().min(0).max(1),
  entropyThreshold: z.number(),
  logProbThreshold: z.number(),
  noSpeechThreshold: z.number(),
});
export type DecodingParameters = z.infer<typeof DecodingParameters>;

/** A token group as the engine returns it, in milliseconds of window time. */
export const EngineWord = z.object({
  startMs: z.number().int(),
  endMs: z.number().int(),
  /** Verbatim, with its leading space if the script has one. */
  text: z.string(),
  probability: z.number(),
});
export type EngineWord = z.infer<typeof EngineWord>;

/** One segment as the engine returns it, in milliseconds of window time. */
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

/** A language and the model's probability. */
export const LanguageGuess = z.object({ language: z.string(), probability: z.number() });
export type LanguageGuess = z.infer<typeof LanguageGuess>;

const id = z.number().int().nonnegative();
const pcm = z.custom<Int16Array>((value) => value instanceof Int16Array);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const floats = z.custom<Float32Array>((value) => value instanceof Float32Array);

/** Samples of 16 kHz audio per speech probability: 32 ms. */
export const VOICE_CHUNK_SAMPLES = 512;

/** Requests to the engine. Each is answered by exactly one `result` or `failure`. */
export const EngineRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('load'), id, modelPath: z.string() }),
  z.object({
    type: z.literal('transcribe'),
    id,
    pcm,
    parameters: DecodingParameters,
    /** Encode little more than the PCM's length: for passes of live text; otherwise half of Whisper's context at least. */
    shortContext: z.boolean(),
  }),
  z.object({
    type: z.literal('detectLanguage'),
    id,
    pcm,
    threads: z.number().int().positive(),
    /** Encode no more than the PCM's length, so that a short span is cheap; otherwise 30 s, silence included. */
    shortContext: z.boolean(),
  }),
  /**
   * Detects voice activity in a portion of whole chunks of VOICE_CHUNK_SAMPLES samples (a recording's last portion may
   * end within one). Runs concurrently with other requests.
   */
  z.object({
    type: z.literal('voiceActivity'),
    id,
    pcm,
    /** State returned for the preceding samples; null at a recording's start. */
    state: bytes.nullable(),
    /** Silero weights in ggml format. */
    weightsPath: z.string(),
  }),
  /**
   * Tells which of up to three people speak, within 10 s at most (shorter sound is continued by silence). Runs
   * concurrently with other requests.
   */
  z.object({ type: z.literal('speakerActivity'), id, pcm, modelPath: z.string() }),
  /** Computes speaker embeddings of pieces of the sound. Runs concurrently with other requests. */
  z.object({
    type: z.literal('voiceEmbeddings'),
    id,
    pcm,
    /** In samples of `pcm`. */
    pieces: z.array(z.object({ start: z.number().int().nonnegative(), length: z.number().int().positive() })),
    modelPath: z.string(),
  }),
  /** Tries every way in which a process opens connections, for the self-test of the privacy report. */
  z.object({ type: z.literal('tryConnections'), id, target: EgressTarget }),
  /** Aborts the request `target`, which fails with `aborted`; that is the only answer. */
  z.object({ type: z.literal('abort'), target: id }),
]);
export type EngineRequest = z.infer<typeof EngineRequest>;

/** Why a request failed. `modelUnusable`: the file is not a model that this engine reads. */
export const EngineFailure = z.enum([
  'aborted',
  'modelUnusable',
  'outOfMemory',
  'inferenceFailed',
  'notLoaded',
]);
export type EngineFailure = z.infer<typeof EngineFailure>;

/** Messages of the engine. The first is always `ready`. */
export const EngineReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), whisperVersion: z.string(), cpuVariant: z.string() }),
  z.object({ type: z.literal('progress'), id, percent: z.number() }),
  /** Segments as they are decoded, for interim text; the result repeats them. */
  z.object({ type: z.literal('segments'), id, segments: z.array(EngineSegment) }),
  z.object({ type: z.literal('loaded'), id, multilingual: z.boolean() }),
  z.object({
    type: z.literal('transcribed'),
    id,
    segments: z.array(EngineSegment),
    /** Detected language; null if nothing was decoded, and for single-language models. */
    language: LanguageGuess.nullable(),
    inferenceMs: z.number(),
    peakMemoryBytes: z.number(),
  }),
  z.object({ type: z.literal('language'), id, guesses: z.array(LanguageGuess) }),
  z.object({
    type: z.literal('voiceActivity'),
    id,
    /** Per chunk: its speech probability times 255. */
    probabilities: bytes,
    /** State to pass with the next samples: 1024 opaque bytes. */
    state: bytes,
    computeMs: z.number(),
  }),
  z.object({
    type: z.literal('speakerActivity'),
    id,
    /** SPEAKER_FRAMES frames of SPEAKER_CLASSES probabilities times 255. */
    classes: bytes,
    computeMs: z.number(),
  }),
  z.object({
    type: z.literal('voiceEmbeddings'),
    id,
    /** EMBEDDING_SIZE numbers per piece, each vector of length 1. */
    embeddings: floats,
    computeMs: z.number(),
  }),
  z.object({ type: z.literal('connectionsTried'), id, ends: z.record(z.enum(PROCESS_WAYS), EgressEnd) }),
  z.object({ type: z.literal('failure'), id, reason: EngineFailure }),
]);
export type EngineReply = z.infer<typeof EngineReply>;

/** Exit code of the engine process, before its ready message, if its addon was not built for this machine. */
export const ENGINE_NOT_BUILT_EXIT = 78;
