import type { Span } from '../../contract/audio.ts';
import type { Segment } from '../../contract/transcript.ts';
import { meanEmbedding, similarity } from './embeddings.ts';
import type { PartVoices } from './part-voices.ts';
import { PieceFinder } from './piece-finder.ts';

/** A segment must be this much nearer to the corrected paragraph's voice than to the other one. */
const LEAST_MARGIN = 0.05;

/** Margins from here on are as sure as can be. */
const SURE_MARGIN = 0.5;

/** Rounds in which the two voices are made clearer by the segments nearer to each. */
const ROUNDS = 4;

/** A segment that probably needs the same correction. */
export interface SimilarSegment {
  /** Index into the segments passed. */
  readonly index: number;
  /** How much nearer the segment is to the corrected paragraph's voice: 0 (barely) to 1. */
  readonly certainty: number;
}

/** A paragraph whose speaker the user corrected. */
export interface CorrectedParagraph extends Span {
  /** The label that it had before. */
  readonly from: string | null;
}

/**
 * The segments that carry the label a corrected paragraph had, but whose voices are nearer to that paragraph's than to
 * the rest of the label's, surest first. `segments` are the text after the correction. Empty if the paragraph is too
 * short to have a voice of its own, or if nobody else is left under its label.
 */
export function similarSegments(
  parts: readonly PartVoices[],
  segments: readonly Pick<Segment, 'startMs' | 'endMs' | 'speaker'>[],
  corrected: CorrectedParagraph,
): SimilarSegment[] {
  const pieces = new PieceFinder(parts);
  const paragraph = pieces.voiceOf(corrected);
  if (paragraph === null) return [];
  const candidates = segments.flatMap((segment, index) => {
    const voice = segment.speaker === corrected.from ? pieces.voiceOf(segment) : null;
    return voice === null ? [] : [{ index, voice }];
  });
  let target = paragraph;
  let rest = meanEmbedding(candidates.map(({ voice }) => voice));
  let similar: { index: number; voice: Float32Array; margin: number }[] = [];
  for (let round = 0; round < ROUNDS && rest !== null; round += 1) {
    const margins = candidates.map((one) => ({
      ...one,
      margin: similarity(one.voice, target) - similarity(one.voice, rest ?? one.voice),
    }));
    similar = margins.filter(({ margin }) => margin > LEAST_MARGIN);
    target = meanEmbedding([paragraph, ...similar.map(({ voice }) => voice)]) ?? paragraph;
    rest = meanEmbedding(margins.filter(({ margin }) => margin <= LEAST_MARGIN).map(({ voice }) => voice));
  }
  return similar
    .map(({ index, margin }) => ({ index, certainty: Math.min(1, margin / SURE_MARGIN) }))
    .sort((a, b) => b.certainty - a.certainty || a.index - b.index);
}
