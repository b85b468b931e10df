import type { ChannelLevels } from './channel-levels.ts';

/** A channel that is this far below the other carries crosstalk at most. */
const CROSSTALK_DB = 16;

/** Differences outside this share at both ends are outliers. */
const OUTLIER_SHARE = 0.03;

/** Who speaks when on two channels, as indices of frames. */
export interface Turns {
  /** Frames in which only the first, or only the second channel speaks. */
  readonly alone: readonly [number[], number[]];
  readonly together: number[];
}

/**
 * Finds for each frame which channels speak in it. A channel far below the other does not, however loud its background
 * or its crosstalk is.
 */
export function measureTurns(first: ChannelLevels, second: ChannelLevels): Turns {
  const turns = { alone: [[], []] as [number[], number[]], together: [] as number[] };
  const middle = middleDifference(first, second);
  const voices = first.voiceDb - second.voiceDb;
  for (let frame = 0; frame < first.levels.length; frame++) {
    const difference = first.level(frame) - second.level(frame);
    // Each level relative to its own voice separates turns if both have spoken; the turns' distance does, if a channel
    // has crosstalk that is nearly as loud as its own quiet voice.
    const lowest = difference - Math.max(middle, voices);
    const highest = difference - Math.min(middle, voices);
    const aSpeaks = first.active(frame) && lowest > -CROSSTALK_DB;
    const bSpeaks = second.active(frame) && highest < CROSSTALK_DB;
    if (aSpeaks && bSpeaks) turns.together.push(frame);
    else if (aSpeaks) turns.alone[0].push(frame);
    else if (bSpeaks) turns.alone[1].push(frame);
  }
  return turns;
}

/** The difference in level, in dB, half way between the turns of the one and those of the other. */
function middleDifference(first: ChannelLevels, second: ChannelLevels): number {
  const differences: number[] = [];
  for (let frame = 0; frame < first.levels.length; frame++) {
    if (first.active(frame) || second.active(frame))
      differences.push(first.level(frame) - second.level(frame));
  }
  differences.sort((a, b) => a - b);
  const outliers = Math.floor(differences.length * OUTLIER_SHARE);
  return ((differences[outliers] ?? 0) + (differences[differences.length - 1 - outliers] ?? 0)) / 2;
}
