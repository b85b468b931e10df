import { SAMPLES_PER_MS, type Span, WINDOW_MAX_MS } from '../../contract/audio.ts';
import type { SpeechSpan } from './span-builder.ts';

/** A range of the recording at its position in a window. */
export interface WindowPiece {
  /** Where it starts in the window. */
  readonly windowStartMs: number;
  /** Where it starts in the recording. */
  readonly recordingStartMs: number;
  readonly durationMs: number;
  /** The speech that was detected in it, in the recording's time. */
  readonly speech: readonly Span[];
}

/** What the engine transcribes at once: pieces in order, without overlap, silence where they leave gaps. */
export interface PlannedWindow {
  readonly pieces: readonly WindowPiece[];
  /** The language of all its pieces, or null if one language applies to the whole recording. */
  readonly language: string | null;
}

/** A span with the language spoken in it, if languages are detected. */
export interface PackableSpan extends SpeechSpan {
  readonly language?: string;
}

/** How windows are packed. */
export interface WindowPackerOptions {
  /** Longest window; at most `WINDOW_MAX_MS`. */
  readonly maxMs?: number;
  /**
   * Digital silence put between spans that are apart in the recording; none by default. Their padding already leaves
   * half a second of the room's own noise there, and silence of 100 to 300 ms in between improved no words.
   */
  readonly gapMs?: number;
  /** A window is closed when the next span ends more than this after its first one started. */
  readonly maxReachMs?: number;
}

/** If speech is so sparse that a window would not fill for this long, the speech so far is transcribed. */
const DEFAULT_MAX_REACH_MS = 5 * 60_000;

/** Joins spans of one channel into windows, in order; a window is closed by the first span that it cannot hold. */
export class WindowPacker {
  readonly #maxMs: number;
  readonly #gapMs: number;
  readonly #maxReachMs: number;
  #spans: PackableSpan[] = [];

  constructor(options: WindowPackerOptions = {}) {
    this.#maxMs = Math.min(options.maxMs ?? WINDOW_MAX_MS, WINDOW_MAX_MS);
    this.#gapMs = options.gapMs ?? 0;
    this.#maxReachMs = options.maxReachMs ?? DEFAULT_MAX_REACH_MS;
  }

  /** Accepts the next span, at most a window long; returns the window that it completes. */
  add(span: PackableSpan): PlannedWindow[] {
    const windows = this.#takes(span) ? [] : this.finish();
    this.#spans.push(span);
    return windows;
  }

  /** Declares that no later span starts before this time; returns the window that this completes. */
  advance(decidedUntilMs: number): PlannedWindow[] {
    const first = this.#spans[0];
    return first !== undefined && decidedUntilMs - first.startMs >= this.#maxReachMs ? this.finish() : [];
  }

  /** Returns the window that is still open. */
  finish(): PlannedWindow[] {
    const spans = this.#spans;
    this.#spans = [];
    return spans.length === 0 ? [] : [this.#lay(spans)];
  }

  #takes(span: PackableSpan): boolean {
    const first = this.#spans[0];
    if (first === undefined) return true;
    const reachMs = span.endMs - first.startMs;
    if (first.language !== span.language || reachMs > this.#maxReachMs) return false;
    return windowDurationMs(this.#lay([...this.#spans, span])) <= this.#maxMs;
  }

  #lay(spans: readonly PackableSpan[]): PlannedWindow {
    const pieces: WindowPiece[] = [];
    let windowMs = 0;
    let previousEndMs: number | null = null;
    for (const { startMs, endMs, speech } of spans) {
      if (previousEndMs !== null && previousEndMs < startMs) {
        windowMs += Math.min(this.#gapMs, startMs - previousEndMs);
      }
      const durationMs = endMs - startMs;
      pieces.push({ windowStartMs: windowMs, recordingStartMs: startMs, durationMs, speech });
      windowMs += durationMs;
      previousEndMs = endMs;
    }
    return { pieces, language: spans[0]?.language ?? null };
  }
}

/** Length of a window's audio. */
export function windowDurationMs(window: PlannedWindow): number {
  const last = window.pieces.at(-1);
  return last === undefined ? 0 : last.windowStartMs + last.durationMs;
}

/** The speech that was detected in a window, in window time. */
export function speechIn({ pieces }: PlannedWindow): Span[] {
  return pieces.flatMap(({ windowStartMs, recordingStartMs, speech }) => {
    const shiftMs = windowStartMs - recordingStartMs;
    return speech.map(({ startMs, endMs }) => ({ startMs: startMs + shiftMs, endMs: endMs + shiftMs }));
  });
}

/**
 * Reads the samples of a window. `readSamples` returns those of one channel of the working copy; if it returns fewer
 * than asked for, because the recording ends inside its last frame, the rest is silence.
 */
export async function fillWindow(
  window: PlannedWindow,
  readSamples: (startMs: number, durationMs: number) => Promise<Int16Array>,
): Promise<Int16Array> {
  const samples = new Int16Array(windowDurationMs(window) * SAMPLES_PER_MS);
  for (const { windowStartMs, recordingStartMs, durationMs } of window.pieces) {
    const piece = await readSamples(recordingStartMs, durationMs);
    samples.set(piece.subarray(0, durationMs * SAMPLES_PER_MS), windowStartMs * SAMPLES_PER_MS);
  }
  return samples;
}
