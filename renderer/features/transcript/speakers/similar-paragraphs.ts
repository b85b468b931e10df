import type { SimilarSegment } from '../../../../src/contract/speakers.ts';
import { separatorBetween } from '../document/paragraph-layout.ts';
import type { SegmentTable } from '../document/segment-table.ts';

/** Neighbouring segments of one speaker that sound like another. */
export interface SimilarParagraph {
  /** Ids of its segments, in order. */
  readonly segments: readonly string[];
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** The present label. */
  readonly speaker: string | null;
  /** That of its least certain segment. */
  readonly certainty: number;
}

/** Found segments as paragraphs, the most certain first; those that the text no longer holds are left out. */
export function similarParagraphs(
  found: readonly SimilarSegment[],
  table: Pick<SegmentTable, 'segments' | 'indexes'>,
): SimilarParagraph[] {
  const certainties = new Map(found.map(({ id, certainty }) => [id, certainty]));
  const indexes = [...certainties.keys()].flatMap((id) => table.indexes.get(id) ?? []).sort((a, b) => a - b);
  const paragraphs: SimilarParagraph[] = [];
  let last = -2;
  for (const index of indexes) {
    const segment = table.segments[index];
    if (segment === undefined) continue;
    const { id, startMs, endMs, text, speaker } = segment;
    const certainty = certainties.get(id) ?? 0;
    const [before, previous] = [paragraphs.at(-1), table.segments[last]];
    const separator =
      before === undefined || previous === undefined || index !== last + 1
        ? '\n'
        : separatorBetween(previous, segment, before.text.length);
    last = index;
    if (before === undefined || separator === '\n')
      paragraphs.push({ segments: [id], startMs, endMs, text, speaker, certainty });
    else
      paragraphs[paragraphs.length - 1] = {
        ...before,
        segments: [...before.segments, id],
        endMs: Math.max(before.endMs, endMs),
        text: `${before.text}${separator}${text}`,
        certainty: Math.min(before.certainty, certainty),
      };
  }
  return paragraphs.sort((a, b) => b.certainty - a.certainty || a.startMs - b.startMs);
}
