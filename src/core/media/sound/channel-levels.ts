import { FRAME_MS } from '../../../contract/audio.ts';

/** The level of digital silence here, in dB below full scale. */
export const SILENCE_DB = -100;

/** The level to which the voice of the loudest channel is scaled, in dB below full scale. */
export const LOUDEST_VOICE_DB = -20;

/** Steady noise below this is dithered silence of 16 bits. */
const DITHER_DB = -90;
const STEADY_DB = 10;

/** One channel's level over time. */
export interface ChannelLevels {
  /** Level of each frame, in dB below full scale. */
  readonly levels: Float32Array;
  /** Level of the background. */
  readonly floorDb: number;
  /** Level of the voice: what is exceeded for one second altogether. */
  readonly voiceDb: number;
  /** Whether a frame has a voice, its own or crosstalk. */
  active(frame: number): boolean;
  /** A frame's level, digital silence beyond the end. */
  level(frame: number): number;
}

const FLOOR_SHARE = 0.1;
const VOICE_FRAMES = 1000 / FRAME_MS;
const ABOVE_FLOOR_DB = 7;
const BELOW_VOICE_DB = 30;

/**
 * The frames' levels of all channels, shifted together so that the loudest voice is at `LOUDEST_VOICE_DB`: they can
 * then be judged by the same thresholds however loud a recording is. Silence, digital or dithered, stays silence.
 */
export function comparableLevels(channels: readonly Float32Array[]): Float32Array[] {
  const voices = channels.map((levels) => {
    const { voiceDb, floorDb } = measureLevels(levels);
    return voiceDb < DITHER_DB && voiceDb - floorDb < STEADY_DB ? null : voiceDb;
  });
  const loudestDb = Math.max(...voices.map((voiceDb) => voiceDb ?? Number.NEGATIVE_INFINITY));
  return channels.map((levels, channel) => {
    if (voices[channel] === null) return levels.map(() => SILENCE_DB);
    return levels.map((level) => Math.max(SILENCE_DB, level + LOUDEST_VOICE_DB - loudestDb));
  });
}

/** Measures background and voice of a channel from its frames' levels. */
export function measureLevels(levels: Float32Array): ChannelLevels {
  const sorted = Float32Array.from(levels).sort();
  const floorDb = sorted[Math.floor(sorted.length * FLOOR_SHARE)] ?? SILENCE_DB;
  const voiceDb = sorted[Math.max(0, sorted.length - VOICE_FRAMES)] ?? SILENCE_DB;
  const threshold = Math.max(floorDb + ABOVE_FLOOR_DB, voiceDb - BELOW_VOICE_DB);
  const level = (frame: number) => levels[frame] ?? SILENCE_DB;
  return { levels, floorDb, voiceDb, level, active: (frame) => level(frame) > threshold };
}
