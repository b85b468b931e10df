/** A stretch of PCM that gets one embedding, in samples of the PCM passed with it. */
export interface Piece {
  readonly start: number;
  readonly length: number;
}

/** The two models that diarization hears with, on PCM at 16 kHz. The engine's process runs them. */
export interface VoiceModels {
  /**
   * Who of up to three local speakers talks: SPEAKER_FRAMES × SPEAKER_CLASSES probabilities × 255; the classes are nobody,
   * speaker 1, 2, 3, 1 and 2, 1 and 3, 2 and 3. Takes up to SPEAKER_WINDOW_SAMPLES samples; fewer are padded with silence.
   */
  speakerActivity(pcm: Int16Array, signal: AbortSignal): Promise<Uint8Array>;
  /** The embeddings of pieces, one after the other: EMBEDDING_SIZE floats each, of length 1. */
  voiceEmbeddings(pcm: Int16Array, pieces: readonly Piece[], signal: AbortSignal): Promise<Float32Array>;
}
