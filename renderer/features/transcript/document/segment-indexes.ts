import type { EditableSegment } from '../../../../src/contract/views.ts';

/** Places of segments in their list, by id. */
export type SegmentIndexes = ReadonlyMap<string, number>;

/** Lists are never changed in place, so that what was found out about one holds for as long as it is there. */
const known = new WeakMap<readonly EditableSegment[], SegmentIndexes>();

/** The places of the segments of a list by their ids, computed once per list: a long text has 12,000. */
export function indexesOf(segments: readonly EditableSegment[]): SegmentIndexes {
  const before = known.get(segments);
  if (before !== undefined) return before;
  const indexes = new Map(segments.map(({ id }, index) => [id, index]));
  known.set(segments, indexes);
  return indexes;
}

/** Takes note that a list has the same ids in the same order as another one, so that its indexes are the same. */
export function shareIndexes(
  segments: readonly EditableSegment[],
  sameIds: readonly EditableSegment[],
): void {
  known.set(segments, indexesOf(sameIds));
}
