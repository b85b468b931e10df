import { FRAME_FEATURE_BYTES as BANDS, frameLoudness } from './frame-features.ts';

/** Feature steps (half decibels) below another channel's speech from which on a frame is its echo: 12 dB. */
const ECHO_STEPS = 24;

/** Feature steps above its own quiet level from which on a channel is taken to speak: 12 dB. */
const SPEECH_STEPS = 24;

/** A channel's quiet level is what a tenth of its frames stay below: every speaker pauses within a minute. */
const QUIET_SHARE = 0.1;

/** The voice of one channel reaches another up to so many frames later or earlier: echoes, and unequal delays of a line. */
const REACH = 5;

/**
 * Marks the frames of a channel that hold a voice that has bled into it from another channel: those more than
 * 12 dB below another that speaks. `channels`: the frame features of the same range of all, about a minute; the
 * results depend on nothing else. Returns 1 for each such frame of each channel, else 0.
 */
export function crosstalkFrames(channels: readonly Uint8Array[]): Uint8Array[] {
  const loudness = channels.map(loudnesses);
  const voices = loudness.map((own) => voiceOf(own));
  return loudness.map((own, channel) => {
    const others = voices.filter((_, other) => other !== channel);
    return Uint8Array.from(own, (level, frame) => (isEcho(level, frame, others) ? 1 : 0));
  });
}

function isEcho(level: number, frame: number, voices: readonly Float64Array[]): boolean {
  return voices.some((voice) => level <= (voice[frame] ?? Number.NEGATIVE_INFINITY) - ECHO_STEPS);
}

function loudnesses(features: Uint8Array): Float64Array {
  const frames = Math.floor(features.length / BANDS);
  return Float64Array.from({ length: frames }, (_, frame) => frameLoudness(features, frame));
}

/** How loud a channel's voice is around each frame; −∞ if it is silent. */
function voiceOf(own: Float64Array): Float64Array {
  const speechFrom = quietLevel(own) + SPEECH_STEPS;
  return own.map((_, frame) => {
    const around = own.subarray(Math.max(0, frame - REACH), frame + REACH + 1);
    const loudest = Math.max(...around);
    return loudest >= speechFrom ? loudest : Number.NEGATIVE_INFINITY;
  });
}

function quietLevel(levels: Float64Array): number {
  return levels.toSorted()[Math.floor(levels.length * QUIET_SHARE)] ?? 0;
}
