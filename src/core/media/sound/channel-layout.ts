import { FRAME_MS, FRAME_SAMPLES } from '../../../contract/audio.ts';
import type { SpeakerChoice } from '../../../contract/job.ts';
import type { ChannelLayout } from '../../../contract/recording.ts';
import { CorrelationHistory } from './channel-correlation.ts';
import { type ChannelLevels, comparableLevels, measureLevels } from './channel-levels.ts';
import { measureTurns, type Turns } from './channel-turns.ts';
import { toDb } from './sound-level.ts';

/** How the channels of a source become those of the working copy. */
export interface LayoutDecision {
  readonly layout: ChannelLayout;
  /** Indices of the source channels that are kept; if `layout` is `mixed`, those that are averaged. */
  readonly keep: readonly number[];
}

/**
 * The evidence for a decision: the recording `soFar`, with more to come; a part that is to be `enough`;
 * or the `whole` recording.
 */
export type LayoutEvidence = 'soFar' | 'enough' | 'whole';

/** By then a decision is made on the available evidence. */
export const DECISION_MS = 180_000;

/** No sooner: the first half minute of a call is often one person waiting. */
const EARLIEST_MS = 30_000;

/**
 * Analyses the first minutes of a recording and decides whether its channels are speakers or one room.
 *
 * Two channels are two speakers if, in the time with speech, mostly one channel alone speaks, each of them has its
 * share, and their simultaneous speech is not the same audio over a range of lags. Crosstalk well below a voice
 * counts as silence. In doubt nothing is lost: one room is mixed, and a channel is dropped only as dead. Raising or
 * lowering the whole recording changes nothing. Samples are floats without an offset, full scale 1.
 */
export class ChannelLayoutAnalyser {
  readonly #channels: number;
  readonly #levels: Float32Array[];
  readonly #history: CorrelationHistory | null;
  /** Samples of the frame that is not yet complete, interleaved. */
  readonly #partial: Float32Array;
  #partialLength = 0;
  #frames = 0;
  #evaluatedAt = 0;

  constructor(channels: number) {
    this.#channels = channels;
    this.#levels = Array.from({ length: channels }, () => new Float32Array(MAX_FRAMES));
    this.#history = channels === 2 ? new CorrelationHistory(MAX_FRAMES) : null;
    this.#partial = new Float32Array(FRAME_SAMPLES * channels);
  }

  /** Accepts the next samples of all channels, interleaved; those after the time of decision are ignored. */
  push(interleaved: Float32Array): void {
    let offset = 0;
    while (offset < interleaved.length && this.#frames < MAX_FRAMES) {
      const wanted = this.#partial.length - this.#partialLength;
      const piece = interleaved.subarray(offset, offset + wanted);
      this.#partial.set(piece, this.#partialLength);
      this.#partialLength += piece.length;
      offset += piece.length;
      if (this.#partialLength === this.#partial.length) this.#takeFrame();
    }
  }

  #takeFrame(): void {
    for (const [channel, levels] of this.#levels.entries()) {
      levels[this.#frames] = levelDb(this.#partial, channel, this.#channels);
    }
    this.#history?.push(this.#partial);
    this.#frames += 1;
    this.#partialLength = 0;
  }

  /**
   * The decision, or null while the evidence does not suffice; null never with `enough` or `whole`, nor after
   * `DECISION_MS` of audio. A `choice` other than `auto` is obeyed: `channels` keeps them separate, `none` mixes
   * them. A channel is dropped as dead only on the evidence of the whole recording: before, it may be waiting.
   */
  decide(evidence: LayoutEvidence, choice: SpeakerChoice = 'auto'): LayoutDecision | null {
    if (this.#channels === 1) return { layout: 'single', keep: [0] };
    const final = evidence !== 'soFar' || this.#frames === MAX_FRAMES;
    if (!final && !this.#timeToLook()) return null;
    const measured = this.#levels.map((all) => all.subarray(0, this.#frames));
    const levels = comparableLevels(measured).map(measureLevels);
    const live = liveChannels(levels);
    if (live.length < this.#channels && evidence !== 'whole') {
      if (!final) return null;
      const all = this.#levels.map((_, channel) => channel);
      return { layout: choice === 'channels' ? 'speakers' : 'mixed', keep: all };
    }
    const [first = 0, ...others] = live;
    if (others.length === 0) return { layout: 'single', keep: [first] };
    if (choice === 'channels') return { layout: 'speakers', keep: live };
    if (this.#history === null || live.length !== 2) return { layout: 'mixed', keep: live };
    return this.#decidePair(levels, this.#history, final, choice);
  }

  #timeToLook(): boolean {
    if (this.#frames * FRAME_MS < EARLIEST_MS || this.#frames - this.#evaluatedAt < LOOK_AGAIN_FRAMES)
      return false;
    this.#evaluatedAt = this.#frames;
    return true;
  }

  #decidePair(
    [first, second]: readonly ChannelLevels[],
    history: CorrelationHistory,
    final: boolean,
    choice: SpeakerChoice,
  ): LayoutDecision | null {
    if (first === undefined || second === undefined) throw new Error('a pair has two channels');
    const turns = measureTurns(first, second);
    const speakers = choice !== 'none' && areSpeakers(turns, history);
    if (!final && choice === 'auto') {
      const beyondDoubt = speakers
        ? surelySpeakers(turns)
        : this.#frames >= MIX_EARLIEST_FRAMES && surelyRoom(turns);
      if (!beyondDoubt) return null;
    }
    if (speakers) return { layout: 'speakers', keep: [0, 1] };
    // The average of channels of opposite polarity would cancel the voices: then the louder one represents both.
    if (history.correlation(turns.together) > -SAME_SOUND) return { layout: 'mixed', keep: [0, 1] };
    return { layout: 'mixed', keep: [first.voiceDb >= second.voiceDb ? 0 : 1] };
  }
}

/** The kept channels of interleaved samples, each separate; if the layout is `mixed` one channel, their average. */
export function applyLayout(
  interleaved: Float32Array,
  channels: number,
  decision: LayoutDecision,
): Float32Array[] {
  const { layout, keep } = decision;
  if (channels === 1) return [interleaved];
  if (layout === 'mixed') return [average(interleaved, channels, keep)];
  return keep.map((channel) => average(interleaved, channels, [channel]));
}

function average(interleaved: Float32Array, channels: number, keep: readonly number[]): Float32Array {
  const frames = Math.floor(interleaved.length / channels);
  const result = new Float32Array(frames);
  for (let i = 0; i < frames; i++) {
    let sum = 0;
    for (const channel of keep) sum += at(interleaved, i * channels + channel);
    result[i] = sum / keep.length;
  }
  return result;
}

const MAX_FRAMES = DECISION_MS / FRAME_MS;
const LOOK_AGAIN_FRAMES = 10_000 / FRAME_MS;

/** Share of the time with speech in which one channel alone speaks, from which on channels may be speakers. */
const EXCLUSIVE = 0.6;
const CLEARLY_EXCLUSIVE = 0.75;
const CLEARLY_SHARED = 0.3;

/** Speech that suffices for an early decision, and the turns of each channel that suffice. */
const SURE_FRAMES = 12_000 / FRAME_MS;
const SURE_TURN_FRAMES = 3_000 / FRAME_MS;

/** A call in which only one side has spoken looks like one room: that is not decided so soon. */
const MIX_EARLIEST_FRAMES = 90_000 / FRAME_MS;

/** Each channel must have spoken alone for this long and for this share of all speech to be a speaker. */
const LEAST_TURN_FRAMES = 500 / FRAME_MS;
const LEAST_TURN_SHARE = 0.02;

/** Above this share, simultaneous speech is checked for correlation. */
const OVERLAP_SHARE = 0.1;

/** Correlation over all lags from which on two channels carry the same audio. */
const SAME_SOUND = 0.35;

/** Whether the two channels are two speakers, as far as the evidence goes. */
function areSpeakers(turns: Turns, history: CorrelationHistory): boolean {
  const [first, second] = turns.alone;
  const spoken = spokenFrames(turns);
  if (exclusivity(turns) < EXCLUSIVE) return false;
  const bothSpoke = lesserTurns(turns) >= Math.max(LEAST_TURN_FRAMES, spoken * LEAST_TURN_SHARE);
  // One side is silent so far, or the second microphone is too poor: then correlation alone decides.
  if (!bothSpoke) return !sameSound(history, [...first, ...second, ...turns.together]);
  return turns.together.length <= spoken * OVERLAP_SHARE || !sameSound(history, turns.together);
}

function surelySpeakers(turns: Turns): boolean {
  return exclusivity(turns) >= CLEARLY_EXCLUSIVE && lesserTurns(turns) >= SURE_TURN_FRAMES;
}

function surelyRoom(turns: Turns): boolean {
  return exclusivity(turns) < CLEARLY_SHARED && spokenFrames(turns) >= SURE_FRAMES;
}

function sameSound(history: CorrelationHistory, frames: readonly number[]): boolean {
  return Math.abs(history.correlation(frames)) >= SAME_SOUND;
}

/** Share of the spoken time in which one channel alone speaks. */
function exclusivity(turns: Turns): number {
  const spoken = spokenFrames(turns);
  return spoken === 0 ? 0 : 1 - turns.together.length / spoken;
}

function spokenFrames({ alone, together }: Turns): number {
  return alone[0].length + alone[1].length + together.length;
}

function lesserTurns({ alone }: Turns): number {
  return Math.min(alone[0].length, alone[1].length);
}

/** Below this a channel is dead whatever it contains; the loudest voice is at -20 dB (`LOUDEST_VOICE_DB`). */
const DEAD_DB = -65;

/** Steady hiss below this level, and far below the loudest channel, is a dead channel too. */
const HISS_DB = -50;
const FAR_BELOW_DB = 25;
const STEADY_DB = 10;

/** The channels with more than silence or hiss; the loudest one if none does. */
function liveChannels(levels: readonly ChannelLevels[]): number[] {
  const loudest = Math.max(...levels.map(({ voiceDb }) => voiceDb));
  const live = levels.flatMap(({ voiceDb, floorDb }, channel) => {
    const hiss = voiceDb < HISS_DB && voiceDb < loudest - FAR_BELOW_DB && voiceDb - floorDb < STEADY_DB;
    return voiceDb < DEAD_DB || hiss ? [] : [channel];
  });
  return live.length > 0 ? live : [levels.findIndex(({ voiceDb }) => voiceDb === loudest)];
}

function levelDb(frame: Float32Array, channel: number, channels: number): number {
  let energy = 0;
  for (let i = channel; i < frame.length; i += channels) energy += at(frame, i) ** 2;
  return toDb(energy / FRAME_SAMPLES);
}

function at(samples: Float32Array, index: number): number {
  return samples[index] as number;
}
