import type { DependencyGraph } from './dependency-graph.ts';

/** Code of the product; tests may import from any room, so they do not count. */
const PRODUCT = /^(src|renderer)\//;
const TESTS = /[.](test|spec)[.]tsx?$|\/testing\//;

/** The office's page is a window of its own, drawn with parts of the app's: `office-apart` sees to it that the app's knows nothing of it. */
const OFFICE_PAGE = /^src\/office\/page\//;
const WINDOW = /^renderer\//;

interface Crossing {
  readonly source: string;
  readonly resolved: string;
}

/**
 * The imports by which rooms of the product use each other in a circle, as `from → to`; none if all use is in one
 * direction. Rooms are the entries of a folder: its files and its folders, at every level of the tree. A rule of the
 * layer check, which sees folders as a whole, could not exclude tests.
 */
export function roomCircles({ modules }: Pick<DependencyGraph, 'modules'>): string[] {
  const houses = new Map<string, Crossing[]>();
  for (const { source, dependencies } of modules) {
    if (!PRODUCT.test(source) || TESTS.test(source)) continue;
    for (const { resolved } of dependencies) {
      if (!PRODUCT.test(resolved) || TESTS.test(resolved)) continue;
      if (OFFICE_PAGE.test(source) && WINDOW.test(resolved)) continue;
      const house = commonFolder(source, resolved);
      houses.set(house, [...(houses.get(house) ?? []), { source, resolved }]);
    }
  }
  return [...houses].flatMap(([house, crossings]) => circlesIn(house, crossings));
}

function circlesIn(house: string, crossings: readonly Crossing[]): string[] {
  const roomOf = (path: string) => path.slice(house.length).split('/')[0] ?? '';
  const used = new Map<string, Set<string>>();
  for (const { source, resolved } of crossings) {
    const from = roomOf(source);
    used.set(from, (used.get(from) ?? new Set()).add(roomOf(resolved)));
  }
  return crossings
    .filter(({ source, resolved }) => reachable(roomOf(resolved), used).has(roomOf(source)))
    .map(({ source, resolved }) => `${source} → ${resolved}`);
}

/** The innermost folder that contains both, with a trailing slash. */
function commonFolder(one: string, other: string): string {
  const parts = one.split('/');
  const others = other.split('/');
  const parted = parts.findIndex((part, index) => part !== others[index]);
  return parts
    .slice(0, parted)
    .map((part) => `${part}/`)
    .join('');
}

function reachable(start: string, used: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set([start]);
  // A Set's iteration visits what is added meanwhile.
  for (const room of seen) for (const next of used.get(room) ?? []) seen.add(next);
  return seen;
}
