import { FRAME_SAMPLES } from '../contract/audio.ts';

/** Whisper's whole encoder context in positions of 20 ms: 30 s. */
const WHOLE = 1500;

/**
 * Transcribing uses at least half of them: below that, Whisper models begin to loop. The margin is a number of
 * positions behind the end: the model was trained on 30 s, and with five seconds of silence behind the speech the word
 * error rate is no worse than with all of them (docs/benchmarks.md has the figures).
 */
const TO_TRANSCRIBE = { least: 768, margin: 250 };

/**
 * A pass of live text is short, follows another of nearly the same sound, and is not believed until the next one agrees, so
 * that a smaller floor will do: three seconds and the margin. Below it a second of speech loops again and again;
 * docs/benchmarks.md has the loops and the changed words of other floors and margins.
 */
const TO_READ_ALONG = { least: 400, margin: 250 };

/**
 * Language detection is a single decoder step, which cannot loop: the span's own positions suffice. It has no floor,
 * which would make every short span cost the time of a long one; the margin keeps the end of a span of a second from
 * being cut.
 */
const TO_TELL_LANGUAGE = { least: 0, margin: 50 };

/** Encoder positions for a window of this many samples. The encoder's time grows with them, silence or not. */
export function encoderContext(samples: number): number {
  return positions(samples, TO_TRANSCRIBE);
}

/** Encoder positions for a pass of live text over this many samples. */
export function liveContext(samples: number): number {
  return positions(samples, TO_READ_ALONG);
}

/** Encoder positions to detect the language of a span of this many samples. */
export function languageContext(samples: number): number {
  return positions(samples, TO_TELL_LANGUAGE);
}

function positions(samples: number, { least, margin }: typeof TO_TRANSCRIBE): number {
  return Math.min(WHOLE, Math.max(least, Math.ceil(samples / FRAME_SAMPLES) + margin));
}
