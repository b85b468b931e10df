import type { SpeakerCount } from '../../contract/speakers.ts';
import { averageLinkage, type Cluster, joined, type Merge } from './average-linkage.ts';
import { addTo, normalise, similarity } from './embeddings.ts';

/** Clusters whose embeddings are on average this similar are one person. */
const SAME_SPEAKER = 0.38;

/** Embeddings clustered at once: time and memory grow by their square. */
const BLOCK = 1_000;

/** Within a block, embeddings join only if they are surely of one person. */
const SURELY_SAME = 0.55;

/** A person is heard alone in at least so many pieces; smaller clusters are noise, laughter or people talking at once. */
const FEWEST_PIECES = 4;

/** Rounds in which pieces move to the centroid that they are nearest to. */
const ROUNDS = 3;

/** Most speakers that are told apart. */
export const MOST_SPEAKERS = 20;

/** The voices of a recording: the mean embedding of each person, of length 1. */
export function clusterVoices(
  embeddings: readonly Float32Array[],
  count: SpeakerCount | null,
): Float32Array[] {
  const clusters = fineClusters(embeddings.map((sum) => ({ size: 1, sum })));
  let centroids = centroidsOf(cutClusters(clusters, averageLinkage(clusters), count));
  for (let round = 0; round < ROUNDS; round += 1) centroids = movedCentroids(embeddings, centroids);
  return centroids;
}

/** As many clusters as can be clustered at once: those of blocks, closely clustered, until they fit. */
function fineClusters(clusters: readonly Cluster[]): readonly Cluster[] {
  if (clusters.length <= BLOCK) return clusters;
  const fine: Cluster[] = [];
  for (let at = 0; at < clusters.length; at += BLOCK) {
    const block = clusters.slice(at, at + BLOCK);
    fine.push(
      ...groupsAfter(
        block,
        averageLinkage(block).filter((merge) => merge.similarity >= SURELY_SAME),
      ),
    );
  }
  return fine.length < clusters.length ? fineClusters(fine) : fine;
}

/** The people among clusters: those found, or as many as were asked for. */
function cutClusters(
  clusters: readonly Cluster[],
  merges: readonly Merge[],
  count: SpeakerCount | null,
): Cluster[] {
  const alike = merges.filter((merge) => merge.similarity >= SAME_SPEAKER);
  const found = largeOnes(groupsAfter(clusters, alike), FEWEST_PIECES).slice(0, MOST_SPEAKERS);
  if (count === null || found.length === count.speakers) return found;
  if (count.isLimit && found.length < count.speakers) return found;
  return exactly(count.speakers, clusters, merges);
}

/** So many clusters, as far apart and as large as can be had; fewer only if there are fewer embeddings. */
function exactly(speakers: number, clusters: readonly Cluster[], merges: readonly Merge[]): Cluster[] {
  for (let fewest = FEWEST_PIECES; fewest >= 1; fewest -= 1) {
    for (let groups = speakers; groups <= clusters.length; groups += 1) {
      const large = largeOnes(groupsAfter(clusters, merges.slice(0, clusters.length - groups)), fewest);
      if (large.length >= speakers) return large.slice(0, speakers);
    }
  }
  return largeOnes(clusters, 1);
}

/** The clusters with enough pieces, largest first; the largest one if none has. */
function largeOnes(clusters: readonly Cluster[], fewest: number): Cluster[] {
  const ordered = [...clusters].sort((a, b) => b.size - a.size);
  const large = ordered.filter(({ size }) => size >= fewest);
  return large.length > 0 ? large : ordered.slice(0, 1);
}

function groupsAfter(clusters: readonly Cluster[], merges: readonly Merge[]): Cluster[] {
  const parent = clusters.map((_, i) => i);
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) at = parent[at] as number;
    return at;
  };
  for (const { first, second } of merges) parent[root(second)] = root(first);
  const groups = new Map<number, Cluster[]>();
  for (const [i, cluster] of clusters.entries()) {
    const key = root(i);
    groups.set(key, [...(groups.get(key) ?? []), cluster]);
  }
  return [...groups.values()].map(joined);
}

function centroidsOf(clusters: readonly Cluster[]): Float32Array[] {
  return clusters.map(({ sum }) => normalise(sum.slice()));
}

function movedCentroids(
  embeddings: readonly Float32Array[],
  centroids: readonly Float32Array[],
): Float32Array[] {
  const sums = centroids.map((centroid) => new Float32Array(centroid.length));
  for (const embedding of embeddings) {
    const nearest = nearestCentroid(embedding, centroids);
    const sum = sums[nearest];
    if (sum !== undefined) addTo(sum, embedding);
  }
  return sums.map(normalise);
}

/** Index of the centroid that an embedding is most similar to; −1 if there are none. */
export function nearestCentroid(embedding: Float32Array, centroids: readonly Float32Array[]): number {
  let nearest = -1;
  let most = -Infinity;
  for (const [i, centroid] of centroids.entries()) {
    const value = similarity(embedding, centroid);
    if (value > most) {
      most = value;
      nearest = i;
    }
  }
  return nearest;
}
