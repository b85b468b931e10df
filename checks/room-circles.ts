import type { DependencyGraph } from './dependency-graph.ts';

/** A folder that is a room of the application: `src/app/jobs`. */
const ROOM = /^(src\/app\/[^/]+)\//;
const TESTS = /[.]test[.]ts$|\/testing\//;

/**
 * The imports by which rooms of the application use each other in a circle, as `from → to`; none where they use each other in
 * one direction. Tests may look into any room, so they do not count: a rule of the layer check, which sees folders as a whole,
 * could not leave them out.
 */
export function roomCircles({ modules }: Pick<DependencyGraph, 'modules'>): string[] {
  const used = new Map<string, Set<string>>();
  const crossings: { from: string; to: string; source: string; resolved: string }[] = [];
  for (const { source, dependencies } of modules) {
    const from = ROOM.exec(source)?.[1];
    if (from === undefined || TESTS.test(source)) continue;
    for (const { resolved } of dependencies) {
      const to = ROOM.exec(resolved)?.[1];
      if (to === undefined || to === from) continue;
      used.set(from, (used.get(from) ?? new Set()).add(to));
      crossings.push({ from, to, source, resolved });
    }
  }
  return crossings
    .filter(({ from, to }) => reachable(to, used).has(from))
    .map(({ source, resolved }) => `${source} → ${resolved}`);
}

function reachable(start: string, used: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set([start]);
  // What is added while it is gone through is gone through too.
  for (const room of seen) for (const next of used.get(room) ?? []) seen.add(next);
  return seen;
}
