import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageLinkage, type Cluster, clustersAfter, singleClusters } from './average-linkage.ts';
import { normalise, similarity } from './embeddings.ts';

const embeddings = fc.array(
  fc
    .array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 4 })
    .filter((values) => values.some((value) => value !== 0))
    .map((values) => normalise(Float32Array.from(values))),
  { minLength: 2, maxLength: 14 },
);

/** The merges' similarities by the definition: the two clusters whose members are most similar on average join. */
function slowLinkage(vectors: readonly Float32Array[]): number[] {
  const groups = vectors.map((vector) => [vector]);
  const found: number[] = [];
  while (groups.length > 1) {
    let best = { i: 0, j: 1, mean: -Infinity };
    for (const [i, a] of groups.entries()) {
      for (const [j, b] of groups.entries()) {
        if (j <= i) continue;
        const mean =
          a.flatMap((x) => b.map((y) => similarity(x, y))).reduce((s, v) => s + v, 0) / (a.length * b.length);
        if (mean > best.mean) best = { i, j, mean };
      }
    }
    found.push(best.mean);
    groups[best.i]?.push(...(groups[best.j] ?? []));
    groups.splice(best.j, 1);
  }
  return found;
}

test('joins as the definition of average linkage says', () => {
  fc.assert(
    fc.property(embeddings, (vectors) => {
      const merges = averageLinkage(singleClusters(vectors));
      const slow = slowLinkage(vectors).sort((a, b) => b - a);
      expect(merges).toHaveLength(vectors.length - 1);
      // Equal similarities may join in another order, and so lead elsewhere; without them, both are the same.
      const isClear = slow.every((value, i) => i === 0 || (slow[i - 1] as number) - value > 1e-4);
      if (isClear)
        for (const [i, value] of slow.entries()) expect(merges[i]?.similarity).toBeCloseTo(value, 4);
    }),
  );
});

test('so many merges leave so many clusters, of all members', () => {
  fc.assert(
    fc.property(embeddings, fc.nat(13), (vectors, count) => {
      const clusters: Cluster[] = singleClusters(vectors);
      const merges = averageLinkage(clusters).slice(0, count);
      const left = clustersAfter(clusters, merges);
      expect(left).toHaveLength(vectors.length - merges.length);
      expect(left.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual([...vectors.keys()]);
    }),
  );
});

test('nothing and one embedding need no merges', () => {
  expect(averageLinkage([])).toEqual([]);
  expect(averageLinkage(singleClusters([Float32Array.from([1, 0])]))).toEqual([]);
});
