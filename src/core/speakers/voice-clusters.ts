import type { SpeakerCount } from '../../contract/speakers.ts';
import {
  averageLinkage,
  type Cluster,
  clustersAfter,
  type Merge,
  singleClusters,
} from './average-linkage.ts';
import { addTo, normalise, similarity } from './embeddings.ts';

/** Clusters whose embeddings are on average this similar are one person. */
const SAME_SPEAKER = 0.38;

/** Embeddings clustered at once: time and memory grow by their square. */
const BLOCK = 1_000;

/** Within a block, only embeddings that are surely of one person are joined. */
const SURELY_SAME = 0.55;

/** How much less sure it has to be when blocks are joined again because too many clusters are left. */
const LESS_SURE = 0.05;

/**
 * A person talks alone in at least so many pieces (fewestPieces); smaller clusters are noise, laughter or people talking at
 * once. The longer a recording, the more often these sound alike.
 */
const FEWEST_PIECES = 4;
const FEWEST_BY_ROOT = 0.2;

/** In a short recording, this share of the pieces is enough, if they sound like nobody else. */
const FEWEST_SHARE = 1 / 25;
const FEWEST_CLEAR_PIECES = 2;

/** Below this similarity to everybody else, a voice is clearly another one. */
const CLEARLY_OTHER = 0.25;

/** Rounds in which pieces move to the voice that they are nearest to. */
const ROUNDS = 3;

/** Most speakers that are told apart. */
const MOST_SPEAKERS = 20;

/**
 * The voices of a recording, the mean embedding of each person, of length 1: from the pieces in which somebody talks alone;
 * pieces in which several talk add those who sound like none of these. As many as are found, or as are asked for as far as
 * there are pieces. None only if there are no pieces.
 */
export function clusterVoices(
  alone: readonly Float32Array[],
  mixed: readonly Float32Array[],
  count: SpeakerCount | null,
): Float32Array[] {
  const embeddings = alone.length > 0 ? alone : mixed;
  const clusters = fewClusters(singleClusters(embeddings), SURELY_SAME);
  const merges = averageLinkage(clusters);
  const found = peopleFound(clusters, merges, embeddings.length);
  const isWanted =
    count === null || (count.isLimit ? found.length <= count.speakers : found.length === count.speakers);
  const people = isWanted ? found : peopleAsked(count.speakers, clusters, merges);
  const voices = movedVoices(embeddings, people.map(directionOf));
  return count === null
    ? [...voices, ...voicesNeverAlone(mixed, voices, alone.length)].slice(0, MOST_SPEAKERS)
    : voices;
}

/** As few clusters as can be clustered at once: of blocks, closely clustered, again and again until they fit. */
function fewClusters(clusters: readonly Cluster[], least: number): readonly Cluster[] {
  if (clusters.length <= BLOCK) return clusters;
  const fewer: Cluster[] = [];
  for (let at = 0; at < clusters.length; at += BLOCK) {
    const block = clusters.slice(at, at + BLOCK);
    fewer.push(...clustersAfter(block, similarMerges(averageLinkage(block), least)));
  }
  return fewClusters(fewer, least - LESS_SURE);
}

function similarMerges(merges: readonly Merge[], least: number): Merge[] {
  return merges.filter((merge) => merge.similarity >= least);
}

function peopleFound(clusters: readonly Cluster[], merges: readonly Merge[], pieces: number): Cluster[] {
  const fewest = fewestPieces(pieces);
  const fewestClear = Math.min(fewest, Math.max(FEWEST_CLEAR_PIECES, Math.ceil(pieces * FEWEST_SHARE)));
  const groups = bySize(clustersAfter(clusters, similarMerges(merges, SAME_SPEAKER)));
  const people = groups.slice(0, 1);
  for (const group of groups.slice(1, MOST_SPEAKERS)) {
    const isClear = group.size >= fewestClear && isClearlyOther(directionOf(group), people.map(directionOf));
    if (group.size >= fewest || isClear) people.push(group);
  }
  return people;
}

function fewestPieces(pieces: number): number {
  return Math.max(FEWEST_PIECES, Math.round(FEWEST_BY_ROOT * Math.sqrt(pieces)));
}

/** So many clusters, as far apart and as large as can be had; fewer only if there are fewer pieces. */
function peopleAsked(speakers: number, clusters: readonly Cluster[], merges: readonly Merge[]): Cluster[] {
  for (let fewest = FEWEST_PIECES; fewest >= 1; fewest -= 1) {
    for (let groups = speakers; groups <= clusters.length; groups += 1) {
      const large = clustersAfter(clusters, merges.slice(0, clusters.length - groups)).filter(
        ({ size }) => size >= fewest,
      );
      if (large.length >= speakers) return bySize(large).slice(0, speakers);
    }
  }
  return bySize(clusters).slice(0, speakers);
}

/** Voices of those who are only heard while others talk. */
function voicesNeverAlone(
  mixed: readonly Float32Array[],
  voices: readonly Float32Array[],
  pieces: number,
): Float32Array[] {
  const unlike = mixed.filter((embedding) => isClearlyOther(embedding, voices));
  const clusters = fewClusters(singleClusters(unlike), SURELY_SAME);
  return clustersAfter(clusters, similarMerges(averageLinkage(clusters), SAME_SPEAKER))
    .filter(({ size }) => size >= fewestPieces(pieces) - 1)
    .map(directionOf);
}

function isClearlyOther(embedding: Float32Array, voices: readonly Float32Array[]): boolean {
  return voices.every((voice) => similarity(embedding, voice) < CLEARLY_OTHER);
}

function bySize(clusters: readonly Cluster[]): Cluster[] {
  return [...clusters].sort((a, b) => b.size - a.size);
}

function directionOf({ sum }: Cluster): Float32Array {
  return normalise(sum.slice());
}

/** The voices after pieces have moved to the voice that they are nearest to; a voice that all leave stays where it was. */
function movedVoices(embeddings: readonly Float32Array[], voices: readonly Float32Array[]): Float32Array[] {
  let moved = [...voices];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sums = moved.map((voice) => new Float32Array(voice.length));
    for (const embedding of embeddings)
      addTo(sums[nearestVoice(embedding, moved)] as Float32Array, embedding);
    moved = sums.map((sum, v) =>
      sum.some((value) => value !== 0) ? normalise(sum) : (moved[v] as Float32Array),
    );
  }
  return moved;
}

/** Index of the voice that an embedding is most similar to; 0 if there are none. */
export function nearestVoice(embedding: Float32Array, voices: readonly Float32Array[]): number {
  let nearest = 0;
  let most = -Infinity;
  for (const [v, voice] of voices.entries()) {
    const alike = similarity(embedding, voice);
    if (alike > most) [nearest, most] = [v, alike];
  }
  return nearest;
}
