import { FrameSign } from './frame-classifier.ts';

/** A run of frames with sound in them that behaves like speech, from `start` up to but not including `end`. */
export interface Burst {
  readonly start: number;
  readonly end: number;
}

/** Loud frames in a run that make it a burst: 80 ms, half of the shortest syllable said on its own. */
const LOUD_NEEDED = 4;
/** Frames without a sign that end a run: 160 ms, longer than the closure of a stop consonant. */
const GAP_FRAMES = 8;
/** Weak frames that are taken along on either side of the loud ones: 300 ms, a drawn-out first or last consonant. */
const WEAK_REACH = 15;
/** A burst is handed on in pieces of this length, so that a decision never waits for the end of endless sound. */
const LONGEST_BURST = 250;

/** Joins frame signs into bursts. */
export class BurstFinder {
  #start: number | null = null;
  #loud = 0;
  #rose = false;
  #lastLoud = 0;
  /** First frame of the weak run that leads up to now. */
  #weakFrom: number | null = null;
  /** Frame after the last weak one that follows the last loud one without a break. */
  #weakUntil = 0;
  #end = 0;

  /** The earliest frame at which a burst that is still to come can start. */
  earliestStart(frame: number): number {
    if (this.#start !== null) return this.#start;
    return Math.max(
      this.#end,
      this.#weakFrom === null ? frame : Math.max(this.#weakFrom, frame - WEAK_REACH),
    );
  }

  /** Takes in the sign of the next frame; gives the burst that it ends, or null. */
  push(frame: number, sign: number): Burst | null {
    const present = (sign & (FrameSign.weak | FrameSign.loud)) !== 0;
    if (!present) this.#weakFrom = null;
    else this.#weakFrom ??= frame;
    if ((sign & FrameSign.loud) !== 0) this.#hear(frame);
    if (this.#start === null) return null;
    if ((sign & FrameSign.rise) !== 0) this.#rose = true;
    if (present && this.#weakUntil === frame && frame - this.#lastLoud <= WEAK_REACH)
      this.#weakUntil = frame + 1;
    if (frame - this.#lastLoud > GAP_FRAMES && frame >= this.#weakUntil) return this.finish();
    if (this.#accepted && frame + 1 - this.#start >= LONGEST_BURST) return this.#handOn(frame + 1);
    return null;
  }

  /** Ends the run that is still open; gives its burst, or null. */
  finish(): Burst | null {
    const burst =
      this.#start !== null && this.#accepted && this.#weakUntil > this.#start
        ? { start: this.#start, end: this.#weakUntil }
        : null;
    if (burst !== null) this.#end = burst.end;
    this.#start = null;
    this.#loud = 0;
    this.#rose = false;
    return burst;
  }

  get #accepted(): boolean {
    return this.#rose && this.#loud >= LOUD_NEEDED;
  }

  #hear(frame: number): void {
    this.#start ??= Math.max(this.#end, this.#weakFrom ?? frame, frame - WEAK_REACH);
    this.#loud++;
    this.#lastLoud = frame;
    this.#weakUntil = frame + 1;
  }

  /** Gives the burst up to now and goes on with it, already accepted. */
  #handOn(end: number): Burst | null {
    if (this.#start === null || this.#weakUntil < end) return null;
    const burst = { start: this.#start, end };
    this.#start = end;
    this.#end = end;
    return burst;
  }
}
