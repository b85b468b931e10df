import { Mutex } from 'async-mutex';
import { SAMPLES_PER_MS, type Span } from '../../contract/audio.ts';
import {
  type DecodingParameters,
  type EngineFailure,
  EngineReply,
  type EngineRequest,
  type EngineSegment,
  type LanguageGuess,
} from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import type { EngineLauncher, EngineProcess } from './engine-process.ts';

type RequestBody = EngineRequest extends infer R
  ? R extends { type: 'abort' }
    ? never
    : R extends { id: number }
      ? Omit<R, 'id'>
      : never
  : never;
type ReplyType = EngineReply['type'];
type Reply<T extends ReplyType> = Extract<EngineReply, { type: T }>;

/** Which engine is running, as it said itself. */
export interface EngineFacts {
  readonly whisperVersion: string;
  readonly cpuVariant: string;
}

/** A transcribed window, in window time. */
export interface TranscribedWindow {
  readonly segments: EngineSegment[];
  readonly inferenceMs: number;
  readonly peakMemoryBytes: number;
}

/** How a request can be watched and ended. */
export interface EngineRequestOptions {
  /** Ends the request; its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onSegments?: (segments: EngineSegment[]) => void;
  readonly onProgress?: (percent: number) => void;
}

/** Limits of the supervision. The defaults are for real work; tests shorten them. */
export interface EngineLimits {
  /** From start to the ready line. */
  readonly startMs: number;
  /** Loading a model: 3 GB from a slow disk. */
  readonly loadMs: number;
  /** A window before any has finished; afterwards `windowFactor` times the slowest so far, but at least `windowMinimumMs`. */
  readonly firstWindowMs: number;
  readonly windowFactor: number;
  readonly windowMinimumMs: number;
  /** From an abort to the kill. */
  readonly abortMs: number;
  /** Without work for so long, the process ends and gives its memory back. */
  readonly idleMs: number;
  /** Deaths in a row, without one answer between them, after which nothing is started any more. */
  readonly deathsInARow: number;
}

const DEFAULT_LIMITS: EngineLimits = {
  startMs: 30_000,
  loadMs: 300_000,
  firstWindowMs: 30 * 60_000,
  windowFactor: 20,
  windowMinimumMs: 120_000,
  abortMs: 5_000,
  idleMs: 5 * 60_000,
  deathsInARow: 4,
};

interface Pending {
  readonly id: number;
  settle(reply: EngineReply): void;
  fail(error: unknown): void;
  readonly onSegments: ((segments: EngineSegment[]) => void) | undefined;
  readonly onProgress: ((percent: number) => void) | undefined;
}

interface Running {
  readonly process: EngineProcess;
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
  #process: EngineProcess | null = null;
  #running: Running | null = null;
  #pending: Pending | null = null;
  #nextId = 1;
  #deathsInARow = 0;
  #slowestWindowMs = 0;
  #idleTimer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(launch: EngineLauncher, limits: Partial<EngineLimits> = {}) {
    this.#launch = launch;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** Starts the engine if it is not running, and tells which one it is. Throws `engine.crashed` or `engine.stalled`. */
  facts(): Promise<EngineFacts> {
    return this.#exclusively(async () => (await this.#started()).facts);
  }

  /** Loads a model, unless it is the loaded one. Throws `model.notAModel`, `engine.outOfMemory` and the engine's. */
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
      const reply = await this.#ask('transcribed', { type: 'transcribe', pcm, parameters }, options, {
        deadlineMs: this.#windowDeadlineMs(),
        model: modelPath,
      });
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
      const audioContext = options.shortContext ? encoderFrames(pcm.length) : null;
      const body = { type: 'detectLanguage', pcm, threads, audioContext } as const;
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
      const options = signal === undefined ? {} : { signal };
      const limits = { deadlineMs: this.#limits.loadMs, model: weightsPath };
      return (await this.#ask('speech', body, options, limits)).spans;
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
    if (this.#running !== null) return this.#running;
    if (this.#deathsInARow >= this.#limits.deathsInARow) throw new AppError('engine.crashed', {});
    const process = this.#launch();
    this.#process = process;
    const { promise, resolve, reject } = Promise.withResolvers<EngineFacts>();
    const timer = setTimeout(() => {
      reject(new AppError('engine.stalled', {}));
      process.kill();
    }, this.#limits.startMs);
    process.onMessage((message) => {
      const reply = EngineReply.parse(message);
      if (reply.type === 'ready') resolve(reply);
      else this.#receive(reply);
    });
    process.onExit(() => {
      reject(new AppError('engine.crashed', {}));
      this.#exited(process);
    });
    try {
      const { whisperVersion, cpuVariant } = await promise;
      this.#running = { process, facts: { whisperVersion, cpuVariant }, loadedModel: null };
      return this.#running;
    } finally {
      clearTimeout(timer);
    }
  }

  async #loaded(modelPath: string, signal: AbortSignal | undefined): Promise<{ multilingual: boolean }> {
    signal?.throwIfAborted();
    const running = await this.#started();
    if (running.loadedModel?.path === modelPath) return running.loadedModel;
    running.loadedModel = null;
    const limits = { deadlineMs: this.#limits.loadMs, model: modelPath };
    const reply = await this.#ask('loaded', { type: 'load', modelPath }, {}, limits);
    running.loadedModel = { path: modelPath, multilingual: reply.multilingual };
    this.#slowestWindowMs = 0;
    return running.loadedModel;
  }

  async #ask<T extends ReplyType>(
    expected: T,
    body: RequestBody,
    options: EngineRequestOptions,
    limits: { deadlineMs: number; model: string },
  ): Promise<Reply<T>> {
    options.signal?.throwIfAborted();
    const running = this.#running;
    if (running === null) throw new AppError('engine.crashed', {});
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<EngineReply>();
    const { onSegments, onProgress } = options;
    this.#pending = { id, settle: resolve, fail: reject, onSegments, onProgress };

    const killAfter = (delayMs: number, error: unknown) =>
      setTimeout(() => {
        reject(error);
        running.process.kill();
      }, delayMs);
    const timers = [killAfter(limits.deadlineMs, new AppError('engine.stalled', {}))];
    const abort = () => {
      running.process.send({ type: 'abort', target: id });
      timers.push(killAfter(this.#limits.abortMs, options.signal?.reason));
    };
    options.signal?.addEventListener('abort', abort, { once: true });
    try {
      running.process.send({ ...body, id } as EngineRequest);
      const reply = await promise;
      if (reply.type === 'failure') {
        options.signal?.throwIfAborted();
        throw failureError(reply.reason, limits.model);
      }
      if (reply.type !== expected) throw new Error(`The engine answered ${reply.type} for ${expected}`);
      this.#deathsInARow = 0;
      return reply as Reply<T>;
    } finally {
      options.signal?.removeEventListener('abort', abort);
      for (const timer of timers) clearTimeout(timer);
      this.#pending = null;
    }
  }

  #receive(reply: EngineReply): void {
    const pending = this.#pending;
    // Late words of a request that has been given up.
    if (pending === null || !('id' in reply) || reply.id !== pending.id) return;
    if (reply.type === 'segments') pending.onSegments?.(reply.segments);
    else if (reply.type === 'progress') pending.onProgress?.(reply.percent);
    else pending.settle(reply);
  }

  #exited(process: EngineProcess): void {
    if (process !== this.#process) return;
    this.#process = null;
    this.#running = null;
    this.#deathsInARow += 1;
    this.#pending?.fail(new AppError('engine.crashed', {}));
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
    const process = this.#process;
    this.#process = null;
    this.#running = null;
    process?.kill();
    this.#deathsInARow = 0;
  }
}

/** Whisper's encoder sees 50 frames a second; a little more than the speech keeps its end from being cut. */
function encoderFrames(samples: number): number {
  const framesOfSpeech = Math.ceil(samples / SAMPLES_PER_MS / 20);
  const marginFrames = 50;
  return Math.min(1500, framesOfSpeech + marginFrames);
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
