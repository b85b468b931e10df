import { FRAME_MS } from '../../contract/audio.ts';
import { SPEAKER_FRAMES } from '../../contract/speaker-models.ts';
import { FULL_ACTIVITY, frameAt, frameMs } from './local-activity.ts';
import { type HeardWindow, LOCAL_SPEAKERS } from './part-voices.ts';

/** A window and which of the recording's voices its local speakers are. */
export interface NamedWindow {
  readonly window: HeardWindow;
  /** Per frame and local speaker an index into the voices, or −1. */
  readonly speakers: Int8Array;
}

/** Frames of a window this far from its edges count fully; nearer ones less, down to EDGE_WEIGHT. */
const RAMP_FRAMES = 120;
const EDGE_WEIGHT = 0.1;

/** Somebody talks where the windows count at least this much of a person on average. */
const SOMEBODY = 0.5;

/** Another one talks too where they count at least this much more than those who do already. */
const ANOTHER = 0.16;

/** Frames that are averaged at a time: a minute. Memory grows by this, not by the recording. */
const BLOCK_FRAMES = 60_000 / FRAME_MS;

/**
 * Who talks in each frame (of FRAME_MS) of a recording: bit s is set where speaker s does. The activities of the windows,
 * which are in order, are averaged, and of the speakers so many talk as the windows count on average, the likeliest ones.
 */
export function frameSpeakers(
  named: readonly NamedWindow[],
  speakerCount: number,
  lengthMs: number,
): Uint32Array {
  const masks = new Uint32Array(Math.ceil(lengthMs / FRAME_MS));
  let first = 0;
  for (let start = 0; start < masks.length; start += BLOCK_FRAMES) {
    const block = new FrameBlock(start, Math.min(BLOCK_FRAMES, masks.length - start), speakerCount);
    while (first < named.length && !block.isReached(named[first] as NamedWindow)) first += 1;
    for (let w = first; w < named.length && block.isReached(named[w] as NamedWindow); w += 1) {
      block.add(named[w] as NamedWindow);
    }
    masks.set(block.masks(), start);
  }
  return masks;
}

/** The weighted sums of activities of a block of frames. */
class FrameBlock {
  readonly #start: number;
  readonly #frames: number;
  readonly #speakers: number;
  /** Per frame and speaker. */
  readonly #activity: Float32Array;
  readonly #counts: Float32Array;
  readonly #weights: Float32Array;

  constructor(start: number, frames: number, speakers: number) {
    this.#start = start;
    this.#frames = frames;
    this.#speakers = speakers;
    this.#activity = new Float32Array(frames * speakers);
    this.#counts = new Float32Array(frames);
    this.#weights = new Float32Array(frames);
  }

  isReached({ window: { startMs } }: NamedWindow): boolean {
    const startsAt = this.#start * FRAME_MS;
    return startMs < startsAt + this.#frames * FRAME_MS && startMs + frameMs(SPEAKER_FRAMES) > startsAt;
  }

  add(named: NamedWindow): void {
    const { startMs } = named.window;
    const from = Math.max(0, Math.floor(startMs / FRAME_MS) - this.#start);
    const to = Math.min(
      this.#frames,
      Math.ceil((startMs + frameMs(SPEAKER_FRAMES)) / FRAME_MS) - this.#start,
    );
    for (let frame = from; frame < to; frame += 1) {
      const local = frameAt((this.#start + frame + 0.5) * FRAME_MS - startMs);
      if (local < 0 || local >= SPEAKER_FRAMES) continue;
      const weight = Math.max(
        EDGE_WEIGHT,
        Math.min(1, local / RAMP_FRAMES, (SPEAKER_FRAMES - local) / RAMP_FRAMES),
      );
      this.#weights[frame] = (this.#weights[frame] as number) + weight;
      this.#addFrame(frame, named, local, weight);
    }
  }

  #addFrame(frame: number, { window, speakers }: NamedWindow, local: number, weight: number): void {
    for (let l = 0; l < LOCAL_SPEAKERS; l += 1) {
      const at = local * LOCAL_SPEAKERS + l;
      const speaker = speakers[at] as number;
      if (speaker < 0) continue;
      let value = window.activity[at] as number;
      // Two local speakers who are the same person do not talk twice.
      for (let other = 0; other < l; other += 1) {
        const before = local * LOCAL_SPEAKERS + other;
        if (speakers[before] === speaker) value = Math.max(0, value - (window.activity[before] as number));
      }
      const part = (weight * value) / FULL_ACTIVITY;
      const sum = frame * this.#speakers + speaker;
      this.#activity[sum] = (this.#activity[sum] as number) + part;
      this.#counts[frame] = (this.#counts[frame] as number) + part;
    }
  }

  masks(): Uint32Array {
    return Uint32Array.from({ length: this.#frames }, (_, frame) => {
      const mean = (this.#counts[frame] as number) / Math.max(this.#weights[frame] as number, EDGE_WEIGHT);
      const talking = mean < SOMEBODY ? 0 : Math.max(1, Math.floor(mean + 1 - ANOTHER));
      return likeliest(
        this.#activity.subarray(frame * this.#speakers, (frame + 1) * this.#speakers),
        talking,
      );
    });
  }
}

/** The mask of so many speakers, those of the greatest activities above 0. */
function likeliest(activity: Float32Array, talking: number): number {
  let mask = 0;
  for (let n = 0; n < talking; n += 1) {
    let best = -1;
    for (let speaker = 0; speaker < activity.length; speaker += 1) {
      const value = activity[speaker] as number;
      const isTaken = (mask & (1 << speaker)) !== 0;
      if (!isTaken && value > 0 && (best < 0 || value > (activity[best] as number))) best = speaker;
    }
    if (best >= 0) mask |= 1 << best;
  }
  return mask;
}
