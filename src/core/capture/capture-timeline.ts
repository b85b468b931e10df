import type { CaptureFrame, CaptureInput } from '../../contract/capture.ts';
import type { SequencedFrame } from './frame-sequencer.ts';
import { type InputGap, InputGaps } from './input-gaps.ts';
import { endOf, FollowingInput, type GapReason, LeadingInput } from './input-stream.ts';

/** What a timeline is made for. */
export interface CaptureTimelineOptions {
  /** Rate of the recording, in hertz; inputs of another rate are converted. */
  readonly sampleRate: number;
  /** Its channels, in order. The microphone leads if it is among them, else the first. */
  readonly inputs: readonly CaptureInput[];
  readonly startedAtMs: number;
}

/** Contiguous sample frames of the recording. */
export interface CaptureBlock {
  readonly startFrame: number;
  readonly frameCount: number;
  /** Interleaved, one channel per input; null where no input has any for long: it is silence. */
  readonly samples: Int16Array | null;
}

/**
 * Puts the frames of a capture's inputs on the recording's one clock.
 *
 * The leading input's samples are that clock: each is kept, in order. What is missing of it is silence of the same
 * length, and declared: frames that were lost (by their numbers), time in which it stood still (by their times: sleep, a
 * suspended context), time in which it was gone (as told by `lost`). The recording begins with its first sample; where it
 * is not there within half a second, with what the others deliver. Other inputs are placed by the times of their frames
 * and follow the leading one's drift; they may deliver nothing while they are silent.
 *
 * Times given to the methods are those of one clock that never goes back and counts sleep; the frames' own may be off by a
 * constant, one for each page that sends them.
 */
export class CaptureTimeline {
  readonly #rate: number;
  readonly #gaps: InputGaps;
  readonly #leader: LeadingInput;
  readonly #followers: readonly FollowingInput[];
  /** In the order of the channels. */
  readonly #streams: readonly (LeadingInput | FollowingInput)[];
  #arrived: CaptureFrame[] = [];
  /** When each input last delivered. */
  readonly #deliveredAt = new Map<CaptureInput, number>();
  /** Added to the times of frames, so that those of another page go on where the last one's ended. */
  #shiftMs = 0;
  /** Least delay from a frame's end to its arrival. */
  #delayMs = Number.POSITIVE_INFINITY;
  /** What is between two pauses: where it begins, and from when on frames belong to it. */
  #stretch: { readonly start: number; readonly fromMs: number; isAnchored: boolean };
  readonly #past: { readonly untilMs: number; readonly originMs: number }[] = [];
  /** When the stretch began by the methods' clock, for an input that does not deliver its beginning. */
  #beganAtMs: number;
  #pausedAtMs: number | null = null;
  /** Frames of the other inputs from before the recording's beginning was known. */
  #early: { readonly stream: FollowingInput; readonly next: SequencedFrame; readonly nowMs: number }[] = [];
  #emitted = 0;
  #finalEnd: number | null = null;
  #framesLost = 0;
  #framesLate = 0;

  constructor({ sampleRate, inputs, startedAtMs }: CaptureTimelineOptions) {
    this.#rate = sampleRate;
    this.#gaps = new InputGaps(sampleRate);
    const leading = inputs.includes('microphone') ? 'microphone' : (inputs[0] as CaptureInput);
    this.#leader = new LeadingInput(leading, sampleRate, this.#gaps);
    this.#streams = inputs.map((input) =>
      input === leading
        ? this.#leader
        : new FollowingInput(input, sampleRate, this.#gaps, this.#leader.clock),
    );
    this.#followers = this.#streams.filter((stream) => stream instanceof FollowingInput);
    this.#stretch = { start: 0, fromMs: Number.NEGATIVE_INFINITY, isAnchored: false };
    this.#beganAtMs = startedAtMs;
  }

  /** The input whose samples are the clock. */
  get leading(): CaptureInput {
    return this.#leader.input;
  }

  /** Frames that never came, of all inputs. */
  get framesLost(): number {
    return this.#framesLost;
  }

  /** Frames that came when silence already stood in their place. */
  get framesLate(): number {
    return this.#framesLate;
  }

  /** Accepts a frame of one of the inputs, in any order; `take` sorts it in. */
  push(frame: CaptureFrame): void {
    this.#arrived.push(frame);
  }

  /** An input is gone from `atMs` on, until its next later frame, which may have any number and rate. */
  lost(input: CaptureInput, reason: GapReason, atMs: number): void {
    this.#sortIn(atMs);
    const stream = this.#streams.find((one) => one.input === input);
    if (stream === undefined) return;
    stream.lostAtMs ??= this.#toFrameTime(atMs);
    stream.missing = reason;
  }

  /** From `atMs` on nothing is kept, and the recording's time stands. */
  pause(atMs: number): void {
    if (this.#pausedAtMs !== null) return;
    this.#sortIn(atMs);
    this.#pausedAtMs = this.#toFrameTime(atMs);
  }

  /** Goes on after a pause: the next sound adjoins that from before it. */
  resume(atMs: number): void {
    if (this.#pausedAtMs === null) return;
    this.#sortIn(atMs);
    const start = this.#close();
    this.#past.push({ untilMs: this.#pausedAtMs, originMs: this.#leader.clock.timeOf(0) });
    this.#pausedAtMs = null;
    this.#stretch = { start, fromMs: this.#toFrameTime(atMs) - RESUME_SLACK_MS, isAnchored: false };
    this.#beganAtMs = atMs;
    for (const stream of this.#streams) stream.sequencer.expectAny();
    for (const follower of this.#followers) follower.isAnchored = false;
    if (this.#leader.lostAtMs === null) this.#leader.missing = null;
  }

  /** Nothing more comes: `take` then returns the rest, until it returns nothing. */
  finish(nowMs: number): void {
    this.#sortIn(nowMs);
    this.#finalEnd = this.#close(nowMs);
  }

  /**
   * The sound that has become certain since the last call, at most 10 s of it, or a longer silence: what is missing is
   * waited for, for half a second at most. To be called several times a second; `nowMs` is taken for the time at which the frames
   * since the last call arrived.
   */
  take(nowMs: number): CaptureBlock[] {
    this.#sortIn(nowMs);
    const startFrame = this.#emitted;
    const certain = this.#finalEnd ?? this.#certainEnd(nowMs);
    if (certain <= startFrame) return [];
    for (const stream of this.#streams) {
      if (stream.buffer.end < certain) stream.fillTo(certain, stream.missing);
    }
    const longest = LONGEST_TAKE_S * this.#rate;
    const silence = Math.min(certain - startFrame, ...this.#streams.map(({ buffer }) => buffer.silence));
    const isSilence = silence > longest;
    const frameCount = isSilence ? silence : Math.min(certain - startFrame, longest);
    const stride = this.#streams.length;
    const samples = new Int16Array(isSilence ? 0 : frameCount * stride);
    for (const [channel, { buffer }] of this.#streams.entries()) {
      buffer.take(frameCount, samples, channel, stride);
    }
    this.#emitted += frameCount;
    return [{ startFrame, frameCount, samples: isSilence ? null : samples }];
  }

  /** The gaps that came or grew since the last call, of all inputs; one that grew begins as it did before. */
  takeGaps(): InputGap[] {
    return this.#gaps.take();
  }

  /** The time in the recording at `atMs`, in whole milliseconds. In a pause it stands. */
  timeOf(atMs: number): number {
    const timeMs = this.#toFrameTime(atMs);
    const past = this.#past.find(({ untilMs }) => timeMs <= untilMs);
    const startMs = (this.#stretch.start * 1000) / this.#rate;
    if (past !== undefined) return Math.max(0, Math.round(Math.min(startMs, timeMs - past.originMs)));
    if (!this.#stretch.isAnchored) return Math.round(startMs);
    const untilMs = Math.min(timeMs, this.#pausedAtMs ?? timeMs);
    return Math.round(Math.max(startMs, this.#leader.clock.positionOf(untilMs)));
  }

  #sortIn(nowMs: number): void {
    const arrived = this.#arrived;
    this.#arrived = [];
    for (const frame of arrived) {
      const stream = this.#streams.find(({ input }) => input === frame.input);
      if (stream !== undefined) this.#accept(stream, frame, nowMs);
    }
    for (const stream of this.#streams) {
      for (const next of stream.sequencer.advance(nowMs)) this.#inTurn(stream, next, nowMs);
    }
  }

  #accept(stream: LeadingInput | FollowingInput, frame: CaptureFrame, nowMs: number): void {
    this.#compareClocks(frame, nowMs);
    const timed = { ...frame, atMs: frame.atMs + this.#shiftMs };
    if (timed.atMs < this.#stretch.fromMs) return;
    if (this.#pausedAtMs !== null && timed.atMs >= this.#pausedAtMs) return;
    this.#deliveredAt.set(frame.input, nowMs);
    if (stream.lostAtMs !== null && timed.atMs >= stream.lostAtMs) {
      this.#decide(stream, nowMs);
      stream.sequencer.expectAny();
      stream.lostAtMs = null;
      if (stream instanceof FollowingInput) {
        stream.isAnchored = false;
        stream.missing = null;
      }
    }
    for (const next of stream.sequencer.push(timed, nowMs)) this.#inTurn(stream, next, nowMs);
  }

  /** Learns how the frames' clock is to the one of the methods. */
  #compareClocks(frame: CaptureFrame, nowMs: number): void {
    const delayMs = nowMs - endOf(frame) - this.#shiftMs;
    const expectedMs = Number.isFinite(this.#delayMs) ? this.#delayMs : 0;
    const isAnotherPage = this.#streams.every(({ lostAtMs }) => lostAtMs !== null);
    if (isAnotherPage && Math.abs(delayMs - expectedMs) > OTHER_CLOCK_MS) {
      this.#shiftMs += delayMs - expectedMs;
      this.#delayMs = expectedMs;
    } else this.#delayMs = Math.min(this.#delayMs, delayMs);
  }

  #toFrameTime(nowMs: number): number {
    return Number.isFinite(this.#delayMs) ? nowMs - this.#delayMs : nowMs;
  }

  #inTurn(stream: LeadingInput | FollowingInput, next: SequencedFrame, nowMs: number): void {
    this.#framesLost += next.lost;
    if (stream instanceof LeadingInput) {
      if (!this.#stretch.isAnchored) this.#anchor(next.frame.atMs, nowMs);
      if (stream.missing !== null && stream.lostAtMs === null) {
        if (stream.isPast(next.frame.atMs)) {
          this.#framesLate += 1;
          return;
        }
        stream.returnAt(next.frame.atMs);
        // What was lost meanwhile is part of the gap that this ends.
        for (const placed of stream.clock.push({ ...next, lost: 0 })) stream.place(placed);
        return;
      }
    } else if (!this.#stretch.isAnchored) {
      this.#early.push({ stream, next, nowMs });
      return;
    } else if (!stream.isAnchored) {
      stream.endRun();
      stream.clock.anchor(next.frame.atMs, 0);
      stream.isAnchored = true;
      for (const placed of stream.clock.push({ ...next, lost: 0 })) stream.place(placed);
      return;
    }
    for (const placed of stream.clock.push(next)) stream.place(placed);
  }

  /** The stretch begins: its first sample was captured at `timeMs`. */
  #anchor(timeMs: number, nowMs: number): void {
    this.#stretch.isAnchored = true;
    this.#leader.clock.anchor(timeMs, (this.#stretch.start * 1000) / this.#rate);
    const early = this.#early;
    this.#early = [];
    for (const { stream, next } of early) this.#inTurn(stream, next, nowMs);
  }

  /** Begins without the leading input if that does not come. */
  #anchorWithoutLeader(nowMs: number): void {
    const first = this.#early[0];
    if (this.#leader.lostAtMs !== null) this.#anchor(this.#toFrameTime(this.#beganAtMs), nowMs);
    else if (first !== undefined && nowMs - first.nowMs >= WAIT_MS) {
      this.#leader.missing = 'suspended';
      this.#anchor(first.next.frame.atMs, nowMs);
    }
  }

  /** Sample frames up to which everything has come or will not come any more. */
  #certainEnd(nowMs: number): number {
    if (!this.#stretch.isAnchored) this.#anchorWithoutLeader(nowMs);
    if (!this.#stretch.isAnchored) return this.#emitted;
    const leader = this.#leader;
    const leaderEnd = Math.max(leader.buffer.end, this.#leaderFloor(nowMs));
    leader.known.note(nowMs, leaderEnd);
    let end = leaderEnd;
    for (const follower of this.#followers) {
      follower.known.note(nowMs, follower.buffer.end);
      const floor =
        follower.lostAtMs === null ? leader.known.at(nowMs - this.#waitFor(follower, nowMs)) : leaderEnd;
      end = Math.min(end, Math.max(follower.buffer.end, floor));
    }
    return end;
  }

  /** Up to where the leading input's sound is waited for no longer. */
  #leaderFloor(nowMs: number): number {
    const leader = this.#leader;
    if (leader.lostAtMs !== null) return this.#endAt(this.#toFrameTime(nowMs) - WAIT_MS);
    if (this.#pausedAtMs !== null) return 0;
    const floor = Math.max(0, ...this.#followers.map(({ known }) => known.at(nowMs - WAIT_MS)));
    if (floor <= leader.buffer.end) return 0;
    this.#decide(leader, nowMs);
    if (floor <= leader.buffer.end) return 0;
    leader.missing ??= 'suspended';
    return floor;
  }

  #waitFor(follower: FollowingInput, nowMs: number): number {
    const deliveredAt = this.#deliveredAt.get(follower.input) ?? Number.NEGATIVE_INFINITY;
    const isSilent = nowMs - deliveredAt > SILENT_AFTER_MS && nowMs - this.#beganAtMs > SILENT_AFTER_MS;
    return isSilent ? SILENT_WAIT_MS : WAIT_MS;
  }

  /** The recording's sample frame at a time of the frames' clock; a pause is not gone beyond. */
  #endAt(timeMs: number): number {
    const untilMs = Math.min(timeMs, this.#pausedAtMs ?? timeMs);
    return Math.max(
      this.#stretch.start,
      Math.round((this.#leader.clock.positionOf(untilMs) * this.#rate) / 1000),
    );
  }

  /** Waits for nothing that is missing of an input. */
  #decide(stream: LeadingInput | FollowingInput, nowMs: number): void {
    for (const next of stream.sequencer.flush()) this.#inTurn(stream, next, nowMs);
    for (const placed of stream.clock.flush()) stream.place(placed);
  }

  /** Ends a stretch: all channels end together, at the sample frame that is returned. */
  #close(nowMs?: number): number {
    const first = this.#early[0];
    if (!this.#stretch.isAnchored && first !== undefined) {
      this.#leader.missing ??= 'suspended';
      this.#anchor(first.next.frame.atMs, first.nowMs);
    }
    for (const stream of this.#streams) {
      this.#decide(stream, nowMs ?? this.#beganAtMs);
      stream.endRun();
    }
    let end = this.#leader.buffer.end;
    if (this.#stretch.isAnchored && this.#leader.lostAtMs !== null) {
      const untilMs = nowMs === undefined ? Number.POSITIVE_INFINITY : this.#toFrameTime(nowMs);
      end = Math.max(end, this.#endAt(untilMs));
    } else if (this.#leader.missing !== null) {
      end = Math.max(end, ...this.#followers.map(({ buffer }) => buffer.end));
    }
    for (const stream of this.#streams) {
      stream.buffer.cutTo(end);
      stream.fillTo(end, stream.missing);
      stream.known.forget();
    }
    return end;
  }
}

/** Longest wait for sound that is missing, and for that of an input which has been silent. */
const WAIT_MS = 500;
const SILENT_WAIT_MS = 250;

/** An input that delivers nothing for so long is silent. */
const SILENT_AFTER_MS = 1000;

/** Clocks that differ by more than a delivery takes are different ones. */
const OTHER_CLOCK_MS = 250;

/** A frame that began so shortly before the end of a pause is part of what follows. */
const RESUME_SLACK_MS = 10;

/** Most sound that is returned at once; silence that is longer has no samples, since that of a long sleep would fill the memory. */
const LONGEST_TAKE_S = 10;
