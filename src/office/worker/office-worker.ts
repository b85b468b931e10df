import { setTimeout as wait } from 'node:timers/promises';
import type { Span } from '@opentelemetry/api';
import { endOfFailure, PATIENT } from '../../app/jobs/retry-policy.ts';
import { type ErrorCode, type RetryRule, retryRule } from '../../contract/errors.ts';
import { asAppError } from '../../core/system-errors.ts';
import { isOfficeError, type OfficeErrorCode } from '../contract/office-errors.ts';
import type { WorkerState } from '../contract/watch-api.ts';
import type { OfficeJob } from '../database/office-jobs.db.ts';
import { isNotOwn, type JobTaker, type OfficeLease } from '../queue/job-taker.ts';
import { inSpan } from '../watch/spans.ts';
import { contextOf, traceParentOfJob } from '../watch/trace-parent.ts';
import { performWork, type WorkOutcome, type WorkParts } from './perform-work.ts';

/** What a worker is made of. */
export interface OfficeWorkerParts extends WorkParts {
  readonly taker: JobTaker;
  /** Milliseconds that a job stays this worker's without a sign of life. */
  readonly leaseMs: number;
  /** Told of what happens, content-free. */
  readonly note: (event: WorkerEvent) => void;
}

/** What a worker does, without anything of a recording. */
export type WorkerEvent =
  | { readonly type: 'taken'; readonly jobId: string }
  | {
      readonly type: 'ended';
      readonly jobId: string;
      readonly state: OfficeJob['state'];
      readonly tookMs: number;
    }
  | { readonly type: 'failed'; readonly jobId: string; readonly code: string }
  /** The job was paused, cancelled, or given to another worker. */
  | { readonly type: 'lost'; readonly jobId: string }
  | { readonly type: 'unreachable'; readonly error: unknown };

/** How long to wait before asking again, where the queue or the gateway could not be reached, in milliseconds. */
const UNREACHABLE_MS = 1_000;

/** Signs of life within one lease. */
export const RENEWALS = 3;

/**
 * A worker of the office: takes jobs one after the other, opens each recording, transcribes it, seals its text for the client and
 * the tenant's vault, and puts that into the store. A job done twice, after a lost worker, has the same result at the same place; the row counts one.
 */
export class OfficeWorker {
  readonly #parts: OfficeWorkerParts;
  readonly #draining = new AbortController();
  readonly #stopping = new AbortController();
  #isWorking = false;

  constructor(parts: OfficeWorkerParts) {
    this.#parts = parts;
  }

  /** Whether it takes jobs. */
  get isReady(): boolean {
    return !this.#draining.signal.aborted;
  }

  /** What it does. */
  get state(): WorkerState {
    if (!this.isReady) return 'draining';
    return this.#isWorking ? 'working' : 'idle';
  }

  /** Works until it is drained or stopped. */
  async run(): Promise<void> {
    while (!this.#draining.signal.aborted) {
      const lease = await this.#taken();
      if (lease === null) continue;
      this.#isWorking = true;
      await this.#work(lease).finally(() => {
        this.#isWorking = false;
      });
    }
  }

  /** Takes no further job; the one that it has is finished first. */
  drain(): void {
    this.#draining.abort();
  }

  /** Gives the job back that it has, uncounted, and takes no further. */
  stop(): void {
    this.#draining.abort();
    this.#stopping.abort();
  }

  async #taken(): Promise<OfficeLease | null> {
    try {
      return await this.#parts.taker.take({ block: true });
    } catch (error) {
      this.#parts.note({ type: 'unreachable', error });
      await wait(UNREACHABLE_MS, null, { signal: this.#draining.signal }).catch(() => undefined);
      return null;
    }
  }

  /** The work on a job, as a part of its trace. */
  async #work(lease: OfficeLease): Promise<void> {
    const { id } = lease.job;
    const place = {
      parent: contextOf(traceParentOfJob(lease.job)),
      facts: { 'voicesync.job_id': id },
    };
    await inSpan('work', place, (span) => this.#attempt(lease, span));
  }

  async #attempt(lease: OfficeLease, span: Span): Promise<void> {
    const { note } = this.#parts;
    const { id: jobId, attempts } = lease.job;
    const startedMs = performance.now();
    note({ type: 'taken', jobId });
    using life = new SignsOfLife(lease, this.#parts.leaseMs, note);
    const signal = AbortSignal.any([life.lost, this.#stopping.signal]);
    try {
      const work = { job: lease.job, signal, onProgress: life.tell };
      const outcome = await performWork(this.#parts, work).catch(failureOf);
      const failure = 'code' in outcome ? outcome : null;
      if (failure !== null) span.setAttribute('error.type', failure.code);
      if (life.lost.aborted) return note({ type: 'lost', jobId });
      const ending = endingOf(outcome, attempts, this.#stopping.signal);
      const ended = await inSpan('end', {}, () =>
        untilReached(
          () => lease.end(ending),
          (error) => note({ type: 'unreachable', error }),
        ),
      );
      if (failure !== null) note({ type: 'failed', jobId, code: failure.code });
      note({ type: 'ended', jobId, state: ended.state, tookMs: performance.now() - startedMs });
    } catch (error) {
      if (!isNotOwn(error)) throw error;
      note({ type: 'lost', jobId });
    }
  }
}

/** Tells row and Redis that the worker lives, several times within each lease, while whisper works. */
class SignsOfLife implements Disposable {
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #progress: number | null = null;

  constructor(lease: OfficeLease, leaseMs: number, note: OfficeWorkerParts['note']) {
    this.#timer = setInterval(() => {
      lease.renew(this.#progress).catch((error: unknown) => {
        if (isNotOwn(error)) this.#lost.abort();
        // The next may get through; if none does the job is another's, and its end is refused.
        else note({ type: 'unreachable', error });
      });
    }, leaseMs / RENEWALS);
  }

  /** Aborted once the job is no longer this worker's. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Says how much is done, for the next sign of life. */
  readonly tell = (done: number): void => {
    this.#progress = done;
  };

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/** Why an attempt failed, without anything of the recording, and what the queue does about it. */
interface WorkFailure {
  readonly code: ErrorCode | OfficeErrorCode;
  readonly rule: RetryRule;
}

/** What another worker, or another time, may be better at. */
const LATER: ReadonlySet<OfficeErrorCode> = new Set<OfficeErrorCode>([
  'store.unavailable',
  'worker.otherModel',
]);

function failureOf(error: unknown): WorkFailure {
  if (isOfficeError(error)) return { code: error.code, rule: LATER.has(error.code) ? 'later' : 'never' };
  const { code } = asAppError(error);
  const rule = retryRule(code);
  // Another worker may have room; this one's memory is free again by then.
  return { code, rule: rule === 'space' ? 'later' : rule };
}

function endingOf(
  outcome: WorkFailure | WorkOutcome,
  attempts: number,
  stopping: AbortSignal,
): Parameters<OfficeLease['end']>[0] {
  if (!('code' in outcome)) return { ...outcome, failureCode: null, retryAtMs: null };
  if (stopping.aborted) return { outcome: 'interrupted', failureCode: null, retryAtMs: null, counted: false };
  const end = endOfFailure(PATIENT, outcome.rule, attempts, Date.now());
  return { outcome: 'failed', failureCode: outcome.code, ...end };
}

/** Asks until the gateway answers: the result is in the store, and would be made again for nothing. */
async function untilReached<T>(ask: () => Promise<T>, onUnreachable: (error: unknown) => void): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (isNotOwn(error)) throw error;
      onUnreachable(error);
      await wait(UNREACHABLE_MS);
    }
  }
}
