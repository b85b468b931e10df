import { similarity } from './embeddings.ts';
import type { Speaker } from './speaker-turns.ts';

/** A voice by which a speaker may be known. */
export interface Voice {
  readonly id: string;
  /** Voices of one name are one person's, as learnt from several recordings. */
  readonly name: string;
  /** Of length 1. */
  readonly embedding: Float32Array;
}

/**
 * Similarity at which a voice is as probably somebody else's. Measured with CAM++ on real speech of 29 people, seven of
 * them in two or more recordings, some through a telephone's band, with echoes or with noise: one person's voice, learnt from
 * ten seconds of speech, is at 0.548 or more (from 30 s at 0.60 or more; the median is 0.87), other people's are at 0.527 or less
 * (99 of 100 at 0.35 or less).
 */
export const EVEN_SIMILARITY = 0.53;

/** Width of the transition: a similarity of 0.6 is 83 % certain, one of 0.7 is 98 %. */
const WIDTH = 0.045;

/**
 * A speaker gets a voice's name from this certainty on: a similarity of 0.54, if no other known voice is similar. That is the
 * middle of what was left free between one person and others.
 */
const LEAST_CERTAINTY = 0.55;

/** Nothing that is heard is certain. */
const MOST_CERTAINTY = 0.99;

/**
 * The speakers with the known voices that they are recognised as, each person once, the most certain first. The certainty
 * is the probability of the person among all known ones and somebody unknown (softmax of the similarities): two people
 * whose voices are alike make each other uncertain.
 */
export function recognised(speakers: readonly Speaker[], known: readonly Voice[]): Speaker[] {
  const named = speakers.map((speaker) => ({ ...speaker, known: null as Speaker['known'] }));
  const pairs = named
    .flatMap((speaker) => certainties(speaker, known).map((pair) => ({ ...pair, speaker })))
    .filter(({ certainty }) => certainty >= LEAST_CERTAINTY)
    .sort((a, b) => b.certainty - a.certainty);
  const taken = new Set<string>();
  for (const { speaker, voice, certainty } of pairs) {
    if (speaker.known !== null || taken.has(voice.name)) continue;
    speaker.known = { voiceId: voice.id, certainty: Math.min(MOST_CERTAINTY, certainty) };
    taken.add(voice.name);
  }
  return named;
}

/** For each person the voice that is most like the speaker's, and how certain it is. */
function certainties({ embedding }: Speaker, known: readonly Voice[]): { voice: Voice; certainty: number }[] {
  const best = new Map<string, { voice: Voice; weight: number }>();
  for (const voice of known) {
    const weight = Math.exp((similarity(embedding, voice.embedding) - EVEN_SIMILARITY) / WIDTH);
    if (weight > (best.get(voice.name)?.weight ?? 0)) best.set(voice.name, { voice, weight });
  }
  const all = [...best.values()].reduce((sum, { weight }) => sum + weight, 1);
  return [...best.values()].map(({ voice, weight }) => ({ voice, certainty: weight / all }));
}
