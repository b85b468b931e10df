import { addTo, similarity } from './embeddings.ts';

/** Embeddings that stay together: their indices, and their sum. */
export interface Cluster {
  readonly members: readonly number[];
  readonly sum: Float32Array;
}

/** Two clusters became one: the mean similarity of the one's embeddings to the other's. */
export interface Merge {
  readonly first: number;
  readonly second: number;
  readonly similarity: number;
}

/**
 * Agglomerative clustering by average linkage, exact: the mean cosine between two clusters is the product of their sums by
 * that of their sizes. Returns all merges, most similar first; a merge names a cluster by the index of any of its members.
 * Follows chains of nearest neighbours (Murtagh 1983), which takes time and memory by the square of the clusters.
 */
export function averageLinkage(clusters: readonly Cluster[]): Merge[] {
  const count = clusters.length;
  const table = similarities(clusters);
  const sizes = clusters.map(({ members }) => members.length);
  const active = clusters.map((_, i) => i);
  const merges: Merge[] = [];
  const chain: number[] = [];
  while (active.length > 1) {
    if (chain.length === 0) chain.push(active[0] as number);
    const top = chain.at(-1) as number;
    const before = chain.at(-2) ?? -1;
    let nearest = before;
    let most = before < 0 ? -Infinity : (table[top * count + before] as number);
    for (const other of active) {
      const value = table[top * count + other] as number;
      if (other !== top && value > most) {
        most = value;
        nearest = other;
      }
    }
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merges.push({ first: nearest, second: top, similarity: most });
    join(table, count, sizes, nearest, top, active);
  }
  return merges.sort((a, b) => b.similarity - a.similarity);
}

/** Joins a cluster to another: similarities become the means of both, by size (Lance and Williams). */
function join(
  table: Float32Array,
  count: number,
  sizes: number[],
  kept: number,
  gone: number,
  active: number[],
): void {
  const keptSize = sizes[kept] as number;
  const goneSize = sizes[gone] as number;
  active.splice(active.indexOf(gone), 1);
  for (const other of active) {
    const mean =
      ((table[kept * count + other] as number) * keptSize +
        (table[gone * count + other] as number) * goneSize) /
      (keptSize + goneSize);
    table[kept * count + other] = mean;
    table[other * count + kept] = mean;
  }
  sizes[kept] = keptSize + goneSize;
}

function similarities(clusters: readonly Cluster[]): Float32Array {
  const count = clusters.length;
  const table = new Float32Array(count * count);
  const means = clusters.map(({ members, sum }) => sum.map((value) => value / members.length));
  for (let i = 0; i < count; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const value = similarity(means[i] as Float32Array, means[j] as Float32Array);
      table[i * count + j] = value;
      table[j * count + i] = value;
    }
  }
  return table;
}

/** Clusters of one embedding each. */
export function singleClusters(embeddings: readonly Float32Array[]): Cluster[] {
  return embeddings.map((sum, index) => ({ members: [index], sum }));
}

/** The clusters that are left after some merges of `averageLinkage`, in order of their first members. */
export function clustersAfter(clusters: readonly Cluster[], merges: readonly Merge[]): Cluster[] {
  const parents = clusters.map((_, i) => i);
  const rootOf = (of: number): number => {
    let at = of;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  for (const { first, second } of merges) parents[rootOf(second)] = rootOf(first);
  const groups = new Map<number, Cluster[]>();
  for (const [i, cluster] of clusters.entries()) {
    const root = rootOf(i);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [cluster]);
    else group.push(cluster);
  }
  return [...groups.values()].map(joined);
}

function joined(clusters: readonly Cluster[]): Cluster {
  const sum = new Float32Array(clusters[0]?.sum.length ?? 0);
  for (const cluster of clusters) addTo(sum, cluster.sum);
  return { members: clusters.flatMap(({ members }) => members), sum };
}
