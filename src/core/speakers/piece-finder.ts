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
  voiceOf(range: Span): Float32Array | null {
    return meanEmbedding(this.within(range).map(({ embedding }) => embedding));
  }

  /** The pieces that lie mostly within a range and in which somebody talks alone, in order. */
  within({ startMs, endMs }: Span): HeardPiece[] {
    const within: HeardPiece[] = [];
    for (let i = this.#firstFrom(startMs - this.#longestMs); i < this.#pieces.length; i += 1) {
      const piece = this.#pieces[i];
      if (piece === undefined || piece.startMs >= endMs) break;
      const sharedMs = Math.min(endMs, piece.endMs) - Math.max(startMs, piece.startMs);
      if (sharedMs >= WITHIN_SHARE * (piece.endMs - piece.startMs)) within.push(piece);
    }
    return within;
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
