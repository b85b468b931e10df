import type {
  CaptureFrame,
  CaptureInput,
  CaptureLevel,
  CaptureMetrics,
  CaptureWarning,
} from '../../contract/capture.ts';
import type { CapturedSound, CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import { type CaptureBlock, CaptureTimeline } from '../../core/capture/capture-timeline.ts';
import type { CaptureGap } from '../../core/database/captures/captures.db.ts';
import { CaptureCounters } from './capture-counters.ts';
import type { LiveFeed } from './live-feed.ts';
import { SoundMonitor } from './sound-monitor.ts';

/** What a session records into, once its devices are open. */
export interface CaptureStart {
  readonly recordingId: string;
  readonly inputs: readonly CaptureInput[];
  /** In hertz. */
  readonly sampleRate: number;
  readonly startedAtMs: number;
}

/** Dependencies of the fan-out of a session. */
export interface CaptureFanOutParts {
  readonly recorder: CaptureRecorder;
  readonly start: CaptureStart;
  readonly onLevel: (level: Omit<CaptureLevel, 'captureId'>) => void;
  /** A gap came or grew. */
  readonly onGap: (gap: CaptureGap) => void;
  /** Counters or warnings may have changed. */
  readonly onChange: () => void;
}

/** Blocks that wait for the live text to begin: usually of 20 ms, so about a minute. */
const MOST_UNHEARD = 3000;

/**
 * Hands each frame of a session to the recorder, the meters and the live text, once the timeline has put it on the
 * recording's clock. None of them can hold up another: the recorder and the live text take sound without waiting, and bound
 * what they have not done yet themselves. Times are those of the session's clock.
 */
export class CaptureFanOut {
  readonly #parts: CaptureFanOutParts;
  readonly #timeline: CaptureTimeline;
  readonly #monitor: SoundMonitor;
  readonly #counters = new CaptureCounters();
  #live: LiveFeed | null = null;
  /** The sound until the live text begins, which is a matter of a moment; null from then on. */
  #unheard: CaptureBlock[] | null = [];
  /** Sample frames that have been handed on. */
  #frames = 0;
  #pausedAtMs: number | null = null;
  #resumedAtMs = Number.NEGATIVE_INFINITY;

  constructor(parts: CaptureFanOutParts) {
    const { recorder, start, onLevel, onChange } = parts;
    this.#parts = parts;
    this.#timeline = new CaptureTimeline(start);
    this.#monitor = new SoundMonitor(start.inputs, onLevel);
    recorder.onDurable(() => {
      this.#counters.recorded(recorder);
      onChange();
    });
  }

  get metrics(): CaptureMetrics {
    return this.#counters.metrics;
  }

  /** What the sound warns of. */
  get warnings(): CaptureWarning[] {
    return this.#monitor.warnings;
  }

  /** The live text begins, with what has been said already; null: there is none. */
  begin(live: LiveFeed | null): void {
    this.#live = live;
    for (const block of this.#unheard ?? []) live?.push(block);
    this.#unheard = null;
  }

  /** Accepts a frame; `drain` hands it on. */
  push(frame: CaptureFrame): void {
    const { atMs } = frame;
    const isPaused = this.#pausedAtMs !== null && atMs >= this.#pausedAtMs;
    this.#counters.arrived(frame, !isPaused && atMs >= this.#resumedAtMs);
    if (!isPaused && this.#monitor.push(frame)) this.#parts.onChange();
    this.#timeline.push(frame);
  }

  /** Hands on what has become certain. */
  drain(nowMs: number): void {
    const { recorder, onGap } = this.#parts;
    for (let blocks = this.#timeline.take(nowMs); blocks.length > 0; blocks = this.#timeline.take(nowMs)) {
      for (const block of blocks) this.#handOn(block);
    }
    for (const gap of this.#timeline.takeGaps()) {
      this.#counters.gap(gap);
      const { input, startMs, endMs, reason } = gap;
      // Where only the other input has a gap, the recording has sound.
      if (input === this.#timeline.leading) onGap({ startMs, endMs, reason });
    }
    this.#counters.handedOn(recorder, this.#live);
  }

  /** Nothing is kept until `resume`, and the time of the recording stands. */
  pause(atMs: number): void {
    this.#pausedAtMs = atMs;
    this.#timeline.pause(atMs);
    this.drain(atMs);
    this.#live?.pause();
  }

  resume(atMs: number): void {
    this.#pausedAtMs = null;
    this.#resumedAtMs = atMs;
    this.#timeline.resume(atMs);
    this.#monitor.restart();
  }

  /** An input is gone until its next frame. */
  lost(input: CaptureInput, reason: CaptureGap['reason'], atMs: number): void {
    if (this.#pausedAtMs === null) this.#timeline.lost(input, reason, atMs);
  }

  /** Another device delivers: what was measured before tells nothing of it. */
  reconnected(): void {
    this.#monitor.restart();
  }

  /** Somebody begins or ceases to speak into the microphone. */
  speaking(isSpeaking: boolean): void {
    this.#monitor.speaking(isSpeaking);
  }

  /** The length of what has been handed on, in milliseconds: the recording is not shorter in the end. */
  get recordedMs(): number {
    return Math.round((this.#frames * 1000) / this.#parts.recorder.sampleRate);
  }

  /** The time in the recording, in milliseconds, with what is still on its way. */
  timeOf(atMs: number): number {
    return this.#timeline.timeOf(this.#pausedAtMs ?? atMs);
  }

  /** Nothing more comes: seals the rest. */
  async finish(nowMs: number): Promise<CapturedSound> {
    const { recorder } = this.#parts;
    this.#timeline.finish(nowMs);
    this.drain(nowMs);
    const captured = await recorder.finish();
    this.#counters.recorded(recorder);
    return captured;
  }

  /** Confirms and stores the last words, unless that takes too long or `abandoned` resolves. */
  async finishText(abandoned: Promise<void>): Promise<void> {
    await this.#live?.finish(abandoned);
  }

  #handOn(block: CaptureBlock): void {
    const { recorder } = this.#parts;
    this.#frames += block.frameCount;
    if (block.samples === null) recorder.writeSilence(block.frameCount);
    else recorder.write(block.samples);
    this.#unheard?.push(block);
    if (this.#unheard === null) this.#live?.push(block);
    else if (this.#unheard.length > MOST_UNHEARD) this.#unheard.shift();
  }
}
