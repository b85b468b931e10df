import type { AppError } from '../../contract/errors.ts';
import type { Segment } from '../../contract/transcript.ts';

/** What a live transcriber tells. Times are of the recording; channels count from 0. */
export type LiveEvent =
  /**
   * The text of a channel after its last segment. `confirmed` only grows until its words come as a segment; `interim` may
   * change.
   */
  | ({ readonly type: 'text'; readonly channel: number; readonly speaker: string | null } & LiveWords)
  /** Confirmed words, which stay as they are: a sentence, or what was said before a pause, or about ten seconds. */
  | { readonly type: 'segments'; readonly channel: number; readonly segments: readonly Segment[] }
  /** Somebody begins or stops to speak in a channel. */
  | { readonly type: 'speech'; readonly channel: number; readonly isSpeaking: boolean }
  /** The text falls more than some seconds behind what is said, or has caught up. */
  | { readonly type: 'late'; readonly isLate: boolean; readonly behindMs: number }
  /** A range was left out: the text was too late for it, or the engine failed on it twice. */
  | {
      readonly type: 'skipped';
      readonly channel: number;
      readonly startMs: number;
      readonly endMs: number;
      readonly reason: 'late' | 'failed';
    }
  /** There is no text until further notice, for this reason; null: there is text again. */
  | { readonly type: 'failed'; readonly error: AppError | null }
  /** The language of the text was decided, or was found to be another. */
  | { readonly type: 'language'; readonly language: string; readonly probability: number }
  | ({ readonly type: 'model' } & LiveModelChoice);

/** The words of a channel that are not in a segment yet. */
export interface LiveWords {
  readonly confirmed: string;
  readonly interim: string;
}

/** The model that makes the live text, and why it is this one. */
export interface LiveModelChoice {
  /** The model's name. */
  readonly model: string;
  /**
   * - `keepsUp`: it is that of the final transcript, and fast enough.
   * - `finalTooSlow`: a smaller one, because that of the final transcript cannot keep up.
   * - `noSmaller`: that of the final transcript cannot keep up, and no smaller one is installed that knows the language.
   */
  readonly reason: 'keepsUp' | 'finalTooSlow' | 'noSmaller';
  /** What a pass of the final transcript's model takes for each second of its sound, in seconds. */
  readonly realTimeFactor: number;
}
