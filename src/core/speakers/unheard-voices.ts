import { FRAME_MS } from '../../contract/audio.ts';
import { similarity } from './embeddings.ts';
import type { HeardPiece, PartVoices } from './part-voices.ts';
import { turnsOfFrames } from './turns-of-frames.ts';

/**
 * Gives a voice without any frame those of the piece that is most similar to it, in place: of so many people as the user
 * counted, each has a turn. Pieces that are another such voice's already are left to that.
 */
export function giveFrames(
  frames: Uint32Array,
  parts: readonly PartVoices[],
  voices: readonly Float32Array[],
): void {
  const given = new Set<HeardPiece>();
  for (let unheard = unheardVoice(frames, voices); unheard >= 0; unheard = unheardVoice(frames, voices)) {
    const piece = mostSimilar(voices[unheard] as Float32Array, parts, given);
    if (piece === null) return;
    given.add(piece);
    frames.fill(1 << unheard, Math.floor(piece.startMs / FRAME_MS), Math.ceil(piece.endMs / FRAME_MS));
  }
}

/** A voice without a turn; −1 if each has one. */
function unheardVoice(frames: Uint32Array, voices: readonly Float32Array[]): number {
  return voices.findIndex((_, speaker) => turnsOfFrames(frames, speaker).length === 0);
}

function mostSimilar(
  voice: Float32Array,
  parts: readonly PartVoices[],
  given: ReadonlySet<HeardPiece>,
): HeardPiece | null {
  let found: HeardPiece | null = null;
  let most = -Infinity;
  for (const piece of parts.flatMap(({ pieces }) => pieces)) {
    const alike = similarity(piece.embedding, voice);
    if (alike > most && !overlapsAny(piece, given)) [found, most] = [piece, alike];
  }
  return found;
}

function overlapsAny(piece: HeardPiece, others: ReadonlySet<HeardPiece>): boolean {
  return [...others].some((other) => other.startMs < piece.endMs && other.endMs > piece.startMs);
}
