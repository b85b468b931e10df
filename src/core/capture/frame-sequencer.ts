import type { CaptureFrame } from '../../contract/capture.ts';

/** A frame in its turn, and how many before it never came. */
export interface SequencedFrame {
  readonly frame: CaptureFrame;
  readonly lost: number;
}

/**
 * Puts the frames of one input in the order of their numbers: what comes twice or too late is left out, what comes early
 * waits for what is missing, at most for a given time, then that counts as lost. Numbers that begin anew at a later
 * time are those of a new stream.
 */
export class FrameSequencer {
  readonly #patienceMs: number;
  /** Number of the next frame; null: whichever comes. */
  #expected: number | null = null;
  /** Frames that came early, by number. */
  readonly #early = new Map<number, CaptureFrame>();
  #waitingSinceMs = 0;
  /** When the latest sound ended that has been seen. */
  #seenUntilMs = Number.NEGATIVE_INFINITY;

  /** `patienceMs`: how long a missing frame is waited for. */
  constructor(patienceMs: number) {
    this.#patienceMs = patienceMs;
  }

  /** Accepts a frame at time `nowMs` (of any clock, the same at each call); returns those whose turn has come. */
  push(frame: CaptureFrame, nowMs: number): SequencedFrame[] {
    const passed: SequencedFrame[] = [];
    if (this.#expected !== null && frame.sequence < this.#expected) {
      if (frame.atMs < this.#seenUntilMs - SLACK_MS) return passed;
      passed.push(...this.flush());
      this.#expected = frame.sequence;
    }
    this.#seenUntilMs = Math.max(this.#seenUntilMs, frame.atMs + durationMs(frame));
    this.#expected ??= frame.sequence;
    if (this.#early.size === 0) this.#waitingSinceMs = nowMs;
    if (!this.#early.has(frame.sequence)) this.#early.set(frame.sequence, frame);
    passed.push(...this.#ready(0), ...this.advance(nowMs));
    return passed;
  }

  /** Tells the time: returns the frames that have waited long enough. */
  advance(nowMs: number): SequencedFrame[] {
    const passed: SequencedFrame[] = [];
    while (this.#early.size > 0 && nowMs - this.#waitingSinceMs >= this.#patienceMs) {
      passed.push(...this.#skip());
      this.#waitingSinceMs = nowMs;
    }
    return passed;
  }

  /** Waits no longer: returns all frames that came early. */
  flush(): SequencedFrame[] {
    const passed: SequencedFrame[] = [];
    while (this.#early.size > 0) passed.push(...this.#skip());
    return passed;
  }

  /** The next frame begins a new stream, whatever its number. */
  expectAny(): void {
    this.#expected = null;
    this.#early.clear();
    this.#seenUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** Gives up the frames that are missing before the first that came. */
  #skip(): SequencedFrame[] {
    const first = Math.min(...this.#early.keys());
    const lost = first - (this.#expected ?? first);
    this.#expected = first;
    return this.#ready(lost);
  }

  #ready(lost: number): SequencedFrame[] {
    const ready: SequencedFrame[] = [];
    let missing = lost;
    for (;;) {
      const frame = this.#early.get(this.#expected ?? -1);
      if (frame === undefined) return ready;
      this.#early.delete(frame.sequence);
      ready.push({ frame, lost: missing });
      missing = 0;
      this.#expected = frame.sequence + 1;
    }
  }
}

/** Times may be rounded. */
const SLACK_MS = 1;

/** Length of a frame's sound. */
export function durationMs({ samples, sampleRate }: Pick<CaptureFrame, 'samples' | 'sampleRate'>): number {
  return (samples.length * 1000) / sampleRate;
}
