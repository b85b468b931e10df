import type { CaptureFrame } from '../../contract/capture.ts';
import { durationMs, type SequencedFrame } from './frame-sequencer.ts';

/** A frame with its place in its stream, and the time before it for which there is no sound. */
export interface PlacedFrame {
  readonly frame: CaptureFrame;
  /** Position of its first sample, after what is missing before it. */
  readonly positionMs: number;
  /** Time of the frames that were lost directly before it. */
  readonly lostMs: number;
  /** Time in which the input stood still directly before it. */
  readonly stoodMs: number;
}

/**
 * Relates the sound of one input to the time at which it was captured. Positions count sound, times are those of the
 * frames (`atMs`). Delivery and a busy page can make a time too late, never too early: so the least delay of a second counts,
 * and follows a device that drifts against the clock. Sound that is late and stays late means that the input stood
 * still: for this decision frames are held back for a moment, since what a busy page delivers late it delivers at once,
 * and then is in time again.
 */
export class FrameClock {
  readonly #holdMs: number;
  /** Time of position 0. */
  #originMs = 0;
  #positionMs = 0;
  #held: Held[] = [];
  /** Sound since the delays were last judged, and the least delay in it. */
  #judgedMs = 0;
  #leastMs = Number.POSITIVE_INFINITY;

  /** `holdMs`: sound that must come at its pace, and late, before the input is taken to have stood still. */
  constructor(holdMs: number) {
    this.#holdMs = holdMs;
  }

  /** The sound at `positionMs`, the next to come, was or will be captured at `timeMs`. */
  anchor(timeMs: number, positionMs: number): void {
    this.#originMs = timeMs - positionMs;
    this.#positionMs = positionMs;
    this.#held = [];
    this.#forgetDelays();
  }

  /** Goes on at `positionMs`, later than what has come; times stay where they are. */
  skipTo(positionMs: number): void {
    this.#positionMs = positionMs;
  }

  positionOf(timeMs: number): number {
    return timeMs - this.#originMs;
  }

  timeOf(positionMs: number): number {
    return positionMs + this.#originMs;
  }

  /** Whether frames are held back. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  /** Accepts the next frame; returns those that are decided. */
  push({ frame, lost }: SequencedFrame): PlacedFrame[] {
    const heldMs = this.#held.reduce((sum, one) => sum + one.lostMs + durationMs(one.frame), 0);
    const delayMs = frame.atMs - this.timeOf(this.#positionMs + heldMs);
    // Numbers that jump further than time has passed were not counted for frames.
    const lostMs = lost === 0 ? 0 : Math.min(lost * durationMs(frame), Math.max(0, delayMs) + TOLERANCE_MS);
    const remainingMs = delayMs - lostMs;
    this.#held.push({ frame, lostMs, delayMs: remainingMs });
    if (remainingMs <= TOLERANCE_MS) return this.#release(0);
    return this.#isPaced() || this.#heldForMs() >= LONGEST_HOLD_MS ? this.flush() : [];
  }

  #heldForMs(): number {
    const first = this.#held[0] as Held;
    return (this.#held.at(-1) as Held).frame.atMs - first.frame.atMs;
  }

  /** Whether enough of what is held back came frame by frame, not many at once. */
  #isPaced(): boolean {
    let soundMs = 0;
    let atOnceMs = 0;
    for (let i = this.#held.length - 1; i > 0 && soundMs < this.#holdMs; i--) {
      const { frame } = this.#held[i] as Held;
      const sinceMs = frame.atMs - (this.#held[i - 1] as Held).frame.atMs;
      const lengthMs = durationMs(frame);
      soundMs += lengthMs;
      if (sinceMs < lengthMs * AT_ONCE) atOnceMs += lengthMs;
    }
    return soundMs >= this.#holdMs && atOnceMs < soundMs / 3;
  }

  /** Decides what is held back. */
  flush(): PlacedFrame[] {
    if (this.#held.length === 0) return [];
    const leastMs = Math.min(...this.#held.map(({ delayMs }) => delayMs));
    // Some frames that came at once, and are not that late, are those of a busy page.
    const cameAtOnce = this.#held.length > 1 && this.#heldForMs() === 0;
    return this.#release(cameAtOnce && leastMs < LONGEST_HOLD_MS ? 0 : leastMs);
  }

  #release(stoodMs: number): PlacedFrame[] {
    const placed: PlacedFrame[] = [];
    for (const [index, { frame, lostMs, delayMs }] of this.#held.entries()) {
      const stood = index === 0 ? stoodMs : 0;
      this.#positionMs += lostMs + stood;
      placed.push({ frame, positionMs: this.#positionMs, lostMs, stoodMs: stood });
      this.#positionMs += durationMs(frame);
      this.#judge(delayMs - stoodMs, durationMs(frame));
    }
    this.#held = [];
    return placed;
  }

  #judge(delayMs: number, soundMs: number): void {
    this.#judgedMs += soundMs;
    this.#leastMs = Math.min(this.#leastMs, delayMs);
    if (this.#leastMs < 0) {
      this.#originMs += this.#leastMs;
      for (const held of this.#held) held.delayMs -= this.#leastMs;
      this.#forgetDelays();
    } else if (this.#judgedMs >= JUDGED_MS) {
      const correction = Math.min(this.#leastMs, this.#judgedMs * GREATEST_DRIFT);
      this.#originMs += correction;
      this.#forgetDelays();
    }
  }

  #forgetDelays(): void {
    this.#judgedMs = 0;
    this.#leastMs = Number.POSITIVE_INFINITY;
  }
}

interface Held {
  readonly frame: CaptureFrame;
  readonly lostMs: number;
  delayMs: number;
}

/** A delay up to here is put down to delivery. */
const TOLERANCE_MS = 40;

/** Longest time for which frames are held back. */
const LONGEST_HOLD_MS = 3000;

/** Frames that follow each other in less than this share of their length came at once. */
const AT_ONCE = 0.1;

/** Delays are judged over so much sound. */
const JUDGED_MS = 1000;

/** Devices drift by 100 parts per million, bad ones by 500; what is beyond twice that is missing sound. */
const GREATEST_DRIFT = 1e-3;
