import type { CaptureFrame, CaptureInput } from '../../contract/capture.ts';
import type { CaptureGap } from '../database/captures/captures.db.ts';
import { ChannelBuffer } from './channel-buffer.ts';
import { FrameClock, type PlacedFrame } from './frame-clock.ts';
import { durationMs, FrameSequencer } from './frame-sequencer.ts';
import type { InputGaps } from './input-gaps.ts';
import { Resampler } from './resampler.ts';

/** Why sound is missing. */
export type GapReason = CaptureGap['reason'];

/** How long an input's frames are waited for, in milliseconds. */
interface Patience {
  /** For one that is missing between others. */
  readonly missingMs: number;
  /** For a decision whether it is late or stood still. */
  readonly lateMs: number;
}

const LEADER_PATIENCE: Patience = { missingMs: 300, lateMs: 300 };

/** Less, so that its frames are decided before the leading input's sound goes on without them. */
const FOLLOWER_PATIENCE: Patience = { missingMs: 200, lateMs: 150 };

/** What both kinds of input have: their frames in order, their clock, their channel at the recording's rate. */
abstract class InputStream {
  readonly input: CaptureInput;
  readonly sequencer: FrameSequencer;
  readonly clock: FrameClock;
  readonly buffer = new ChannelBuffer();
  /** How far the channel had come, and when that was known. */
  readonly known = new KnownEnds();
  /** From when on nothing is expected; null while the input is there. */
  lostAtMs: number | null = null;
  /** Why nothing comes; null while it does. */
  missing: GapReason | null = null;
  protected readonly rate: number;
  protected readonly gaps: InputGaps;
  #resampler: { readonly rate: number; readonly convert: Resampler } | null = null;

  constructor(input: CaptureInput, rate: number, gaps: InputGaps, patience: Patience) {
    this.input = input;
    this.rate = rate;
    this.gaps = gaps;
    this.sequencer = new FrameSequencer(patience.missingMs);
    this.clock = new FrameClock(patience.lateMs);
  }

  /** Puts a frame that has been decided into the channel. */
  abstract place(frame: PlacedFrame): void;

  /** Ends what is contiguous: the rest of it comes into the channel. */
  endRun(): void {
    if (this.#resampler !== null) this.buffer.append(this.#resampler.convert.finish());
    this.#resampler = null;
  }

  /** Fills the channel with silence up to a sample; a `reason` declares it. */
  fillTo(end: number, reason: GapReason | null): void {
    this.endRun();
    if (reason !== null) this.gaps.add(this.input, this.buffer.end, end, reason);
    this.buffer.fillTo(end);
  }

  protected toSamples(ms: number): number {
    return Math.round((ms * this.rate) / 1000);
  }

  /** The converter of what is contiguous at this rate; `isNew` if that begins here. */
  protected resampler(rate: number): { convert: Resampler; isNew: boolean } {
    if (this.#resampler?.rate === rate) return { convert: this.#resampler.convert, isNew: false };
    this.endRun();
    const convert = new Resampler(rate, this.rate);
    this.#resampler = { rate, convert };
    return { convert, isNew: true };
  }
}

/** The input whose samples are the clock of the recording: all are kept, unchanged if the rate is the recording's. */
export class LeadingInput extends InputStream {
  constructor(input: CaptureInput, rate: number, gaps: InputGaps) {
    super(input, rate, gaps, LEADER_PATIENCE);
  }

  /** Goes on after sound was missing: at its time, or where the channel ends. */
  returnAt(timeMs: number): void {
    const endMs = (this.buffer.end * 1000) / this.rate;
    const positionMs = Math.max(endMs, this.clock.positionOf(timeMs));
    this.fillTo(this.toSamples(positionMs), this.missing);
    this.clock.skipTo(positionMs);
    this.missing = null;
  }

  /** Whether silence already stands where the sound of this time belongs. */
  isPast(timeMs: number): boolean {
    return this.clock.positionOf(timeMs) < (this.buffer.end * 1000) / this.rate - LATE_MS;
  }

  place({ frame, positionMs, lostMs, stoodMs }: PlacedFrame): void {
    if (lostMs > 0) this.fillTo(this.toSamples(positionMs - stoodMs), 'framesLost');
    if (stoodMs > 0) this.fillTo(this.toSamples(positionMs), 'suspended');
    if (frame.sampleRate === this.rate) {
      this.endRun();
      this.buffer.append(frame.samples);
    } else this.buffer.append(this.resampler(frame.sampleRate).convert.push(frame.samples));
  }
}

/** An input that is kept on the leading one's clock: played a little faster or slower, or moved while it is silent. */
export class FollowingInput extends InputStream {
  /** Whether its clock knows a time. */
  isAnchored = false;
  readonly #leader: FrameClock;

  constructor(input: CaptureInput, rate: number, gaps: InputGaps, leader: FrameClock) {
    super(input, rate, gaps, FOLLOWER_PATIENCE);
    this.#leader = leader;
  }

  place({ frame, positionMs, lostMs, stoodMs }: PlacedFrame): void {
    const target = this.toSamples(this.#leader.positionOf(this.clock.timeOf(positionMs)));
    if (lostMs > 0 || stoodMs > 0) this.#moveTo(target, lostMs);
    const { convert, isNew } = this.resampler(frame.sampleRate);
    let behind = target - this.buffer.end - convert.pending;
    let samples = frame.samples;
    const distanceMs = (behind * 1000) / this.rate;
    if (isNew ? Math.abs(distanceMs) > LATE_MS : Math.abs(distanceMs) > FAR_MS) {
      this.#moveTo(target, 0);
      behind = target - this.buffer.end;
      // What belongs where silence already stands is left out, so that the rest comes in time.
      if (behind < 0) samples = samples.subarray(Math.round((-behind * frame.sampleRate) / this.rate));
      behind = 0;
    }
    const run = this.resampler(frame.sampleRate).convert;
    const trim = (-behind / (CATCH_UP_S * this.rate)) * 1e6;
    run.trimPpm = Math.max(-GREATEST_TRIM, Math.min(GREATEST_TRIM, trim));
    this.buffer.append(run.push(samples));
  }

  #moveTo(target: number, lostMs: number): void {
    this.endRun();
    if (lostMs > 0) {
      const from = Math.max(this.buffer.end, target - this.toSamples(lostMs));
      this.gaps.add(this.input, from, target, 'framesLost');
    }
    this.buffer.fillTo(target);
  }
}

/** An input that begins so near to its place is not moved. */
const LATE_MS = 10;

/** An input that is so far from its place is moved at once, else its speed is changed. */
const FAR_MS = 40;

/** A distance is made up for in about this time, never faster than by 2 parts in 1000: nobody hears 3.5 cents. */
const CATCH_UP_S = 10;
const GREATEST_TRIM = 2000;

/** How far a channel had come at some time ago. */
class KnownEnds {
  #entries: { readonly nowMs: number; readonly end: number }[] = [];

  note(nowMs: number, end: number): void {
    this.#entries.push({ nowMs, end });
  }

  forget(): void {
    this.#entries = [];
  }

  /** The end that was known at `nowMs`; 0 if none was. Forgets what was before. */
  at(nowMs: number): number {
    const later = this.#entries.findIndex((entry) => entry.nowMs > nowMs);
    const last = later === -1 ? this.#entries.length - 1 : later - 1;
    if (last < 0) return 0;
    this.#entries = this.#entries.slice(last);
    return (this.#entries[0] as { end: number }).end;
  }
}

/** When a frame's sound ended. */
export function endOf(frame: CaptureFrame): number {
  return frame.atMs + durationMs(frame);
}
