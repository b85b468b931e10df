import type { EditableSegment, TranscriptPatch } from '../../../src/contract/views.ts';
import { oneLine, separatorBetween } from './paragraph-layout.ts';
import { type SegmentTable, segmentTable } from './segment-table.ts';

/** A replacement in the editor's document, in positions before any of them is made. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** What patches do to the editor: changes of its document, ascending and apart, and the table after them. */
export interface PatchedDocument {
  readonly changes: readonly TextChange[];
  readonly table: SegmentTable;
}

/** Segments after these patches, applied in order. Patches that name what is not there insert at the end. */
export function patchSegments(
  segments: readonly EditableSegment[],
  patches: readonly Pick<TranscriptPatch, 'after' | 'removed' | 'inserted'>[],
): readonly EditableSegment[] {
  // Most patches replace segments by themselves: these need no search.
  const replaced = new Map<string, EditableSegment>();
  let current = segments;
  const settle = () => {
    if (replaced.size === 0) return;
    current = current.map((segment) => replaced.get(segment.id) ?? segment);
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
    const afterIndex = after === null ? -1 : rest.findIndex(({ id }) => id === after);
    const at =
      after !== null && afterIndex >= 0 ? afterIndex + 1 : after === null ? 0 : Math.max(0, firstGone);
    current = inserted.length === 0 ? rest : [...rest.slice(0, at), ...inserted, ...rest.slice(at)];
  }
  settle();
  return current;
}

/**
 * A text on its way from one list of segments to another: the first `count` of the next, and behind them what of the
 * present ones begins later.
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

/** Segments of finished windows, put in by time; those that are there already take the place of their older selves. */
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

/**
 * Turns a document that shows one list of segments into one that shows another, with the smallest changes: what both
 * lists share stays in place, with the separators that stand there, so that neither caret nor reader loses theirs.
 * @param textOf the document's characters between two positions.
 * @param isHeld whether the user's own text of a segment is newer than the one given and stays.
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

  /** Writes the segments that are new, and the separators around them, over the old characters up to `end`. */
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
      text += oneLine(segment.text);
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
  return {
    changes,
    table: sameIds ? { segments: next, from, to, indexes: table.indexes } : segmentTable(next, from, to),
  };
}

/** How many segments at the beginning and at the end are the very same. */
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

/** Where the line of a character begins, as far as paragraphs can be long. */
function lineStartBefore(position: number, textOf: (from: number, to: number) => string): number {
  const start = Math.max(0, position - 2000);
  return start + textOf(start, position).lastIndexOf('\n') + 1;
}

/** For each new segment from `head` to `newTail` its place in the old table, -1 where it is new or was moved; ascending. */
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

/** Whether two texts differ in blanks alone: what a user has typed is not taken away while they go on. */
function readTheSame(shown: string, text: string): boolean {
  return shown === text || shown.trim().replace(/\s+/gu, ' ') === text.trim().replace(/\s+/gu, ' ');
}

/** The smallest change that turns one text into another, which begins at `start`; null where they are the same. */
export function smallestChange(start: number, before: string, after: string): TextChange | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return {
    from: start + head,
    to: start + before.length - tail,
    insert: after.slice(head, after.length - tail),
  };
}
