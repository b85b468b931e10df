import { FRAME_MS, SAMPLES_PER_MS } from '../../contract/audio.ts';
import { VOICE_CHUNK_SAMPLES } from '../../contract/engine.ts';

const CHUNK_MS = VOICE_CHUNK_SAMPLES / SAMPLES_PER_MS;

/** A run of frames with speech, from `start` up to but not including `end`, in frames of 20 ms. */
export interface Burst {
  readonly start: number;
  readonly end: number;
}

/** Silero's own thresholds, as bytes: speech begins at a probability of 0.5 and lasts until it falls below 0.35. */
const SPEECH_FROM = 128;
const SPEECH_WHILE = 89;
/** Chunks below the lower threshold that end a burst: 96 ms, less than any pause that may become a cut. */
const SILENCE_CHUNKS = 3;
/** Chunks of speech that make a burst: 96 ms; a cough or a click gets one or two. */
const SPEECH_CHUNKS = 3;
/** A burst is emitted in parts of this length (5 s), so that a decision never waits for the end of endless speech. */
const LONGEST_CHUNKS = 156;

/**
 * Joins probabilities of voice activity into bursts of speech. Causal: its results depend on the chunks alone, never
 * on how they are portioned.
 */
export class VoiceBursts {
  /** Chunks accepted so far. */
  #chunk = 0;
  #start: number | null = null;
  /** Chunk after the last one that belongs to the open burst. */
  #end = 0;
  #loud = 0;
  #accepted = false;

  /** The earliest frame at which a burst that is still to come can start. */
  get earliestStart(): number {
    return frameOf(this.#start ?? this.#chunk);
  }

  /** The burst that goes on, as far as it is known; null if there is none, or if it may still be a cough or a click. */
  get open(): Burst | null {
    if (this.#start === null || !this.#accepted) return null;
    return { start: frameOf(this.#start), end: frameOf(this.#end) };
  }

  /** Accepts the next chunk's probability, 0 to 255; returns the burst that it completes, or null. */
  push(probability: number): Burst | null {
    const chunk = this.#chunk++;
    if (this.#start === null) {
      if (probability < SPEECH_FROM) return null;
      this.#start = chunk;
      this.#loud = 0;
      this.#accepted = false;
    }
    if (probability >= SPEECH_FROM) this.#loud += 1;
    if (this.#loud >= SPEECH_CHUNKS) this.#accepted = true;
    if (probability >= SPEECH_WHILE) this.#end = chunk + 1;
    else if (chunk + 1 - this.#end >= SILENCE_CHUNKS) return this.finish();
    if (this.#accepted && this.#end - this.#start >= LONGEST_CHUNKS) return this.#handOn(this.#start);
    return null;
  }

  /** Ends the burst that is still open; returns it, or null. */
  finish(): Burst | null {
    const start = this.#start;
    this.#start = null;
    if (start === null || !this.#accepted || this.#end <= start) return null;
    return { start: frameOf(start), end: frameOf(this.#end) };
  }

  /** Returns the burst up to this chunk and continues it as accepted. */
  #handOn(start: number): Burst {
    this.#start = this.#end;
    return { start: frameOf(start), end: frameOf(this.#end) };
  }
}

/** The frame at whose start a chunk starts, to the nearest. */
function frameOf(chunk: number): number {
  return Math.round((chunk * CHUNK_MS) / FRAME_MS);
}
