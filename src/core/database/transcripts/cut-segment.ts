import type { JobRange } from '../../../contract/job.ts';
import type { Segment, Word } from '../../../contract/transcript.ts';

/** Whether a word, or a segment, is in a range: by its middle, so that each is on one side of each edge. */
export function liesIn({ startMs, endMs }: Pick<Word, 'startMs' | 'endMs'>, range: JobRange): boolean {
  const middleMs = (startMs + endMs) / 2;
  return middleMs >= range.startMs && (range.endMs === null || middleMs < range.endMs);
}

/**
 * What remains of a segment without the words of a range: the segment itself if none is in the range, else what is
 * before the range, and what is after it.
 */
export function outsideOf(segment: Segment, range: JobRange): Segment[] {
  const { words } = segment;
  if (words.length === 0) return liesIn(segment, range) ? [] : [segment];
  const first = words.findIndex((word) => liesIn(word, range));
  if (first < 0) return [segment];
  const last = words.findLastIndex((word) => liesIn(word, range));
  return [partOf(segment, 0, first), partOf(segment, last + 1, words.length)].filter(
    (found) => found !== null,
  );
}

/** Words `from` up to but not including `to` of a segment as one of its own; null if there are none. */
export function partOf(segment: Segment, from: number, to: number): Segment | null {
  const words = segment.words.slice(from, to);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    ...segment,
    startMs: from === 0 ? segment.startMs : first.startMs,
    endMs: to === segment.words.length ? segment.endMs : Math.max(first.startMs, last.endMs),
    text: textOf(segment, from, to),
    words,
  };
}

/** The text of some of a segment's words as written, with its whitespace. */
function textOf({ text, words }: Segment, from: number, to: number): string {
  let position = 0;
  const starts: number[] = [];
  for (const word of words.slice(0, to)) {
    const found = text.indexOf(word.text, position);
    if (found < 0) {
      const own = words.slice(from, to).map((one) => one.text);
      return own.join(/\s/u.test(text) ? ' ' : '');
    }
    starts.push(found);
    position = found + word.text.length;
  }
  return text.slice(starts[from], position);
}
