import type { EditableSegment } from '../../../../src/contract/views.ts';
import { oneLine, separatorBetween } from './paragraph-layout.ts';
import { shareIndexes } from './segment-indexes.ts';
import { type SegmentTable, segmentTable } from './segment-table.ts';
import { readTheSame, smallestChange, type TextChange } from './text-change.ts';

/** The editor's changes for patches: document changes, ascending and disjoint, and the table after them. */
export interface PatchedDocument {
  readonly changes: readonly TextChange[];
  readonly table: SegmentTable;
}

/**
 * Turns a document of one list of segments into that of another, with the smallest changes: what both lists share is
 * not touched, with its separators, so that caret and scroll position are kept.
 * @param textOf the document's characters between two positions.
 * @param isHeld whether the user's own text of a segment is newer than the given one and stays.
 */
export function patchDocument(
  table: SegmentTable,
  next: readonly EditableSegment[],
  documentLength: number,
  textOf: (from: number, to: number) => string,
  isHeld: (id: string) => boolean,
): PatchedDocument {
  const changes: TextChange[] = [];
  const { head, tail } = sameEnds(table.segments, next);
  const oldTail = table.segments.length - tail;
  const newTail = next.length - tail;
  const from = new Int32Array(next.length);
  const to = new Int32Array(next.length);
  from.set(table.from.subarray(0, head));
  to.set(table.to.subarray(0, head));
  const kept = keptInOrder(table, next, head, newTail, oldTail);
  let shift = 0;
  // The old and the new document agree up to here.
  let oldEnd = head === 0 ? 0 : (table.to[head - 1] as number);
  let lineStart = lineStartBefore(oldEnd, textOf);
  let waiting: EditableSegment[] = [];
  let waitingFrom = 0;
  let previous: { segment: EditableSegment; oldIndex: number | null } | null =
    head === 0 ? null : { segment: next[head - 1] as EditableSegment, oldIndex: head - 1 };

  const change = (start: number, end: number, insert: string) => {
    const small = smallestChange(start, textOf(start, end), insert);
    if (small !== null) changes.push(small);
    shift += insert.length - (end - start);
  };

  /** The user's newer text of a segment that has moved. */
  const heldText = (id: string): string | null => {
    const index = isHeld(id) ? table.indexes.get(id) : undefined;
    return index === undefined ? null : textOf(table.from[index] as number, table.to[index] as number);
  };

  /** Writes the new segments, and the separators around them, over the old characters up to `end`. */
  const fillGap = (end: number, following: { segment: EditableSegment; oldIndex: number } | null) => {
    let text = '';
    const start = oldEnd;
    const base = start + shift;
    for (const [offset, segment] of waiting.entries()) {
      if (previous !== null) {
        text += separatorBetween(previous.segment, segment, base + text.length - lineStart);
        if (text.endsWith('\n')) lineStart = base + text.length;
      }
      from[waitingFrom + offset] = base + text.length;
      text += heldText(segment.id) ?? oneLine(segment.text);
      to[waitingFrom + offset] = base + text.length;
      previous = { segment, oldIndex: null };
    }
    if (following !== null && previous !== null) {
      text += separatorBeforeKept(previous, following, base + text.length - lineStart);
      if (text.endsWith('\n')) lineStart = base + text.length;
    }
    change(start, end, text);
    waiting = [];
  };

  const separatorBeforeKept = (
    before: { segment: EditableSegment; oldIndex: number | null },
    following: { segment: EditableSegment; oldIndex: number },
    length: number,
  ): string => {
    const wereNeighbours = before.oldIndex !== null && before.oldIndex === following.oldIndex - 1;
    if (wereNeighbours) {
      const oldBefore = table.segments[before.oldIndex as number] as EditableSegment;
      const oldFollowing = table.segments[following.oldIndex] as EditableSegment;
      const sameSpeakers =
        oldBefore.speaker === before.segment.speaker && oldFollowing.speaker === following.segment.speaker;
      if (sameSpeakers) {
        return textOf(
          table.to[before.oldIndex as number] as number,
          table.from[following.oldIndex] as number,
        );
      }
    }
    return separatorBetween(before.segment, following.segment, length);
  };

  for (let index = head; index < newTail; index += 1) {
    const segment = next[index] as EditableSegment;
    const oldIndex = kept[index - head] as number;
    if (oldIndex < 0) {
      if (waiting.length === 0) waitingFrom = index;
      waiting.push(segment);
      continue;
    }
    const oldFrom = table.from[oldIndex] as number;
    const oldTo = table.to[oldIndex] as number;
    fillGap(oldFrom, { segment, oldIndex });
    from[index] = oldFrom + shift;
    const shown = table.segments[oldIndex] === segment ? null : textOf(oldFrom, oldTo);
    if (shown !== null && !isHeld(segment.id) && !readTheSame(shown, segment.text)) {
      change(oldFrom, oldTo, oneLine(segment.text));
    }
    to[index] = oldTo + shift;
    oldEnd = oldTo;
    previous = { segment, oldIndex };
  }
  if (tail === 0) fillGap(documentLength, null);
  else
    fillGap(table.from[oldTail] as number, { segment: next[newTail] as EditableSegment, oldIndex: oldTail });
  for (let offset = 0; offset < tail; offset += 1) {
    from[newTail + offset] = (table.from[oldTail + offset] as number) + shift;
    to[newTail + offset] = (table.to[oldTail + offset] as number) + shift;
  }
  const sameIds = oldTail === newTail && kept.every((oldIndex, offset) => oldIndex === head + offset);
  if (sameIds) shareIndexes(next, table.segments);
  return { changes, table: segmentTable(next, from, to) };
}

/** How many segments at the beginning and at the end are the same. */
function sameEnds(
  before: readonly EditableSegment[],
  after: readonly EditableSegment[],
): { head: number; tail: number } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { head, tail };
}

/** Start of a character's line, within the maximum length of a paragraph. */
function lineStartBefore(position: number, textOf: (from: number, to: number) => string): number {
  const start = Math.max(0, position - 2000);
  return start + textOf(start, position).lastIndexOf('\n') + 1;
}

/** For each new segment from `head` to `newTail` its index in the old table, -1 if new or moved; ascending. */
function keptInOrder(
  table: SegmentTable,
  next: readonly EditableSegment[],
  head: number,
  newTail: number,
  oldTail: number,
): Int32Array {
  let last = head - 1;
  return Int32Array.from(next.slice(head, newTail), ({ id }) => {
    const old = table.indexes.get(id) ?? -1;
    if (old <= last || old >= oldTail) return -1;
    last = old;
    return old;
  });
}
