import { FRAME_MS } from '../../contract/audio.ts';
import { FRAME_FEATURE_BYTES, frameLoudness } from './frame-features.ts';
import { SpanBuilder, type SpeechSpan } from './span-builder.ts';
import { VoiceBursts } from './voice-bursts.ts';

export type { SpeechSpan } from './span-builder.ts';

/** How speech is detected. */
export interface SpeechDetectorOptions {
  /** Audio kept before and after speech; 400 ms if not given. */
  readonly padMs?: number;
  /** Return spans that cover everything, still cut at silences. */
  readonly keepSilence?: boolean;
}

/** Audio kept before and after speech; docs/benchmarks.md has the word errors of other lengths. */
const DEFAULT_PAD_MS = 400;

/**
 * Finds the speech of one channel from its voice activity, in portions. The spans depend on the recording alone, never
 * on their sizes, and each is known at the latest a window's length and 6 s after its start.
 */
export class SpeechDetector {
  readonly #bursts = new VoiceBursts();
  readonly #builder: SpanBuilder;
  /** Loudness of the frames from `#firstFrame` on, in half decibels. */
  #loudness: number[] = [];
  #firstFrame = 0;

  constructor(options: SpeechDetectorOptions = {}) {
    const { padMs = DEFAULT_PAD_MS, keepSilence = false } = options;
    this.#builder = new SpanBuilder(
      { padMs, keepSilence },
      (frame) => this.#loudness[frame - this.#firstFrame] ?? 0,
    );
  }

  /** No span that is still to come starts before this time. */
  get decidedUntilMs(): number {
    return this.#builder.undecidedFrom * FRAME_MS;
  }

  /**
   * Accepts the next portion of a recording; returns the spans that are now complete, in order.
   * @param probabilities of voice activity, 0 to 255, one for each 512 samples
   * @param features of the same samples, as `measureFrames` describes them: where they are softest a span may be cut
   */
  push(probabilities: Uint8Array, features: Uint8Array): SpeechSpan[] {
    for (let frame = 0; frame * FRAME_FEATURE_BYTES < features.length; frame++) {
      this.#loudness.push(frameLoudness(features, frame));
    }
    const spans: SpeechSpan[] = [];
    for (const probability of probabilities) {
      const burst = this.#bursts.push(probability);
      if (burst !== null) spans.push(...this.#builder.add(burst));
    }
    spans.push(...this.#builder.advance(this.#bursts.earliestStart));
    this.#forget();
    return spans;
  }

  /** Ends the recording after the last portion; returns the remaining spans. */
  finish(): SpeechSpan[] {
    const burst = this.#bursts.finish();
    const spans = burst === null ? [] : this.#builder.add(burst);
    return [...spans, ...this.#builder.finish(this.#firstFrame + this.#loudness.length)];
  }

  #forget(): void {
    const known = Math.min(this.#builder.undecidedFrom - this.#firstFrame, this.#loudness.length);
    if (known <= 0) return;
    this.#loudness.splice(0, known);
    this.#firstFrame += known;
  }
}
