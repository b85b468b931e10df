import {
  ENGINE_NOT_BUILT_EXIT,
  type EngineFailure,
  EngineReply,
  type EngineRequest,
  type EngineSegment,
} from '../../contract/engine.ts';
import { AppError } from '../../contract/errors.ts';
import { note } from '../diagnostics/note.ts';
import { loggedVersion } from '../diagnostics/plain-values.ts';
import { RunningDeadline } from '../running-deadline.ts';
import type { EngineProcess } from './engine-process.ts';

/** Which engine is running, as it reports itself. */
export interface EngineFacts {
  readonly whisperVersion: string;
  readonly cpuVariant: string;
}

/** How a request can be observed and aborted, and when and how it is done. */
export interface EngineRequestOptions {
  /** `live`: somebody is speaking and reads along. It goes before the requests that wait without; no running one is aborted. */
  readonly priority?: 'live';
  /** Encode little more than the PCM's length, so that a short range is cheap; otherwise half of Whisper's context at least. */
  readonly shortContext?: boolean;
  /** Aborts the request; its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onSegments?: (segments: EngineSegment[]) => void;
  readonly onProgress?: (percent: number) => void;
}

/** How long a request may run, and how long after it was aborted; then the process is killed. */
export interface RequestLimits {
  readonly deadlineMs: number;
  readonly abortMs: number;
}

type Answered = Exclude<EngineReply, { type: 'ready' | 'progress' | 'segments' }>;
type Question = Exclude<EngineRequest, { type: 'abort' }>;

/** A request without its id. */
export type RequestBody = Question extends infer R ? (R extends Question ? Omit<R, 'id'> : never) : never;

/** The types of replies that answer a request. */
export type AnswerType = Exclude<Answered['type'], 'failure'>;

/** The answer of a certain type. */
export type AnswerOf<T extends AnswerType> = Extract<Answered, { type: T }>;

/** Outcome of a request: its answer and the running time it took, or why the engine has none. */
export type RequestOutcome<T extends AnswerType> =
  | { readonly ok: true; readonly answer: AnswerOf<T>; readonly ranMs: number }
  | { readonly ok: false; readonly reason: EngineFailure };

interface Pending {
  readonly options: EngineRequestOptions;
  settle(reply: Answered): void;
  fail(error: unknown): void;
}

/**
 * One running engine process, from its ready line to its death. It accepts several requests at a time; its death fails
 * all of them.
 */
export class EngineConnection {
  readonly #process: EngineProcess;
  readonly #ready = Promise.withResolvers<EngineFacts>();
  readonly #startedAt = performance.now();
  #alive = true;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(process: EngineProcess) {
    this.#process = process;
    // A caller of `ready` gets the error; after that, there may be no caller to handle it.
    this.#ready.promise.catch(() => undefined);
    process.onMessage((message) => this.#receive(message));
    process.onExit((code) => this.#exited(code));
  }

  /** Waits for the ready line of the process. Throws `engine.stalled`, `engine.crashed`, `engine.notBuilt`. */
  async ready(startMs: number): Promise<EngineFacts> {
    const onPassed = () => this.kill(new AppError('engine.stalled', {}));
    const deadline = new RunningDeadline({ limitMs: startMs, pid: this.#process.pid, onPassed });
    try {
      return await this.#ready.promise;
    } finally {
      deadline.end();
    }
  }

  /** Whether it accepts requests; false from the moment it is killed, although it may take a moment to die. */
  get isAlive(): boolean {
    return this.#alive;
  }

  /** Ends the process at once. The pending requests, or the wait for the ready line, fail with `reason`. */
  kill(reason: unknown = new AppError('engine.crashed', {})): void {
    this.#end(reason);
    this.#process.kill();
  }

  /**
   * Sends a request and awaits its outcome. Throws `engine.stalled` (and kills) past the deadline, `engine.crashed`,
   * or the signal's reason. Other pending requests fail with `engine.crashed` when this one kills the process.
   */
  async ask<T extends AnswerType>(
    expected: T,
    body: RequestBody,
    options: EngineRequestOptions,
    limits: RequestLimits,
  ): Promise<RequestOutcome<T>> {
    const { signal } = options;
    signal?.throwIfAborted();
    if (!this.#alive) throw new AppError('engine.crashed', {});
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Answered>();
    this.#pending.set(id, { options, settle: resolve, fail: reject });

    const killFor = (error: unknown) => () => {
      reject(error);
      this.kill();
    };
    const { pid } = this.#process;
    const onPassed = killFor(new AppError('engine.stalled', {}));
    const deadline = new RunningDeadline({ limitMs: limits.deadlineMs, pid, onPassed });
    const deadlines = [deadline];
    const abort = () => {
      this.#process.send({ type: 'abort', target: id });
      // The caller that aborted does not wait until a stopped engine continues.
      deadlines.push(new RunningDeadline({ limitMs: limits.abortMs, onPassed: killFor(signal?.reason) }));
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#process.send({ ...body, id } as Question);
      const reply = await promise;
      if (reply.type === 'failure') {
        signal?.throwIfAborted();
        return { ok: false, reason: reply.reason };
      }
      if (reply.type !== expected) throw new Error(`The engine answered ${reply.type} for ${expected}`);
      return { ok: true, answer: reply as AnswerOf<T>, ranMs: deadline.ranMs };
    } finally {
      signal?.removeEventListener('abort', abort);
      for (const begun of deadlines) begun.end();
      this.#pending.delete(id);
    }
  }

  #receive(message: unknown): void {
    const parsed = EngineReply.safeParse(message);
    if (!parsed.success) {
      // A process that sends invalid messages is broken, and must not break this one.
      this.kill();
      return;
    }
    const reply = parsed.data;
    if (reply.type === 'ready') {
      const { whisperVersion, cpuVariant } = reply;
      const tookMs = Math.round(performance.now() - this.#startedAt);
      note({ event: 'engineReady', whisper: loggedVersion(whisperVersion), cpuVariant, tookMs });
      this.#ready.resolve({ whisperVersion, cpuVariant });
      return;
    }
    const pending = this.#pending.get(reply.id);
    // A late reply to a request that was aborted.
    if (pending === undefined) return;
    if (reply.type === 'segments') pending.options.onSegments?.(reply.segments);
    else if (reply.type === 'progress') pending.options.onProgress?.(reply.percent);
    else pending.settle(reply);
  }

  #exited(code: number | null): void {
    this.#end(new AppError(code === ENGINE_NOT_BUILT_EXIT ? 'engine.notBuilt' : 'engine.crashed', {}));
  }

  #end(reason: unknown): void {
    this.#alive = false;
    this.#ready.reject(reason);
    for (const pending of this.#pending.values()) pending.fail(reason);
  }
}
