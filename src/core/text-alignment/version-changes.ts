import { v7 as newId } from 'uuid';
import type { NewChange, NewSegment, StoredSegment } from './stored-segment.ts';

/**
 * The changes that make a current text equal to another version: one for each range in which they differ. Segments that
 * are the same in both stay untouched. The origin of each inserted one is the machine's segments of its time, so that it
 * can be reset to them.
 */
export function versionChanges(
  current: readonly StoredSegment[],
  version: readonly StoredSegment[],
): NewChange[] {
  const kept = new Map<string, number>();
  for (const segment of version) kept.set(contentOf(segment), (kept.get(contentOf(segment)) ?? 0) + 1);
  const take = (segment: StoredSegment, counts: Map<string, number>) => {
    const count = counts.get(contentOf(segment)) ?? 0;
    counts.set(contentOf(segment), count - 1);
    return count > 0;
  };
  const common = new Map<string, number>();
  const removed = current.filter((segment) => {
    const stays = take(segment, kept);
    if (stays) common.set(contentOf(segment), (common.get(contentOf(segment)) ?? 0) + 1);
    return !stays;
  });
  const added = version.filter((segment) => !take(segment, common));
  return changesBetween(removed, added);
}

/** The fields by which two segments are the same to a reader. */
function contentOf({ channel, segment }: StoredSegment): string {
  const { startMs, endMs, speaker, text } = segment;
  return JSON.stringify([channel, startMs, endMs, speaker, text]);
}

/**
 * New segments replace those that they overlap in their channel; each has for its origin those
 * spoken during its time.
 */
function changesBetween(removed: readonly StoredSegment[], added: readonly StoredSegment[]): NewChange[] {
  const ordered = [...removed, ...added].sort(
    (a, b) => a.channel - b.channel || a.segment.startMs - b.segment.startMs,
  );
  const isAdded = new Set(added);
  return [...ranges(ordered)].map((range) => {
    const gone = range.filter((segment) => !isAdded.has(segment));
    const come = range.filter((segment) => isAdded.has(segment));
    return { removed: gone.map(({ id }) => id), inserted: withOrigins(come, gone) };
  });
}

/** New segments with the origins of those, both in the order of their starts, that they overlap. */
function withOrigins(come: readonly StoredSegment[], gone: readonly StoredSegment[]): NewSegment[] {
  let begun: StoredSegment[] = [];
  let next = 0;
  return come.map(({ channel, windowIndex, segment }) => {
    for (let one = gone[next]; one !== undefined && one.segment.startMs < segment.endMs; one = gone[next]) {
      begun.push(one);
      next += 1;
    }
    begun = begun.filter((one) => one.segment.endMs > segment.startMs);
    const heard = begun.filter((one) => one.segment.startMs < segment.endMs);
    const origins = [...new Set(heard.flatMap((one) => one.origins))].sort();
    return { id: newId(), channel, windowIndex, origins, segment };
  });
}

/** Segments in order, divided at the silences of a channel. */
function* ranges(ordered: readonly StoredSegment[]): Generator<StoredSegment[]> {
  let range: StoredSegment[] = [];
  let endMs = 0;
  for (const one of ordered) {
    const last = range.at(-1);
    if (last !== undefined && (last.channel !== one.channel || one.segment.startMs >= endMs)) {
      yield range;
      range = [];
      endMs = 0;
    }
    range.push(one);
    endMs = Math.max(endMs, one.segment.endMs);
  }
  if (range.length > 0) yield range;
}
