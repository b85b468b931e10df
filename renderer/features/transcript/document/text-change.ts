/** A replacement in a document, in positions before all replacements. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The smallest change that turns one text, starting at `start`, into another; null if they are equal. */
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

/** Whether two texts differ in whitespace alone: typed text is not removed while typing goes on. */
export function readTheSame(shown: string, text: string): boolean {
  return shown === text || shown.trim().replace(/\s+/gu, ' ') === text.trim().replace(/\s+/gu, ' ');
}

/** Maps a position in a text to the changed text; to the end of the change if it was deleted. */
export function movedPosition(position: number, before: string, after: string): number {
  const change = smallestChange(0, before, after);
  if (change === null || position <= change.from) return position;
  if (position >= change.to) return position + change.insert.length - (change.to - change.from);
  return change.from + change.insert.length;
}
