import { FRAME_FEATURE_BYTES as BANDS, frameLoudness } from './frame-features.ts';

/** Feature steps (half decibels) below another channel's speech from which on a frame is its echo: 12 dB. */
const ECHO_STEPS = 24;

/** Feature steps above its own quiet level from which on a channel is taken to speak: 12 dB. */
const SPEECH_STEPS = 24;

/** A channel's quiet level is what a tenth of its frames stay below: nobody talks for a minute without pausing. */
const QUIET_SHARE = 0.1;

/** The voice of one channel reaches another up to so many frames later or earlier: echoes, and unequal delays of a line. */
const REACH = 5;

/**
 * Takes out of each channel's frame features the voices that have bled into it from another channel: where a channel is
 * more than 12 dB below another that speaks, its frame becomes as quiet as the channel is when nobody talks. Given are
 * the features of the same stretch of all channels, about a minute; the results depend on nothing else.
 */
export function suppressCrosstalk(channels: readonly Uint8Array[]): Uint8Array[] {
  if (channels.length < 2) return [...channels];
  const loudness = channels.map(loudnesses);
  const voices = loudness.map((own) => voiceOf(own));
  return channels.map((features, channel) => {
    const others = voices.filter((_, other) => other !== channel);
    return silenced(features, loudness[channel] as Float64Array, others);
  });
}

function loudnesses(features: Uint8Array): Float64Array {
  const frames = Math.floor(features.length / BANDS);
  return Float64Array.from({ length: frames }, (_, frame) => frameLoudness(features, frame));
}

/** How loud a channel's voice is around each frame; −∞ where it is silent. */
function voiceOf(own: Float64Array): Float64Array {
  const speechFrom = quietLevel(own) + SPEECH_STEPS;
  return own.map((_, frame) => {
    const around = own.subarray(Math.max(0, frame - REACH), frame + REACH + 1);
    const loudest = Math.max(...around);
    return loudest >= speechFrom ? loudest : Number.NEGATIVE_INFINITY;
  });
}

function silenced(features: Uint8Array, own: Float64Array, voices: readonly Float64Array[]): Uint8Array {
  const quiet = Array.from({ length: BANDS }, (_, band) => quietLevel(bandOf(features, band)));
  const result = Uint8Array.from(features);
  for (const [frame, level] of own.entries()) {
    if (!voices.some((voice) => level <= (voice[frame] ?? Number.NEGATIVE_INFINITY) - ECHO_STEPS)) continue;
    for (let band = 0; band < BANDS; band++) {
      const at = frame * BANDS + band;
      result[at] = Math.min(result[at] as number, quiet[band] as number);
    }
  }
  return result;
}

function bandOf(features: Uint8Array, band: number): Float64Array {
  const frames = Math.floor(features.length / BANDS);
  return Float64Array.from({ length: frames }, (_, frame) => features[frame * BANDS + band] as number);
}

function quietLevel(levels: Float64Array): number {
  return levels.toSorted()[Math.floor(levels.length * QUIET_SHARE)] ?? 0;
}
