import { similarity } from './embeddings.ts';

/** A voice by which a speaker may be known. */
export interface Voice {
  readonly id: string;
  /** Of length 1. */
  readonly embedding: Float32Array;
}

/** A speaker is a known voice from this similarity on. Means of two people were at most 0.45 similar, of one at least 0.7. */
const KNOWN_FROM = 0.55;

/** From this similarity on it is as certain as can be. */
const CERTAIN_FROM = 0.85;

/** Which known voice each speaker is, the most similar pairs first, one to one; null where none is similar enough. */
export function recogniseVoices(
  speakers: readonly Float32Array[],
  known: readonly Voice[],
): ({ voiceId: string; certainty: number } | null)[] {
  const found: ({ voiceId: string; certainty: number } | null)[] = speakers.map(() => null);
  const taken = new Set<string>();
  const pairs = speakers
    .flatMap((speaker, index) =>
      known.map(({ id, embedding }) => ({ index, id, alike: similarity(speaker, embedding) })),
    )
    .filter(({ alike }) => alike >= KNOWN_FROM)
    .sort((a, b) => b.alike - a.alike);
  for (const { index, id, alike } of pairs) {
    if (found[index] !== null || taken.has(id)) continue;
    taken.add(id);
    found[index] = {
      voiceId: id,
      certainty: Math.min(1, (alike - KNOWN_FROM) / (CERTAIN_FROM - KNOWN_FROM)),
    };
  }
  return found;
}
