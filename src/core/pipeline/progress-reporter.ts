import type { EventSink } from '../../contract/events.ts';
import type { JobSpan, JobStage } from '../../contract/job.ts';
import type { SpeechSpan } from '../speech/speech-detector.ts';
import type { PlannedWindow } from '../speech/window-packer.ts';
import { Eta, ToldTime } from './eta.ts';
import type { PlanObserver } from './plan-windows.ts';
import { WorkAhead } from './work-ahead.ts';

/** At most ten progress events a second reach whoever shows them. */
const INTERVAL_MS = 100;

/** While nothing happens, the time of being ready is looked at so often: it must not stay when it has passed. */
const IDLE_INTERVAL_MS = 1000;

/** A speed measured over less is noise, and a time foretold within it nobody could read. */
const MEANINGFUL_MS = 1000;

/** Before this much is done, a time when it will be ready is a guess. */
const TELLING_PERCENT = 10;

/** What exporting takes on two cores, mostly to start the worker; long texts take longer, but hours were waited for them. */
const EXPORT_MS = 150;

/** The job whose advance is told. */
export interface ReportedJob {
  readonly jobId: string;
  /** The stretch that it is about; null for the whole recording. */
  readonly span: JobSpan | null;
  /** Documents are written at its end. */
  readonly delivers: boolean;
  /** The recording's length as far as it is known: at first only what the container claims. */
  readonly durationMs: () => number | null;
  /** Whether this or any other recording's source is being read. */
  readonly isReading: () => boolean;
}

/** A window of one channel. */
interface PlacedWindow {
  readonly channel: number;
  readonly window: PlannedWindow;
}

/**
 * Turns the advance of one attempt into progress events: per cent that never falls, speed, and when it will be ready. To
 * be closed at the attempt's end.
 */
export class ProgressReporter implements PlanObserver {
  readonly #emit: EventSink;
  readonly #job: ReportedJob;
  readonly #begunAt = performance.now();
  readonly #estimate = new Eta();
  readonly #told = new ToldTime();
  readonly #timer: NodeJS.Timeout;
  #ahead: WorkAhead | null = null;
  #stage: JobStage = 'import';
  #transcribedMs: number;
  #percent = 0;
  #speedSince: number | null = null;
  #speedFromMs: number;
  #tailSince: number | null = null;
  #lastEmittedAt = Number.NEGATIVE_INFINITY;

  constructor(emit: EventSink, job: ReportedJob) {
    this.#emit = emit;
    this.#job = job;
    this.#transcribedMs = job.span?.startMs ?? 0;
    this.#speedFromMs = this.#transcribedMs;
    this.#timer = setInterval(() => {
      if (performance.now() - this.#lastEmittedAt >= IDLE_INTERVAL_MS) this.#tell(true);
    }, IDLE_INTERVAL_MS);
    // Who reports is not why a program goes on.
    this.#timer.unref();
  }

  /** Tells nothing any more. */
  close(): void {
    clearInterval(this.#timer);
  }

  enter(stage: JobStage): void {
    this.#stage = stage;
    if (stage === 'assemble' || stage === 'export') this.#tailSince ??= performance.now();
    this.#tell(true);
  }

  /** What the recording's channels are is known now. */
  channelsKnown(channels: number): void {
    this.#ahead = new WorkAhead(channels, this.#job.span?.startMs ?? 0);
  }

  heard(channel: number, spans: readonly SpeechSpan[], knownUntilMs: number): void {
    this.#ahead?.heard(channel, spans, knownUntilMs);
  }

  /** A window that an earlier attempt has finished counts as done up to `transcribedMs`, but not for the speed. */
  finishedEarlier(window: PlacedWindow, tookMs: number | null, transcribedMs: number): void {
    this.#estimate.finishedEarlier(this.#workOf(window), tookMs, this.#totalWorkMs());
    this.#transcribedMs = Math.max(this.#transcribedMs, transcribedMs);
    this.#speedFromMs = this.#transcribedMs;
  }

  /** A window begins, or begins again. */
  windowBegins(window: PlacedWindow): void {
    const now = performance.now();
    this.#speedSince ??= now;
    this.#estimate.reading(now, this.#job.isReading());
    this.#estimate.windowBegins(now, this.#workOf(window));
  }

  /** Everything up to `transcribedMs` is done; inside a window this is an estimate. */
  advance(transcribedMs: number): void {
    this.#transcribedMs = Math.max(this.#transcribedMs, transcribedMs);
    this.#tell(false);
  }

  /** The window in hand is done; with it, where that can be said, everything up to `transcribedMs`. */
  windowEnds(transcribedMs: number | null): void {
    const now = performance.now();
    this.#estimate.reading(now, this.#job.isReading());
    this.#estimate.windowEnds(now, this.#totalWorkMs());
    this.advance(transcribedMs ?? this.#transcribedMs);
  }

  #tell(always: boolean): void {
    const now = performance.now();
    if (!always && now - this.#lastEmittedAt < INTERVAL_MS) return;
    this.#lastEmittedAt = now;
    this.#estimate.reading(now, this.#job.isReading());
    const percent = this.#nextPercent();
    this.#emit({
      type: 'jobProgress',
      jobId: this.#job.jobId,
      progress: {
        stage: this.#stage,
        transcribedMs: Math.round(this.#transcribedMs),
        durationMs: this.#job.durationMs(),
        percent,
        speed: this.#speed(now),
        readyAtMs: percent === null || percent < TELLING_PERCENT ? null : this.#readyAtMs(now),
      },
    });
  }

  get #endMs(): number | null {
    return this.#job.span?.endMs ?? this.#job.durationMs();
  }

  #nextPercent(): number | null {
    const startMs = this.#job.span?.startMs ?? 0;
    const endMs = this.#endMs;
    if (endMs === null || endMs <= startMs) return null;
    const percent = (100 * (this.#transcribedMs - startMs)) / (endMs - startMs);
    this.#percent = Math.max(this.#percent, Math.min(100, percent));
    return this.#percent;
  }

  #speed(now: number): number | null {
    if (this.#speedSince === null || now - this.#speedSince < MEANINGFUL_MS) return null;
    return (this.#transcribedMs - this.#speedFromMs) / (now - this.#speedSince);
  }

  #workOf({ channel, window }: PlacedWindow): number {
    return this.#ahead?.ofWindowMs(channel, window) ?? 0;
  }

  #totalWorkMs(): number | null {
    const endMs = this.#endMs;
    // A container may claim less than there is.
    return endMs === null ? null : (this.#ahead?.totalMs(Math.max(endMs, this.#transcribedMs)) ?? null);
  }

  #readyAtMs(now: number): number | null {
    if (now - this.#begunAt < MEANINGFUL_MS) return null;
    const windowsMs = this.#estimate.remainingMs(now, this.#totalWorkMs());
    if (windowsMs === null) return null;
    const exportMs = this.#job.delivers ? Math.max(0, EXPORT_MS - (now - (this.#tailSince ?? now))) : 0;
    return Math.round(this.#told.tell(Date.now(), now - this.#begunAt, windowsMs + exportMs));
  }
}
