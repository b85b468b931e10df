import { FRAME_SAMPLES } from '../contract/audio.ts';

/** Positions of Whisper's encoder, of 20 ms each: all of its 30 s. */
const WHOLE = 1500;

/**
 * Transcribing takes at least half of them: below, Whisper models begin to repeat themselves. The margin are positions
 * behind the end: the model was trained on 30 s, and with five seconds of silence behind the speech no fewer words are right
 * than with all of them (docs/benchmarks.md has the figures).
 */
const TO_TRANSCRIBE = { least: 768, margin: 250 };

/**
 * Telling the language takes a single step of the decoder, which cannot repeat itself: as few positions do as the span
 * holds. Another rule than for transcribing, since the floor would cost every short span the time of a long one; a wider
 * margin keeps the end of a span of a second from being cut.
 */
const TO_TELL_LANGUAGE = { least: 0, margin: 50 };

/** How many encoder positions a window of so many samples needs. The encoder's time grows with them, silence or not. */
export function encoderContext(samples: number): number {
  return positions(samples, TO_TRANSCRIBE);
}

/** How many encoder positions tell the language of a span of so many samples. */
export function languageContext(samples: number): number {
  return positions(samples, TO_TELL_LANGUAGE);
}

function positions(samples: number, { least, margin }: typeof TO_TRANSCRIBE): number {
  return Math.min(WHOLE, Math.max(least, Math.ceil(samples / FRAME_SAMPLES) + margin));
}
