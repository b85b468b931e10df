import type { Span } from '../../contract/audio.ts';
import { meanEmbedding } from './embeddings.ts';
import type { HeardPiece, PartVoices } from './part-voices.ts';

/** A piece belongs to a range that holds at least this share of it. */
const WITHIN_SHARE = 0.6;

/** Finds the pieces that were heard within a range of the recording. */
export class PieceFinder {
  readonly #pieces: readonly HeardPiece[];
  readonly #longestMs: number;

  constructor(parts: readonly PartVoices[]) {
    this.#pieces = parts
      .flatMap(({ pieces }) => pieces)
      .filter(({ isAlone }) => isAlone)
      .sort((a, b) => a.startMs - b.startMs);
    this.#longestMs = this.#pieces.reduce((most, { startMs, endMs }) => Math.max(most, endMs - startMs), 0);
  }

  /** The mean embedding of the pieces that lie mostly within a range; null if it holds none. */
  voiceOf({ startMs, endMs }: Span): Float32Array | null {
    const within: Float32Array[] = [];
    for (let i = this.#firstFrom(startMs - this.#longestMs); i < this.#pieces.length; i += 1) {
      const piece = this.#pieces[i];
      if (piece === undefined || piece.startMs >= endMs) break;
      const sharedMs = Math.min(endMs, piece.endMs) - Math.max(startMs, piece.startMs);
      if (sharedMs >= WITHIN_SHARE * (piece.endMs - piece.startMs)) within.push(piece.embedding);
    }
    return meanEmbedding(within);
  }

  #firstFrom(startMs: number): number {
    let from = 0;
    let to = this.#pieces.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#pieces[middle]?.startMs ?? 0) >= startMs) to = middle;
      else from = middle + 1;
    }
    return from;
  }
}

/** The voice that speaks in a range of the recording, of length 1; null if it is too short or nobody speaks alone. */
export function embeddingOfSpan(parts: readonly PartVoices[], span: Span): Float32Array | null {
  return new PieceFinder(parts).voiceOf(span);
}
