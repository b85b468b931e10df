import { FRAME_MS } from '../../contract/audio.ts';
import { SPEAKER_FRAMES } from '../../contract/engine.ts';
import { FULL_ACTIVITY, frameAt } from './local-activity.ts';
import { type HeardWindow, LOCAL_SPEAKERS } from './part-voices.ts';

/** A window and which of the recording's voices its local speakers are. */
export interface NamedWindow {
  readonly window: HeardWindow;
  /** Per local speaker an index into the voices, or −1. */
  readonly speakers: readonly number[];
}

/** Frames this far from a window's edge count fully; nearer ones count less, down to EDGE_WEIGHT. */
const RAMP_FRAMES = 120;
const EDGE_WEIGHT = 0.1;

/**
 * Who talks in the frames (of FRAME_MS) of a range: bit s is set where speaker s talks. The windows' activities are
 * averaged, and of the speakers so many talk as the windows count on average, the likeliest ones.
 */
export function frameSpeakers(
  windows: readonly NamedWindow[],
  speakerCount: number,
  fromFrame: number,
  frames: number,
): Uint32Array {
  const activity = new Float32Array(frames * speakerCount);
  const counts = new Float32Array(frames);
  const weights = new Float32Array(frames);
  for (const named of windows) {
    for (let frame = 0; frame < frames; frame += 1) {
      const local = frameAt((fromFrame + frame + 0.5) * FRAME_MS - named.window.startMs);
      if (local < 0 || local >= SPEAKER_FRAMES) continue;
      const weight = Math.max(
        EDGE_WEIGHT,
        Math.min(1, local / RAMP_FRAMES, (SPEAKER_FRAMES - local) / RAMP_FRAMES),
      );
      weights[frame] = (weights[frame] as number) + weight;
      counts[frame] =
        (counts[frame] as number) +
        weight * addActivity(activity, frame * speakerCount, named, local, weight);
    }
  }
  const masks = new Uint32Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    const talking = Math.round((counts[frame] as number) / Math.max(weights[frame] as number, EDGE_WEIGHT));
    masks[frame] = likeliest(activity.subarray(frame * speakerCount, (frame + 1) * speakerCount), talking);
  }
  return masks;
}

/** Adds a window's activities of one frame to those of the speakers; returns how many people talk. */
function addActivity(
  sums: Float32Array,
  at: number,
  { window, speakers }: NamedWindow,
  frame: number,
  weight: number,
): number {
  const highest = new Map<number, number>();
  for (let local = 0; local < LOCAL_SPEAKERS; local += 1) {
    const speaker = speakers[local] ?? -1;
    if (speaker < 0) continue;
    const value = (window.activity[frame * LOCAL_SPEAKERS + local] as number) / FULL_ACTIVITY;
    highest.set(speaker, Math.max(value, highest.get(speaker) ?? 0));
  }
  let count = 0;
  for (const [speaker, value] of highest) {
    sums[at + speaker] = (sums[at + speaker] as number) + weight * value;
    count += value;
  }
  return count;
}

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
