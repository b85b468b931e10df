import {
  CAPTURE_FRAME_MS,
  type CaptureFrame,
  type CaptureInput,
  type CaptureMetrics,
} from '../../contract/capture.ts';
import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import type { InputGap } from '../../core/capture/input-gaps.ts';
import type { LiveFeed } from './live-feed.ts';

/** Counts what becomes of the frames of a session. */
export class CaptureCounters {
  #framesIn = 0;
  #framesRecorded = 0;
  #framesSkipped = 0;
  #framesLost = 0;
  #gapMs = 0;
  #recorderQueue = 0;
  #liveQueue = 0;
  /** The number that the next frame of an input should have. */
  readonly #expected = new Map<CaptureInput, number>();
  /** Ends of the gaps by input and start. */
  readonly #gaps = new Map<string, number>();

  get metrics(): CaptureMetrics {
    return {
      framesIn: this.#framesIn,
      framesRecorded: this.#framesRecorded,
      framesSkippedByLiveText: this.#framesSkipped,
      framesLost: this.#framesLost,
      gapMs: Math.round(this.#gapMs),
      recorderQueue: this.#recorderQueue,
      liveQueue: this.#liveQueue,
    };
  }

  /** A frame has arrived; it is `kept` unless the session is paused. */
  arrived({ input, sequence }: CaptureFrame, kept: boolean): void {
    const expected = this.#expected.get(input) ?? 0;
    this.#expected.set(input, Math.max(expected, sequence + 1));
    this.#framesLost += Math.max(0, sequence - expected);
    if (kept) this.#framesIn += 1;
  }

  /** A gap came or grew. */
  gap({ input, startMs, endMs }: InputGap): void {
    const key = `${input} ${startMs}`;
    this.#gapMs += endMs - (this.#gaps.get(key) ?? startMs);
    this.#gaps.set(key, endMs);
  }

  /** Sound was handed on. */
  handedOn(recorder: CaptureRecorder, live: LiveFeed | null): void {
    const waiting = frames(recorder, recorder.queueDepth);
    this.#recorderQueue = Math.max(this.#recorderQueue, waiting);
    if (live === null) return;
    this.#liveQueue = Math.round(live.greatestBehindMs / CAPTURE_FRAME_MS);
    this.#framesSkipped = Math.round(live.skippedMs / CAPTURE_FRAME_MS);
  }

  /** More has become durable. */
  recorded(recorder: CaptureRecorder): void {
    const durable = frames(recorder, recorder.framesRecorded) * recorder.channels;
    this.#framesRecorded = Math.max(0, Math.round(durable - this.#gapMs / CAPTURE_FRAME_MS));
  }
}

/** Sample frames as frames of 20 ms, a shorter last one included. */
function frames({ sampleRate }: CaptureRecorder, sampleFrames: number): number {
  return Math.ceil((sampleFrames * 1000) / (sampleRate * CAPTURE_FRAME_MS));
}
