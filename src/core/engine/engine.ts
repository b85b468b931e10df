import { Mutex } from 'async-mutex';
import type { Span } from '../../contract/audio.ts';
import type {
  DecodingParameters,
  EngineFailure,
  EngineSegment,
  LanguageGuess,
} from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import {
  type AnswerOf,
  type AnswerType,
  EngineConnection,
  type EngineFacts,
  type EngineRequestOptions,
  type RequestBody,
} from './engine-connection.ts';
import { DEFAULT_LIMITS, type EngineLimits } from './engine-limits.ts';
import type { EngineLauncher } from './engine-process.ts';

/** A transcribed window, in window time. */
export interface TranscribedWindow {
  readonly segments: EngineSegment[];
  readonly inferenceMs: number;
  readonly peakMemoryBytes: number;
}

interface Running {
  readonly connection: EngineConnection;
  readonly facts: EngineFacts;
  loadedModel: { path: string; multilingual: boolean } | null;
}

/**
 * The engine as the rest of the program sees it: one request at a time, started when needed, restarted after a crash,
 * stopped when idle. A crash or a passed deadline costs the request in hand (`engine.crashed`, `engine.stalled`) and
 * nothing else: the next request starts a new process and loads the model again.
 */
export class Engine {
  readonly #launch: EngineLauncher;
  readonly #limits: EngineLimits;
  readonly #mutex = new Mutex();
  #running: Running | null = null;
  #deathsInARow = 0;
  #slowestWindowMs = 0;
  #idleTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(launch: EngineLauncher, limits: Partial<EngineLimits> = {}) {
    this.#launch = launch;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Starts the engine if it is not running, and tells which one it is. Throws what starting it can meet. */
  facts(): Promise<EngineFacts> {
    return this.#exclusively(async () => (await this.#started()).facts);
  }

  /**
   * Loads a model, unless it is the loaded one. Throws `model.notAModel`, `engine.outOfMemory`, `engine.notBuilt`,
   * `engine.crashed`, `engine.stalled`, or the signal's reason.
   */
  load(modelPath: string, signal?: AbortSignal): Promise<{ multilingual: boolean }> {
    return this.#exclusively(() => this.#loaded(modelPath, signal));
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
    return this.#exclusively(async () => {
      await this.#loaded(modelPath, options.signal);
      const startedAt = performance.now();
      const limits = { deadlineMs: this.#windowDeadlineMs(), model: modelPath };
      const reply = await this.#ask('transcribed', { type: 'transcribe', pcm, parameters }, options, limits);
      this.#slowestWindowMs = Math.max(this.#slowestWindowMs, performance.now() - startedAt);
      return reply;
    });
  }

  /** Guesses the language of up to 30 s of PCM, best first. `shortContext` listens to no more than the PCM holds. */
  detectLanguage(
    modelPath: string,
    pcm: Int16Array,
    threads: number,
    options: { shortContext: boolean; signal?: AbortSignal },
  ): Promise<LanguageGuess[]> {
    return this.#exclusively(async () => {
      await this.#loaded(modelPath, options.signal);
      const { shortContext } = options;
      const body = { type: 'detectLanguage', pcm, threads, shortContext } as const;
      const limits = { deadlineMs: this.#windowDeadlineMs(), model: modelPath };
      const { guesses } = await this.#ask('language', body, options, limits);
      return guesses;
    });
  }

  /** Finds speech with Silero's weights, in milliseconds of the PCM given. */
  detectSpeech(weightsPath: string, pcm: Int16Array, signal?: AbortSignal): Promise<Span[]> {
    return this.#exclusively(async () => {
      await this.#started();
      const body = { type: 'detectSpeech', pcm, modelPath: weightsPath } as const;
      const limits = { deadlineMs: this.#limits.loadMs, model: weightsPath };
      return (await this.#ask('speech', body, signalled(signal), limits)).spans;
    });
  }

  /** Ends the engine after the request in hand. Nothing can be asked afterwards. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#mutex.runExclusive(() => this.#stop());
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#mutex.runExclusive(async () => {
      if (this.#closed) throw new Error('The engine is closed');
      this.#stopIdling();
      try {
        return await work();
      } finally {
        this.#idleTimer = setTimeout(() => this.#stop(), this.#limits.idleMs);
        // An idle engine must not keep a finished command alive.
        this.#idleTimer.unref();
      }
    });
  }

  async #started(): Promise<Running> {
    if (this.#running?.connection.isAlive) return this.#running;
    if (this.#running !== null) this.#deathsInARow += 1;
    this.#running = null;
    if (this.#deathsInARow >= this.#limits.deathsInARow) throw new AppError('engine.crashed', {});
    try {
      const { connection, facts } = await EngineConnection.ready(this.#launch(), this.#limits.startMs);
      this.#running = { connection, facts, loadedModel: null };
      return this.#running;
    } catch (error) {
      this.#deathsInARow += 1;
      throw error;
    }
  }

  async #loaded(modelPath: string, signal: AbortSignal | undefined): Promise<{ multilingual: boolean }> {
    signal?.throwIfAborted();
    const running = await this.#started();
    if (running.loadedModel?.path === modelPath) return running.loadedModel;
    running.loadedModel = null;
    const limits = { deadlineMs: this.#limits.loadMs, model: modelPath };
    const reply = await this.#ask('loaded', { type: 'load', modelPath }, signalled(signal), limits);
    running.loadedModel = { path: modelPath, multilingual: reply.multilingual };
    this.#slowestWindowMs = 0;
    return running.loadedModel;
  }

  async #ask<T extends AnswerType>(
    expected: T,
    body: RequestBody,
    options: EngineRequestOptions,
    { deadlineMs, model }: { deadlineMs: number; model: string },
  ): Promise<AnswerOf<T>> {
    const connection = this.#running?.connection;
    if (connection === undefined) throw new AppError('engine.crashed', {});
    const { abortMs } = this.#limits;
    const outcome = await connection.ask(expected, body, options, { deadlineMs, abortMs });
    this.#deathsInARow = 0;
    if (!outcome.ok) throw failureError(outcome.reason, model);
    return outcome.answer;
  }

  #windowDeadlineMs(): number {
    if (this.#slowestWindowMs === 0) return this.#limits.firstWindowMs;
    return Math.max(this.#limits.windowMinimumMs, this.#slowestWindowMs * this.#limits.windowFactor);
  }

  #stopIdling(): void {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }

  #stop(): void {
    this.#stopIdling();
    this.#running?.connection.kill();
    this.#running = null;
    this.#deathsInARow = 0;
  }
}

function signalled(signal: AbortSignal | undefined): EngineRequestOptions {
  return signal === undefined ? {} : { signal };
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
