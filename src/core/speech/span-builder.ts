import { FRAME_MS, type Span, WINDOW_MAX_MS } from '../../contract/audio.ts';
import type { Burst } from './voice-bursts.ts';

/** A span of audio to be transcribed, at most as long as a window, with the speech that was detected in it. */
export interface SpeechSpan extends Span {
  /** The speech that was detected, without the padding, in order. */
  readonly speech: readonly Span[];
}

/** Frames of the longest span. */
const LONGEST = WINDOW_MAX_MS / FRAME_MS;
/** A silence is looked for in the second half of a span that is too long: both parts then have a fair length. */
const SILENCE_SEARCH = LONGEST / 2;
/** A pause of 160 ms may be a cut; shorter ones are closures inside words. */
const SHORTEST_SILENCE = 8;
/** Without a silence, the quietest of the last 5 s is taken, judged over 100 ms so that no closure is taken for it. */
const QUIET_SEARCH = 5000 / FRAME_MS;
const QUIET_REACH = 2;

/** How bursts become spans. */
export interface SpanBuilderOptions {
  /** Audio kept before and after speech. */
  readonly padMs: number;
  /** Let the spans cover everything, cutting at silences but dropping none. */
  readonly keepSilence: boolean;
}

/**
 * Pads bursts of speech, joins them where the paddings meet, and cuts what is too long: in the middle of the longest
 * silence of its second half, else at the quietest moment of its last 5 s. Bursts may come from any detector, as long
 * as each is shorter than a window and `loudness` knows their frames.
 */
export class SpanBuilder {
  readonly #pad: number;
  readonly #keepSilence: boolean;
  readonly #loudness: (frame: number) => number;
  #bursts: Burst[] = [];
  /** Where the open span starts; null between spans. */
  #start: number | null;
  /** Where the last span ended. */
  #end = 0;
  /** No burst that is still to come starts before this frame. */
  #known = 0;

  /** `loudness`: how loud a frame is, in any unit. Called for the open span only. */
  constructor(options: SpanBuilderOptions, loudness: (frame: number) => number) {
    this.#pad = Math.round(options.padMs / FRAME_MS);
    this.#keepSilence = options.keepSilence;
    this.#loudness = loudness;
    this.#start = options.keepSilence ? 0 : null;
  }

  /** The earliest frame at which a span that is still to come can start. */
  get undecidedFrom(): number {
    return this.#start ?? Math.max(this.#end, this.#known - this.#pad);
  }

  /** Accepts the next burst; returns the spans that it completes. */
  add(burst: Burst): SpeechSpan[] {
    const spans = this.advance(burst.start);
    this.#start ??= Math.max(this.#end, burst.start - this.#pad);
    this.#bursts.push(burst);
    return spans;
  }

  /** Declares that no later burst starts before `frame`; returns the spans that this completes. */
  advance(frame: number): SpeechSpan[] {
    this.#known = frame;
    const certain = this.#keepSilence ? frame : Math.min(frame, this.#reach());
    const spans = this.#cutTo(certain);
    const last = this.#bursts.at(-1);
    if (!this.#keepSilence && last !== undefined && frame > last.end + 2 * this.#pad) {
      spans.push(...this.#close(last.end + this.#pad));
    }
    return spans;
  }

  /** Ends the recording at frame `end`; returns the last spans. */
  finish(end: number): SpeechSpan[] {
    return this.#start === null ? [] : this.#close(this.#keepSilence ? end : Math.min(end, this.#reach()));
  }

  /** Where the open span would end if nothing followed. */
  #reach(): number {
    return (this.#bursts.at(-1)?.end ?? 0) + this.#pad;
  }

  #close(end: number): SpeechSpan[] {
    const spans = this.#cutTo(end);
    // What is left of a span that was cut just before its end may be padding alone.
    const worthwhile = this.#keepSilence || this.#bursts.length > 0;
    if (this.#start !== null && end > this.#start && worthwhile) spans.push(this.#take(this.#start, end));
    this.#start = null;
    this.#bursts = [];
    return spans;
  }

  #cutTo(end: number): SpeechSpan[] {
    const spans: SpeechSpan[] = [];
    while (this.#start !== null && end - this.#start > LONGEST) spans.push(this.#cut(this.#start));
    return spans;
  }

  #cut(start: number): SpeechSpan {
    const limit = start + LONGEST;
    const cut = this.#longestSilence(start + SILENCE_SEARCH, limit) ?? this.#quietest(limit);
    const span = this.#take(start, cut);
    this.#start = cut;
    return span;
  }

  /** The middle of the longest silence between two frames, the later of equals, or null without one. */
  #longestSilence(from: number, to: number): number | null {
    let longest = SHORTEST_SILENCE - 1;
    let middle: number | null = null;
    let silentFrom = from;
    for (const burst of [...this.#bursts, { start: to, end: to }]) {
      const silence = Math.min(burst.start, to) - silentFrom;
      if (silence >= Math.max(longest, SHORTEST_SILENCE)) {
        longest = silence;
        middle = silentFrom + Math.floor(silence / 2);
      }
      silentFrom = Math.max(silentFrom, burst.end);
    }
    return middle;
  }

  #quietest(limit: number): number {
    let quietest = limit - QUIET_REACH - 1;
    let least = Number.POSITIVE_INFINITY;
    for (let frame = limit - QUIET_SEARCH; frame < limit - QUIET_REACH; frame++) {
      let sum = 0;
      for (let f = frame - QUIET_REACH; f <= frame + QUIET_REACH; f++) sum += this.#loudness(f);
      if (sum <= least) {
        least = sum;
        quietest = frame;
      }
    }
    return quietest;
  }

  /** Makes a span of the frames from `start` to `end` and keeps the bursts that go on after it. */
  #take(start: number, end: number): SpeechSpan {
    const speech: Span[] = [];
    const left: Burst[] = [];
    for (const burst of this.#bursts) {
      if (burst.start < end && burst.end > start) {
        speech.push(toSpan(Math.max(burst.start, start), Math.min(burst.end, end)));
      }
      if (burst.end > end) left.push({ start: Math.max(burst.start, end), end: burst.end });
    }
    this.#bursts = left;
    this.#end = end;
    return { ...toSpan(start, end), speech };
  }
}

function toSpan(start: number, end: number): Span {
  return { startMs: start * FRAME_MS, endMs: end * FRAME_MS };
}
