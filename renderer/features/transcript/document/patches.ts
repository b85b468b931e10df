import type { EditableSegment, TranscriptPatch } from '../../../../src/contract/views.ts';
import { shareIndexes } from './segment-indexes.ts';

/** Segments after these patches, applied in order. A patch that names absent segments is placed by time. */
export function patchSegments(
  segments: readonly EditableSegment[],
  patches: readonly Pick<TranscriptPatch, 'after' | 'removed' | 'inserted'>[],
): readonly EditableSegment[] {
  // Most patches replace segments alone: these need no search.
  const replaced = new Map<string, EditableSegment>();
  let current = segments;
  const settle = () => {
    if (replaced.size === 0) return;
    const before = current;
    current = before.map((segment) => replaced.get(segment.id) ?? segment);
    shareIndexes(current, before);
    replaced.clear();
  };
  for (const { after, removed, inserted } of patches) {
    const sameIds =
      removed.length > 0 &&
      removed.length === inserted.length &&
      removed.every((id, index) => id === inserted[index]?.id);
    if (sameIds) {
      for (const segment of inserted) replaced.set(segment.id, segment);
      continue;
    }
    settle();
    const gone = new Set(removed);
    const firstGone = current.findIndex(({ id }) => gone.has(id));
    const rest = current.filter(({ id }) => !gone.has(id));
    const at = placeIn(rest, after, inserted[0], firstGone);
    current = inserted.length === 0 ? rest : [...rest.slice(0, at), ...inserted, ...rest.slice(at)];
  }
  settle();
  return current;
}

/** Index at which to insert segments after `after`; if that is absent, that of the removed ones, or by time. */
function placeIn(
  segments: readonly EditableSegment[],
  after: string | null,
  first: EditableSegment | undefined,
  firstGone: number,
): number {
  if (after === null || first === undefined) return 0;
  const afterIndex = segments.findIndex(({ id }) => id === after);
  if (afterIndex >= 0) return afterIndex + 1;
  if (firstGone >= 0) return firstGone;
  const later = segments.findIndex((segment) => inOrder(segment, first) > 0);
  return later < 0 ? segments.length : later;
}

/**
 * A text during its transition from one list of segments to another: the first `count` of the next, then the present
 * ones that begin later.
 */
export function partlyShown(
  segments: readonly EditableSegment[],
  next: readonly EditableSegment[],
  count: number,
): readonly EditableSegment[] {
  const shown = next.slice(0, count);
  const follower = next[count];
  if (follower === undefined) return shown;
  const ids = new Set(shown.map(({ id }) => id));
  return [...shown, ...segments.filter((segment) => inOrder(segment, follower) >= 0 && !ids.has(segment.id))];
}

/** Segments of finished windows, inserted by time; those present already replace their older versions. */
export function withArrivals(
  segments: readonly EditableSegment[],
  arrived: readonly EditableSegment[],
): readonly EditableSegment[] {
  const known = new Set(segments.map(({ id }) => id));
  // What was there first stays: the user may have changed it.
  const fresh = arrived.filter(({ id }) => !known.has(id)).sort(inOrder);
  if (fresh.length === 0) return segments;
  const last = segments.at(-1);
  if (last === undefined || inOrder(last, fresh[0] as EditableSegment) <= 0) return [...segments, ...fresh];
  return [...segments, ...fresh].sort(inOrder);
}

function inOrder(a: EditableSegment, b: EditableSegment): number {
  return a.startMs - b.startMs || a.channel - b.channel;
}
