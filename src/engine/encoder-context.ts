import { FRAME_SAMPLES } from '../contract/audio.ts';

/** Positions of Whisper's encoder, of 20 ms each: all of its 30 s. */
const WHOLE = 1500;

/** Half of it: below, Whisper models begin to repeat themselves. */
const LEAST = 768;

/** Positions behind the end, in which the model sees that the speech is over. */
const MARGIN = 32;

/** How many encoder positions a window of so many samples needs. The encoder's time grows with them, silence or not. */
export function encoderContext(samples: number): number {
  return Math.min(WHOLE, Math.max(LEAST, Math.ceil(samples / FRAME_SAMPLES) + MARGIN));
}
