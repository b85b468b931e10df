import { WINDOW_MAX_MS } from '../../../contract/audio.ts';
import type { SpeechSpan } from '../../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker, windowDurationMs } from '../../speech/window-packer.ts';

/** The shortest window that the encoder has less to do for: see `src/engine/encoder-context.ts`. */
const ENCODER_LEAST_MS = 15_360;
const ENCODER_MARGIN_MS = 5_000;
/** The encoder's share of a full window's time; the rest is the decoder's, and grows with the text. */
const ENCODER_SHARE = 0.75;
/** Of the encoder's time for a full window, the share that grows with the square of its length: attention. */
const ATTENTION_SHARE = 0.5;

/**
 * How much work a window with so much audio is for the engine, in milliseconds of a full window's audio: a full one
 * is 30,000, one of 3 s is 9,500. Measured with the fixtures' small model on windows of 2 to 30 s, as processor time on one thread.
 */
export function windowWorkMs(audioMs: number): number {
  if (audioMs === 0) return 0;
  const encodedMs = Math.min(WINDOW_MAX_MS, Math.max(ENCODER_LEAST_MS, audioMs + ENCODER_MARGIN_MS));
  const slope = 1 - ATTENTION_SHARE + ATTENTION_SHARE * (encodedMs / WINDOW_MAX_MS);
  return ENCODER_SHARE * encodedMs * slope + (1 - ENCODER_SHARE) * audioMs;
}

interface Channel {
  readonly packer: WindowPacker;
  /** Audio of the window that still grows. */
  openMs: number;
}

/**
 * The work ahead of a transcription, as far as speech has been detected in its recording. Spans are packed into
 * windows as the plan will do it; if languages separate them there will be more windows, each with less in it, and the
 * work of every span is wrong by about the same factor, which does not affect an ETA from the time per work.
 */
export class WorkAhead {
  readonly #startMs: number;
  readonly #channels: readonly Channel[];
  readonly #ofSpan = new Map<string, number>();
  #laidMs = 0;
  #knownUntilMs: number;

  /** `startMs`: start of the range to be transcribed. */
  constructor(channels: number, startMs: number) {
    this.#channels = Array.from({ length: channels }, () => ({ packer: new WindowPacker(), openMs: 0 }));
    this.#startMs = startMs;
    this.#knownUntilMs = startMs;
  }

  /** Adds a channel's next spans; no later one starts before `knownUntilMs`. Channels alternate. */
  detected(channel: number, spans: readonly SpeechSpan[], knownUntilMs: number): void {
    const into = this.#channels[channel];
    if (into === undefined) throw new Error('There is no such channel');
    for (const span of spans) {
      this.#lay(channel, into, into.packer.add(span));
      into.openMs += span.endMs - span.startMs;
    }
    this.#lay(channel, into, into.packer.advance(knownUntilMs));
    this.#knownUntilMs = Math.max(this.#knownUntilMs, knownUntilMs);
  }

  /** All of the work until `endMs`, done or not, extrapolated from what is known. Null while nothing is. */
  totalMs(endMs: number): number | null {
    const knownMs = this.#laidMs + this.#channels.reduce((sum, { openMs }) => sum + windowWorkMs(openMs), 0);
    const detectedMs = Math.min(this.#knownUntilMs, endMs) - this.#startMs;
    if (knownMs === 0 || detectedMs <= 0) return null;
    return (knownMs * (endMs - this.#startMs)) / detectedMs;
  }

  /** The work of a window. */
  ofWindowMs(channel: number, window: PlannedWindow): number {
    let workMs = 0;
    for (const { recordingStartMs, durationMs } of window.pieces) {
      const known = this.#ofSpan.get(spanKey(channel, recordingStartMs));
      workMs += known ?? (windowWorkMs(windowDurationMs(window)) * durationMs) / windowDurationMs(window);
    }
    return workMs;
  }

  #lay(channel: number, from: Channel, windows: readonly PlannedWindow[]): void {
    for (const window of windows) {
      const audioMs = windowDurationMs(window);
      const workMs = windowWorkMs(audioMs);
      for (const { recordingStartMs, durationMs } of window.pieces) {
        this.#ofSpan.set(spanKey(channel, recordingStartMs), (workMs * durationMs) / audioMs);
      }
      this.#laidMs += workMs;
      from.openMs = 0;
    }
  }
}

function spanKey(channel: number, startMs: number): string {
  return `${channel}/${startMs}`;
}
