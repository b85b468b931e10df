/** A stretch of time in which one speaker talks, pauses within an utterance included. */
export interface SpeakerTurn {
  /** Whole milliseconds from the recording's start. */
  readonly startMs: number;
  readonly endMs: number;
  /** Index into the diarization's speakers. */
  readonly speaker: number;
  /** How sure it is that this speaker talks and not the next likely one: 0 (as likely) to 1. */
  readonly certainty: number;
}

/** One person of a recording. */
export interface Speaker {
  /** The mean of the speaker's embeddings, of length 1. */
  readonly embedding: Float32Array;
  /** How long the speaker talks. */
  readonly speechMs: number;
  /** The known voice that this speaker was recognised as; null if none. */
  readonly known: { readonly voiceId: string; readonly certainty: number } | null;
}

/** Who speaks when in one recording. */
export interface Diarization {
  /** By start. Turns of different speakers overlap where they talk at once; turns of one speaker never do. */
  readonly turns: readonly SpeakerTurn[];
  /** In order of their first turns. */
  readonly speakers: readonly Speaker[];
}

/** Below this certainty, a turn's speaker is uncertain and its segments are flagged `unsureSpeaker`. */
export const UNSURE_BELOW = 0.25;
