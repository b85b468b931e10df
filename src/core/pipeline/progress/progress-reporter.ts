import type { Span } from '../../../contract/audio.ts';
import type { EventSink } from '../../../contract/events.ts';
import type { JobRange } from '../../../contract/job.ts';
import type { SpeechSpan } from '../../speech/speech-detector.ts';
import type { PlannedWindow } from '../../speech/window-packer.ts';
import { Eta, SteadyTime } from './eta.ts';
import { StepShares, type WeighedStep } from './step-shares.ts';
import { WorkAhead } from './work-ahead.ts';

/** At most ten progress events a second are emitted. */
const INTERVAL_MS = 100;

/** While nothing happens, the ETA is checked this often: it must not stay when it has passed. */
const IDLE_INTERVAL_MS = 1000;

/** A speed measured over less is noise, and an ETA within it too short to read. */
const MEANINGFUL_MS = 1000;

/** From this share on, the time that a step took tells how long the rest of it takes. */
const TELLING_SHARE = 0.05;

/** No step is done with any of it. */
const NO_RANGE: Span = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER };

/** Before this share is transcribed, an ETA is a guess. */
const ETA_SHARE = 0.1;

/** Name of the step whose progress is the time up to which all is transcribed, and the basis of the ETA. */
export const TRANSCRIBE = 'transcribe';

/** A step whose progress is reported. */
export interface ReportedStep extends WeighedStep {
  /** How long it takes once all windows are transcribed, in milliseconds; undefined for steps that do not come after them. */
  readonly expectedMs: (() => number) | undefined;
}

/** The job whose progress is reported. */
export interface ReportedJob {
  readonly jobId: string;
  /** The range to transcribe; null for the whole recording. */
  readonly range: JobRange | null;
  readonly steps: readonly ReportedStep[];
  /** The recording's length as far as it is known: at first only what the container claims. */
  readonly durationMs: () => number | null;
  /** Whether this or any other recording's source is being read. */
  readonly isReading: () => boolean;
}

/** A step reports its progress through this. Progress never falls. */
export interface StepProgress {
  /** From now on the job is reported to be in this step. Called for every step that does not stream, before it runs. */
  enter(): void;
  /** So much of the step is done, 0 to 1. */
  done(share: number): void;
  /** The step is done with the recording up to this time, in milliseconds; the share follows from the job's range. */
  doneUntil(recordingMs: number): void;
}

/** A window of one channel. */
interface PlacedWindow {
  readonly channel: number;
  readonly window: PlannedWindow;
}

/**
 * Turns the progress of one attempt's steps into progress events: per cent that never falls, speed, and ETA.
 * To be closed at the attempt's end.
 */
export class ProgressReporter {
  readonly #emit: EventSink;
  readonly #job: ReportedJob;
  readonly #begunAt = performance.now();
  readonly #estimate = new Eta();
  readonly #steadyTime = new SteadyTime();
  readonly #timer: NodeJS.Timeout;
  readonly #shares: StepShares;
  #ahead: WorkAhead | null = null;
  /** The step that the job is reported to be in; nothing is reported before there is one. */
  #stage: string | null = null;
  #transcribedMs: number;
  #percent = 0;
  #speedSince: number | null = null;
  #speedFromMs: number;
  /** Since when, and from which share on, each step that comes after all windows has run. */
  readonly #entered = new Map<string, { readonly at: number; readonly share: number }>();
  #lastEmittedAt = Number.NEGATIVE_INFINITY;

  constructor(emit: EventSink, job: ReportedJob) {
    this.#emit = emit;
    this.#job = job;
    this.#shares = new StepShares(job.steps);
    this.#transcribedMs = job.range?.startMs ?? 0;
    this.#speedFromMs = this.#transcribedMs;
    this.#timer = setInterval(() => {
      if (performance.now() - this.#lastEmittedAt >= IDLE_INTERVAL_MS) this.#report(true);
    }, IDLE_INTERVAL_MS);
    // The reporter must not keep the process alive.
    this.#timer.unref();
  }

  /** Reports nothing any more. */
  close(): void {
    clearInterval(this.#timer);
  }

  /** The progress of a step, to report to. */
  of(name: string): StepProgress {
    return {
      enter: () => {
        this.#stage = name;
        const step = this.#job.steps.find((one) => one.name === name);
        const share = this.#shares.shareOf(name, this.#range() ?? NO_RANGE);
        if (step?.expectedMs !== undefined && !this.#entered.has(name))
          this.#entered.set(name, { at: performance.now(), share });
        this.#report(true);
      },
      done: (share) => {
        this.#shares.done(name, share);
        this.#report(false);
      },
      doneUntil: (recordingMs) => {
        this.#shares.doneUntil(name, recordingMs);
        this.#report(false);
      },
    };
  }

  /** The recording's channels are known. */
  channelsKnown(channels: number): void {
    this.#ahead = new WorkAhead(channels, this.#job.range?.startMs ?? 0);
  }

  /** Speech was detected in a channel; no later span starts before `knownUntilMs`. */
  detected(channel: number, spans: readonly SpeechSpan[], knownUntilMs: number): void {
    this.#ahead?.detected(channel, spans, knownUntilMs);
  }

  /** A window that an earlier attempt has finished counts as done up to `transcribedMs`, but not for the speed. */
  finishedEarlier(window: PlacedWindow, tookMs: number | null, transcribedMs: number): void {
    this.#estimate.finishedEarlier(this.#workOf(window), tookMs, this.#totalWorkMs());
    this.#reach(transcribedMs);
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
    this.#reach(transcribedMs);
    this.#report(false);
  }

  /** The current window is done; with it, if known, everything up to `transcribedMs`. */
  windowEnds(transcribedMs: number | null): void {
    const now = performance.now();
    this.#estimate.reading(now, this.#job.isReading());
    this.#estimate.windowEnds(now, this.#totalWorkMs());
    this.advance(transcribedMs ?? this.#transcribedMs);
  }

  #reach(transcribedMs: number): void {
    this.#transcribedMs = Math.max(this.#transcribedMs, transcribedMs);
    this.#shares.doneUntil(TRANSCRIBE, this.#transcribedMs);
  }

  #report(always: boolean): void {
    if (this.#stage === null) return;
    const now = performance.now();
    if (!always && now - this.#lastEmittedAt < INTERVAL_MS) return;
    this.#lastEmittedAt = now;
    this.#estimate.reading(now, this.#job.isReading());
    const range = this.#range();
    const hasEta = range !== null && this.#shares.shareOf(TRANSCRIBE, range) >= ETA_SHARE;
    this.#emit({
      type: 'jobProgress',
      jobId: this.#job.jobId,
      progress: {
        stage: this.#stage,
        transcribedMs: Math.round(this.#transcribedMs),
        durationMs: this.#job.durationMs(),
        percent: range === null ? null : this.#nextPercent(range),
        speed: this.#speed(now),
        readyAtMs: hasEta ? this.#readyAtMs(now) : null,
      },
    });
  }

  /** The range that the job is about; null while its end is not known. */
  #range(): Span | null {
    const startMs = this.#job.range?.startMs ?? 0;
    const endMs = this.#endMs;
    return endMs === null || endMs <= startMs ? null : { startMs, endMs };
  }

  get #endMs(): number | null {
    return this.#job.range?.endMs ?? this.#job.durationMs();
  }

  #nextPercent(range: Span): number {
    this.#percent = Math.max(this.#percent, 100 * this.#shares.total(range));
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
    const tailMs = this.#job.steps.reduce((sum, step) => sum + this.#remainingMs(step, now), 0);
    return Math.round(this.#steadyTime.at(Date.now(), now - this.#begunAt, windowsMs + tailMs));
  }

  /** How long a step that comes after all windows will take: as it was expected to, or as it has gone so far. */
  #remainingMs({ name, expectedMs }: ReportedStep, now: number): number {
    if (expectedMs === undefined) return 0;
    const share = this.#shares.shareOf(name, this.#range() ?? NO_RANGE);
    const entered = this.#entered.get(name);
    if (entered === undefined) return expectedMs() * (1 - share);
    const tookMs = now - entered.at;
    const done = share - entered.share;
    if (done >= TELLING_SHARE) return (tookMs * (1 - share)) / done;
    return Math.max(0, expectedMs() * (1 - share) - tookMs);
  }
}
