import type { EditableSegment } from '../../../../src/contract/views.ts';

/** Indexes of segments in a list, by id. */
export type SegmentIndexes = ReadonlyMap<string, number>;

/** Lists are immutable, so that a result cached for a list is valid for the list's lifetime. */
const known = new WeakMap<readonly EditableSegment[], SegmentIndexes>();

/** The indexes of a list's segments by id, computed once per list: a long text has 12,000. */
export function indexesOf(segments: readonly EditableSegment[]): SegmentIndexes {
  const before = known.get(segments);
  if (before !== undefined) return before;
  const indexes = new Map(segments.map(({ id }, index) => [id, index]));
  known.set(segments, indexes);
  return indexes;
}

/** Notes that a list has the same ids in the same order as another one, so that its indexes are the same. */
export function shareIndexes(
  segments: readonly EditableSegment[],
  sameIds: readonly EditableSegment[],
): void {
  known.set(segments, indexesOf(sameIds));
}
