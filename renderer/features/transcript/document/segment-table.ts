import type { EditableSegment } from '../../../../src/contract/views.ts';
import { indexesOf, type SegmentIndexes } from './segment-indexes.ts';

/**
 * The range of each segment of a transcript in the editor's document. Segments are in the transcript's order; segment
 * k holds the characters from `from[k]` up to `to[k]`. The separator between two segments belongs to neither.
 */
export interface SegmentTable {
  readonly segments: readonly EditableSegment[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Index in `segments` by id. */
  readonly indexes: SegmentIndexes;
}

/** A change of a document, as in CodeMirror's `ChangeSet`. */
export interface DocumentChange {
  /** Whether nothing changes. */
  readonly empty: boolean;
  /** Characters of the document before and after. */
  readonly length: number;
  readonly newLength: number;
  /** Maps a position to the new document; with `assoc` 1 after an insertion there, with -1 before it. */
  mapPos(position: number, assoc: number): number;
  /** Calls `each` for every changed range, ascending: its range before and after, and its new text. */
  iterChanges(
    each: (fromA: number, toA: number, fromB: number, toB: number, inserted: { toString(): string }) => void,
  ): void;
}

/** A table mapped through a change of the document, and which segments' text the change touched. */
export interface MovedTable {
  readonly table: SegmentTable;
  readonly touched: readonly string[];
}

/** A table of these segments at these ranges. */
export function segmentTable(
  segments: readonly EditableSegment[],
  from: Int32Array,
  to: Int32Array,
): SegmentTable {
  return { segments, from, to, indexes: indexesOf(segments) };
}

/** Index of the last segment that begins at or before this character; -1 if none. */
export function indexAtPosition(table: SegmentTable, position: number): number {
  return lastAtMost(table.segments.length, (index) => table.from[index] as number, position);
}

/** Index of the last segment that begins at or before this time; -1 if none. */
export function indexAtTime(table: SegmentTable, timeMs: number): number {
  return lastAtMost(
    table.segments.length,
    (index) => (table.segments[index] as EditableSegment).startMs,
    timeMs,
  );
}

/** Indexes of the first and last segment that a range of characters touches; null if none. */
export function indexesInRange(
  table: SegmentTable,
  from: number,
  to: number,
): { first: number; last: number } | null {
  let first = indexAtPosition(table, from);
  if (first < 0 || (table.to[first] as number) < from) first += 1;
  // Empty segments, and those without a separator, meet at one character.
  while (first > 0 && (table.to[first - 1] as number) >= from) first -= 1;
  const last = indexAtPosition(table, to);
  return first <= last ? { first, last } : null;
}

/** The last index whose value (values ascend) is at most `limit`; -1 if none. */
function lastAtMost(length: number, valueAt: (index: number) => number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Maps a table through a change that a user made. An insertion belongs to the segment it continues: to the one that
 * began before it, else to the first one with text that it touches, else to its neighbour. Line breaks at the ends
 * of an insertion belong to none. A segment whose text is deleted stays, empty.
 */
export function moveTable(table: SegmentTable, changes: DocumentChange): MovedTable {
  const count = table.segments.length;
  if (count === 0 || changes.empty) return { table, touched: [] };
  const from = table.from.slice();
  const to = table.to.slice();
  const touched = new Set<number>();
  const insertions: { owner: number; from: number; to: number }[] = [];
  let first = count;
  let last = -1;
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
    const { start, end } = touchedBy(table, fromA, toA);
    first = Math.min(first, start);
    last = Math.max(last, end);
    for (let index = start; index <= end; index += 1) {
      if ((table.from[index] as number) < toA && (table.to[index] as number) > fromA) touched.add(index);
    }
    if (toB === fromB) return;
    const text = inserted.toString();
    const owner = ownerOf(table, fromA, start, end);
    touched.add(owner);
    insertions.push({
      owner,
      from: fromB + leadingBreaks(text),
      to: Math.max(fromB + leadingBreaks(text), toB - trailingBreaks(text)),
    });
  });
  for (let index = Math.max(0, first); index <= last; index += 1) {
    from[index] = changes.mapPos(table.from[index] as number, 1);
    to[index] = Math.max(from[index] as number, changes.mapPos(table.to[index] as number, -1));
  }
  const delta = changes.newLength - changes.length;
  for (let index = Math.max(last + 1, 0); index < count; index += 1) {
    from[index] = (from[index] as number) + delta;
    to[index] = (to[index] as number) + delta;
  }
  for (const insertion of insertions) {
    const { owner } = insertion;
    const isEmpty = from[owner] === to[owner];
    from[owner] = isEmpty ? insertion.from : Math.min(from[owner] as number, insertion.from);
    to[owner] = Math.max(isEmpty ? insertion.to : (to[owner] as number), insertion.to);
    makeRoom(from, to, owner);
  }
  return {
    table: { ...table, from, to },
    touched: [...touched].sort((a, b) => a - b).map((index) => (table.segments[index] as EditableSegment).id),
  };
}

/** Moves a segment's neighbours aside if they overlap it: those that are empty, or begin where it was put. */
function makeRoom(from: Int32Array, to: Int32Array, owner: number): void {
  const start = from[owner] as number;
  for (let index = owner - 1; index >= 0 && (to[index] as number) > start; index -= 1) {
    to[index] = start;
    from[index] = Math.min(from[index] as number, start);
  }
  const end = to[owner] as number;
  for (let index = owner + 1; index < from.length && (from[index] as number) < end; index += 1) {
    from[index] = end;
    to[index] = Math.max(to[index] as number, end);
  }
}

/** Indexes of the segments whose characters or edges a change touches; of its neighbours if none. */
function touchedBy(table: SegmentTable, fromA: number, toA: number): { start: number; end: number } {
  const touched = indexesInRange(table, fromA, toA);
  if (touched !== null) return { start: touched.first, end: touched.last };
  const before = Math.max(0, indexAtPosition(table, fromA));
  return { start: before, end: before };
}

/** The segment of an insertion: one that began before it, else the first touched one with text, else the first. */
function ownerOf(table: SegmentTable, fromA: number, start: number, end: number): number {
  let owner: number | null = null;
  for (let index = start; index <= end; index += 1) {
    const from = table.from[index] as number;
    const to = table.to[index] as number;
    if (from < fromA && to >= fromA) return index;
    if (to > from) owner ??= index;
  }
  return owner ?? start;
}

function leadingBreaks(text: string): number {
  return /^\n*/.exec(text)?.[0].length ?? 0;
}

function trailingBreaks(text: string): number {
  return /\n*$/.exec(text)?.[0].length ?? 0;
}
