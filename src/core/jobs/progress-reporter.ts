import type { EventSink } from '../../contract/events.ts';
import type { JobSpan, JobStage } from '../../contract/job.ts';

/** At most ten progress events a second reach whoever shows them. */
const INTERVAL_MS = 100;

/** A speed measured over less is noise. */
const MEANINGFUL_MS = 1000;

/** Turns the advance of one attempt into progress events: per cent that never falls, speed, and when it will be ready. */
export class ProgressReporter {
  readonly #emit: EventSink;
  readonly #jobId: string;
  #stage: JobStage = 'import';
  readonly #duration: () => number | null;
  readonly #span: JobSpan | null;
  #transcribedMs = 0;
  #percent = 0;
  #startedAt: number | null = null;
  #startedFromMs = 0;
  #lastEmittedAt = Number.NEGATIVE_INFINITY;

  /**
   * `duration` tells the recording's length as far as it is known: at first only what the container claims. `span` is the
   * stretch that the job is about.
   */
  constructor(emit: EventSink, jobId: string, duration: () => number | null, span: JobSpan | null = null) {
    this.#emit = emit;
    this.#jobId = jobId;
    this.#duration = duration;
    this.#span = span;
    this.#transcribedMs = span?.startMs ?? 0;
    this.#startedFromMs = this.#transcribedMs;
  }

  /** Recording time up to which everything is transcribed. */
  get transcribedMs(): number {
    return this.#transcribedMs;
  }

  enter(stage: JobStage): void {
    this.#stage = stage;
    this.#tell(true);
  }

  /** Windows that an earlier attempt has finished count as done, but not for the speed. */
  resumeAt(transcribedMs: number): void {
    this.#transcribedMs = Math.max(this.#transcribedMs, transcribedMs);
    this.#startedFromMs = this.#transcribedMs;
  }

  startClock(): void {
    this.#startedAt ??= performance.now();
  }

  /** Everything up to `transcribedMs` is done; inside a window this is an estimate. */
  advance(transcribedMs: number): void {
    this.#transcribedMs = Math.max(this.#transcribedMs, transcribedMs);
    this.#tell(false);
  }

  #tell(always: boolean): void {
    const now = performance.now();
    if (!always && now - this.#lastEmittedAt < INTERVAL_MS) return;
    this.#lastEmittedAt = now;
    const durationMs = this.#duration();
    const endMs = this.#span?.endMs ?? durationMs;
    const speed = this.#speed(now);
    this.#emit({
      type: 'jobProgress',
      jobId: this.#jobId,
      progress: {
        stage: this.#stage,
        transcribedMs: Math.round(this.#transcribedMs),
        durationMs,
        percent: this.#nextPercent(endMs),
        speed,
        readyAtMs: this.#readyAtMs(endMs, speed),
      },
    });
  }

  #nextPercent(endMs: number | null): number | null {
    const startMs = this.#span?.startMs ?? 0;
    if (endMs === null || endMs <= startMs) return null;
    const percent = (100 * (this.#transcribedMs - startMs)) / (endMs - startMs);
    this.#percent = Math.max(this.#percent, Math.min(100, percent));
    return this.#percent;
  }

  #speed(now: number): number | null {
    if (this.#startedAt === null || now - this.#startedAt < MEANINGFUL_MS) return null;
    return (this.#transcribedMs - this.#startedFromMs) / (now - this.#startedAt);
  }

  #readyAtMs(endMs: number | null, speed: number | null): number | null {
    if (speed === null || speed === 0 || endMs === null) return null;
    return Math.round(Date.now() + Math.max(0, endMs - this.#transcribedMs) / speed);
  }
}
