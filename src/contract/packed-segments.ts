import type { SegmentFlag, Word } from './transcript.ts';
import type { EditableSegment } from './views.ts';

/**
 * Segments and words as JSON text. An object sent between processes or contexts is cloned property by property; a
 * string is copied at once, so that hours of transcript are sent in the time of a few hundred segments.
 */

/** A segment without its words. The words of a long transcript are several times its text, and are sent later. */
export type SegmentOutline = Omit<EditableSegment, 'words'>;

/** A word as an array: a third of the length of an object. */
export type PackedWord = [startMs: number, endMs: number, text: string, confidence: number];

/** Characters unpacked per step. */
const STEP_LENGTH = 200_000;

/** Built by an SQL query, with its columns in this order. */
type PackedSegment = [
  ...[id: string, channel: number, edited: 0 | 1, startMs: number, endMs: number, text: string],
  ...[speaker: string | null, language: string, confidence: number, flags: SegmentFlag[]],
];

/** Parses the output of `packed` of the segments' repository: one segment per line. */
export function unpackSegments(packed: string): SegmentOutline[] {
  return (JSON.parse(`[${packed.replaceAll('\n', ',')}]`) as PackedSegment[]).map(
    ([id, channel, edited, startMs, endMs, text, speaker, language, confidence, flags]) => ({
      ...{ id, channel, edited: edited === 1, startMs, endMs, text, speaker, language, confidence, flags },
    }),
  );
}

/** The same, in steps of some milliseconds: awaits `pause` before each but the first. */
export async function unpackSegmentsInPauses(
  packed: string,
  pause: () => Promise<unknown>,
): Promise<SegmentOutline[]> {
  const segments: SegmentOutline[] = [];
  for (let from = 0; from < packed.length; ) {
    if (from > 0) await pause();
    const end = packed.indexOf('\n', from + STEP_LENGTH);
    const to = end < 0 ? packed.length : end;
    for (const segment of unpackSegments(packed.slice(from, to))) segments.push(segment);
    from = to + 1;
  }
  return segments;
}

/** Packs the words of segments with the segments' ids as JSON; `packed` is the JSON array of a segment's words. */
export function packWords(words: readonly { readonly id: string; readonly packed: string }[]): string {
  return `[${words.map(({ id, packed }) => `[${JSON.stringify(id)},${packed}]`).join()}]`;
}

/** Unpacks words, by their segments' ids. */
export function unpackWords(packed: string): Map<string, Word[]> {
  const segments = JSON.parse(packed) as [id: string, words: PackedWord[]][];
  return new Map(segments.map(([id, words]) => [id, words.map(unpackWord)]));
}

/** The word of a packed array. */
export function unpackWord([startMs, endMs, text, confidence]: PackedWord): Word {
  return { startMs, endMs, text, confidence };
}
