import { availableParallelism } from 'node:os';
import { Mutex } from 'async-mutex';
import type { EgressTarget } from '../../contract/egress.ts';
import type {
  DecodingParameters,
  EngineFailure,
  EngineSegment,
  LanguageGuess,
} from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { type ProcessingQuality, qualityThreads, USUAL_QUALITY } from '../../contract/quality.ts';
import { voiceWeightsFile } from '../folders.ts';
import { untilAborted } from '../until-aborted.ts';
import {
  type AnswerOf,
  type AnswerType,
  EngineConnection,
  type EngineFacts,
  type EngineRequestOptions,
  type RequestBody,
} from './engine-connection.ts';
import { DEFAULT_LIMITS, type EngineLimits } from './engine-limits.ts';
import { ENGINE_PRIORITY, withPriority } from './engine-priority.ts';
import type { EngineLauncher } from './engine-process.ts';

/** A transcribed window, in window time. */
export interface TranscribedWindow {
  readonly segments: EngineSegment[];
  /** The language detected in the audio, whatever it was transcribed in; null if the model was not asked. */
  readonly language: LanguageGuess | null;
  readonly inferenceMs: number;
  readonly peakMemoryBytes: number;
}

/** Voice activity in a portion of a recording, and the state to pass with the next portion. */
export interface VoiceActivity {
  /** One for each chunk of VOICE_CHUNK_SAMPLES samples: the probability of speech in it, times 255. */
  readonly probabilities: Uint8Array;
  /** The detector's state after the recording so far: 1024 bytes, to be stored as they are. */
  readonly state: Uint8Array;
  readonly computeMs: number;
}

/** Who speaks in a window. */
export interface SpeakerActivity {
  /** SPEAKER_FRAMES frames of SPEAKER_CLASSES probabilities times 255. */
  readonly classes: Uint8Array;
  readonly computeMs: number;
}

/** A piece of sound, in samples. */
export interface VoicePiece {
  readonly start: number;
  readonly length: number;
}

/** Speaker embeddings of pieces. */
export interface VoiceEmbeddings {
  /** EMBEDDING_SIZE numbers per piece, each vector of length 1. */
  readonly embeddings: Float32Array;
  readonly computeMs: number;
}

interface Running {
  readonly connection: EngineConnection;
  readonly facts: EngineFacts;
  loadedModel: { path: string; multilingual: boolean } | null;
}

/** async-mutex serves the highest first; all other requests have 0. */
const LIVE_PRIORITY = 1;

/**
 * The engine as the rest of the program sees it: one request of the speech model at a time, those of live text first, and, beside it, one for voice
 * activity and one for speakers; started when needed, restarted after a crash, stopped when idle. A crash or a passed deadline fails the
 * pending requests (`engine.crashed`, `engine.stalled`) and nothing else: the next one starts a new process and loads
 * the model again.
 */
export class Engine {
  readonly #launch: EngineLauncher;
  readonly #limits: EngineLimits;
  readonly #voiceWeights: string;
  readonly #inference = new Mutex();
  readonly #listening = new Mutex();
  readonly #hearingSpeakers = new Mutex();
  #inHand = 0;
  #running: Running | null = null;
  #starting: Promise<Running> | null = null;
  /** Connection to the process that was started last, ready or not. */
  #connection: EngineConnection | null = null;
  #deathsInARow = 0;
  #slowestWindowMs = 0;
  #idleTimer: NodeJS.Timeout | null = null;
  #closed = false;
  #quality: ProcessingQuality = USUAL_QUALITY;

  /** `voiceWeights` are Silero's, in ggml format; by default those shipped with the app. */
  constructor(
    launch: EngineLauncher,
    limits: Partial<EngineLimits> = {},
    voiceWeights: string = voiceWeightsFile(),
  ) {
    this.#launch = launch;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#voiceWeights = voiceWeights;
  }

  /** How much of the machine it may take. */
  get quality(): ProcessingQuality {
    return this.#quality;
  }

  /** The threads for a request that names none: as many as the quality gives it on this machine. */
  get usualThreads(): number {
    return qualityThreads(this.#quality, availableParallelism());
  }

  /**
   * How much of the machine it may take from the next window on. Where the process has to have another priority it is replaced
   * between two windows, since on Unix no process may raise its own again.
   */
  setQuality(quality: ProcessingQuality): void {
    const isOtherPriority = ENGINE_PRIORITY[quality] !== ENGINE_PRIORITY[this.#quality];
    this.#quality = quality;
    if (isOtherPriority) void this.#withNothingInHand(() => this.#stop());
  }

  /** Starts the engine if it is not running, and reports which one it is. Throws the errors of starting it. */
  facts(): Promise<EngineFacts> {
    return this.#exclusively(this.#inference, {}, async () => (await this.#started()).facts);
  }

  /**
   * Loads a model, unless it is the loaded one. Throws `model.notAModel`, `engine.outOfMemory`, `engine.notBuilt`,
   * `engine.crashed`, `engine.stalled`, or the signal's reason.
   */
  load(modelPath: string, signal?: AbortSignal): Promise<{ multilingual: boolean }> {
    return this.#exclusively(this.#inference, signalled(signal), async () => {
      const { multilingual } = await this.#loaded(modelPath, signal);
      return { multilingual };
    });
  }

  /**
   * Transcribes up to 30 s of 16 kHz PCM with the given model, loading it if it is not the loaded one.
   * Throws `engine.crashed`, `engine.stalled`, `engine.failed`, the errors of `load`, or the signal's reason.
   */
  transcribe(
    modelPath: string,
    pcm: Int16Array,
    parameters: DecodingParameters,
    options: EngineRequestOptions = {},
  ): Promise<TranscribedWindow> {
    return this.#exclusively(this.#inference, options, async () => {
      const { running } = await this.#loaded(modelPath, options.signal);
      const { shortContext = false } = options;
      const body = { type: 'transcribe', pcm, parameters, shortContext } as const;
      const deadlineMs = this.#windowDeadlineMs();
      const { answer, ranMs } = await this.#ask(
        running,
        'transcribed',
        body,
        options,
        deadlineMs,
        forModel(modelPath),
      );
      this.#slowestWindowMs = Math.max(this.#slowestWindowMs, ranMs);
      return answer;
    });
  }

  /** Guesses the language of up to 30 s of PCM, best first. `shortContext` encodes no more than the PCM's length. */
  detectLanguage(
    modelPath: string,
    pcm: Int16Array,
    threads: number,
    options: EngineRequestOptions & { shortContext: boolean },
  ): Promise<LanguageGuess[]> {
    return this.#exclusively(this.#inference, options, async () => {
      const { running } = await this.#loaded(modelPath, options.signal);
      const { shortContext } = options;
      const body = { type: 'detectLanguage', pcm, threads, shortContext } as const;
      const deadlineMs = this.#windowDeadlineMs();
      const { answer } = await this.#ask(running, 'language', body, options, deadlineMs, forModel(modelPath));
      return answer.guesses;
    });
  }

  /**
   * Detects speech in a portion of a recording's 16 kHz PCM, beside the window that is being transcribed. `state` is
   * that of the portion before, null at the beginning; portions of whole chunks give the results of the whole.
   * Throws `engine.detectorUnusable`, `engine.crashed`, `engine.stalled`, `engine.failed`, `engine.outOfMemory`,
   * `engine.notBuilt`, or the signal's reason.
   */
  voiceActivity(pcm: Int16Array, state: Uint8Array | null, signal?: AbortSignal): Promise<VoiceActivity> {
    return this.#exclusively(this.#listening, signalled(signal), async () => {
      const running = await untilAborted(this.#started(), signal);
      const weightsPath = this.#voiceWeights;
      const body = { type: 'voiceActivity', pcm, state, weightsPath } as const;
      const deadlineMs = this.#limits.voiceActivityMs;
      const errorOf = (reason: EngineFailure) =>
        reason === 'modelUnusable'
          ? new AppError('engine.detectorUnusable', { file: weightsPath })
          : failureError(reason, weightsPath);
      const { answer } = await this.#ask(
        running,
        'voiceActivity',
        body,
        signalled(signal),
        deadlineMs,
        errorOf,
      );
      const { probabilities, state: after, computeMs } = answer;
      return { probabilities, state: after, computeMs };
    });
  }

  /**
   * Tells which of up to three people speak in 16 kHz PCM of 10 s at most, beside the window that is being transcribed: see
   * `speakerActivity` of the contract for the shape. Throws `engine.voicesUnusable` and the errors of `voiceActivity`.
   */
  speakerActivity(modelPath: string, pcm: Int16Array, signal?: AbortSignal): Promise<SpeakerActivity> {
    return this.#exclusively(this.#hearingSpeakers, signalled(signal), async () => {
      const body = { type: 'speakerActivity', pcm, modelPath } as const;
      const { classes, computeMs } = await this.#askSpeakers('speakerActivity', body, signal);
      return { classes, computeMs };
    });
  }

  /**
   * Computes the speaker embeddings of pieces of 16 kHz PCM, beside the window that is being transcribed. Throws like
   * `speakerActivity`.
   */
  voiceEmbeddings(
    modelPath: string,
    pcm: Int16Array,
    pieces: readonly VoicePiece[],
    signal?: AbortSignal,
  ): Promise<VoiceEmbeddings> {
    return this.#exclusively(this.#hearingSpeakers, signalled(signal), async () => {
      const body = { type: 'voiceEmbeddings' as const, pcm, pieces: [...pieces], modelPath };
      const { embeddings, computeMs } = await this.#askSpeakers('voiceEmbeddings', body, signal);
      return { embeddings, computeMs };
    });
  }

  /**
   * Has the engine try every way in which a process opens connections, and tells how each ended: for the self-test of the
   * privacy report. Throws `engine.crashed`, `engine.stalled`, `engine.notBuilt`.
   */
  tryConnections(target: EgressTarget): Promise<AnswerOf<'connectionsTried'>['ends']> {
    return this.#exclusively(this.#hearingSpeakers, {}, async () => {
      const running = await this.#started();
      const body = { type: 'tryConnections', target } as const;
      const errorOf = (reason: EngineFailure) => failureError(reason, '');
      const deadlineMs = this.#limits.voiceActivityMs;
      return (await this.#ask(running, 'connectionsTried', body, {}, deadlineMs, errorOf)).answer.ends;
    });
  }

  async #askSpeakers<T extends 'speakerActivity' | 'voiceEmbeddings'>(
    type: T,
    body: RequestBody & { modelPath: string },
    signal: AbortSignal | undefined,
  ): Promise<AnswerOf<T>> {
    const running = await untilAborted(this.#started(), signal);
    const { modelPath } = body;
    const errorOf = (reason: EngineFailure) =>
      reason === 'modelUnusable'
        ? new AppError('engine.voicesUnusable', { file: modelPath })
        : failureError(reason, modelPath);
    const deadlineMs = this.#limits.voiceActivityMs;
    const { answer } = await this.#ask(running, type, body, signalled(signal), deadlineMs, errorOf);
    return answer;
  }

  /**
   * Ends the engine after the pending requests, which get as long as one that was aborted. It accepts none afterwards.
   */
  async close(): Promise<void> {
    this.#closed = true;
    // A stopped engine would keep a program from ending until it continues.
    const late = setTimeout(() => this.#connection?.kill(), this.#limits.abortMs);
    await this.#withNothingInHand(() => this.#stop());
    clearTimeout(late);
  }

  /** Does something while no request is in hand: after those that were made before. */
  async #withNothingInHand(act: () => void): Promise<void> {
    await this.#inference.runExclusive(() =>
      this.#listening.runExclusive(() => this.#hearingSpeakers.runExclusive(act)),
    );
  }

  /**
   * Runs a request of one of the engine's parts after the requests before it, one of live text before those that still
   * wait. Throws the signal's reason at once if it is aborted while it waits: the request before it may be another
   * job's, or a model loaded in advance.
   */
  async #exclusively<T>(
    part: Mutex,
    { signal, priority }: EngineRequestOptions,
    work: () => Promise<T>,
  ): Promise<T> {
    const acquired = part.acquire(priority === 'live' ? LIVE_PRIORITY : 0);
    const release = await untilAborted(acquired, signal).catch((reason: unknown) => {
      acquired.then((free) => free());
      throw reason;
    });
    try {
      if (this.#closed) throw new Error('The engine is closed');
      this.#stopIdling();
      this.#inHand += 1;
      try {
        return await work();
      } finally {
        this.#inHand -= 1;
        if (this.#inHand === 0) this.#startIdling();
      }
    } finally {
      release();
    }
  }

  /** The running process, or a new one: the same for all callers while it starts. */
  #started(): Promise<Running> {
    if (this.#running?.connection.isAlive) return Promise.resolve(this.#running);
    this.#starting ??= this.#start().finally(() => {
      this.#starting = null;
    });
    return this.#starting;
  }

  async #start(): Promise<Running> {
    if (this.#running !== null) this.#deathsInARow += 1;
    this.#running = null;
    if (this.#deathsInARow >= this.#limits.deathsInARow) throw new AppError('engine.crashed', {});
    try {
      const connection = new EngineConnection(withPriority(this.#launch(), ENGINE_PRIORITY[this.#quality]));
      this.#connection = connection;
      const facts = await connection.ready(this.#limits.startMs);
      this.#running = { connection, facts, loadedModel: null };
      return this.#running;
    } catch (error) {
      this.#deathsInARow += 1;
      throw error;
    }
  }

  /** The running process, with the model in it. */
  async #loaded(
    modelPath: string,
    signal: AbortSignal | undefined,
  ): Promise<{ running: Running; multilingual: boolean }> {
    const running = await untilAborted(this.#started(), signal);
    if (running.loadedModel?.path !== modelPath) {
      running.loadedModel = null;
      const body = { type: 'load', modelPath } as const;
      const { loadMs } = this.#limits;
      const { answer } = await this.#ask(
        running,
        'loaded',
        body,
        signalled(signal),
        loadMs,
        forModel(modelPath),
      );
      running.loadedModel = { path: modelPath, multilingual: answer.multilingual };
      this.#slowestWindowMs = 0;
    }
    return { running, multilingual: running.loadedModel.multilingual };
  }

  /** Sends to this very process, and no later one: that would not have the model loaded. */
  async #ask<T extends AnswerType>(
    { connection }: Running,
    expected: T,
    body: RequestBody,
    options: EngineRequestOptions,
    deadlineMs: number,
    errorOf: (reason: EngineFailure) => AppError,
  ): Promise<{ answer: AnswerOf<T>; ranMs: number }> {
    const { abortMs } = this.#limits;
    const outcome = await connection.ask(expected, body, options, { deadlineMs, abortMs });
    this.#deathsInARow = 0;
    if (!outcome.ok) throw errorOf(outcome.reason);
    return outcome;
  }

  #windowDeadlineMs(): number {
    if (this.#slowestWindowMs === 0) return this.#limits.firstWindowMs;
    return Math.max(this.#limits.windowMinimumMs, this.#slowestWindowMs * this.#limits.windowFactor);
  }

  #startIdling(): void {
    this.#idleTimer = setTimeout(() => this.#stop(), this.#limits.idleMs);
    // An idle engine must not keep a finished command alive.
    this.#idleTimer.unref();
  }

  #stopIdling(): void {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }

  #stop(): void {
    this.#stopIdling();
    this.#connection?.kill();
    this.#connection = null;
    this.#running = null;
    this.#deathsInARow = 0;
  }
}

function signalled(signal: AbortSignal | undefined): EngineRequestOptions {
  return signal === undefined ? {} : { signal };
}

function forModel(modelPath: string): (reason: EngineFailure) => AppError {
  return (reason) => failureError(reason, modelPath);
}

function failureError(reason: EngineFailure, model: string): AppError {
  switch (reason) {
    case 'modelUnusable':
      return new AppError('model.notAModel', { file: model });
    case 'outOfMemory':
      return new AppError('engine.outOfMemory', { model });
    case 'aborted':
    case 'inferenceFailed':
    case 'notLoaded':
      return new AppError('engine.failed', {});
  }
}
