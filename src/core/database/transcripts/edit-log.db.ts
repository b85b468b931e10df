import type { NewSegment } from '../../text-alignment/stored-segment.ts';

/** A segment as the log holds it: the machine's by its id, which never changes; one of an edit in full. */
export type LoggedSegment = number | NewSegment;

/** One stretch that an edit has changed, as the log holds it. */
export interface LoggedChange {
  readonly removed: readonly LoggedSegment[];
  readonly inserted: readonly LoggedSegment[];
}

/** What tells a segment of the log apart: a key may look like the id of another. */
function nameOf(segment: LoggedSegment): string {
  return typeof segment === 'number' ? `#${segment}` : segment.key;
}

/**
 * What two edits, one made right after the other, do together: what the first put in and the second took away again is
 * in neither side.
 */
export function composed(first: readonly LoggedChange[], second: readonly LoggedChange[]): LoggedChange[] {
  let changes: LoggedChange[] = [...first];
  for (const change of second) {
    const gone = new Set(change.removed.map(nameOf));
    const isTouched = ({ inserted }: LoggedChange) => inserted.some((segment) => gone.has(nameOf(segment)));
    const touched = changes.filter(isTouched);
    const known = new Set(touched.flatMap(({ inserted }) => inserted.map(nameOf)));
    const merged = {
      removed: [
        ...touched.flatMap(({ removed }) => removed),
        ...change.removed.filter((segment) => !known.has(nameOf(segment))),
      ],
      inserted: [
        ...touched.flatMap(({ inserted }) => inserted.filter((segment) => !gone.has(nameOf(segment)))),
        ...change.inserted,
      ],
    };
    changes = [...changes.filter((one) => !isTouched(one)), merged];
  }
  return changes;
}
