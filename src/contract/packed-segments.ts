import type { SegmentFlag, Word } from './transcript.ts';
import type { EditableSegment } from './views.ts';

/**
 * Segments and words as text. Every object that crosses from one world to another is copied property by property; a text
 * is copied as a whole, so that hours of transcript cross in the time of a few hundred segments.
 */

/** A segment without its words. The words of a long transcript are several times its text, and come later. */
export type SegmentOutline = Omit<EditableSegment, 'words'>;

/** A word as an array: a third of the length of an object. */
export type PackedWord = [startMs: number, endMs: number, text: string, confidence: number];

/** Characters that are unpacked in one go. */
const STEP_LENGTH = 200_000;

/** Made within the database: its columns are in this order. */
type PackedSegment = [
  ...[id: string, channel: number, edited: 0 | 1, startMs: number, endMs: number, text: string],
  ...[speaker: string | null, language: string, confidence: number, flags: SegmentFlag[]],
];

/** The segments of a text that `packed` of the segments' repository has made: each is a line. */
export function unpackSegments(packed: string): SegmentOutline[] {
  return (JSON.parse(`[${packed.replaceAll('\n', ',')}]`) as PackedSegment[]).map(
    ([id, channel, edited, startMs, endMs, text, speaker, language, confidence, flags]) => ({
      ...{ id, channel, edited: edited === 1, startMs, endMs, text, speaker, language, confidence, flags },
    }),
  );
}

/** The same, in steps of some milliseconds: before each but the first it waits until `pause` lets it go on. */
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

/** The words of segments by the segments' ids, as one text; those of each as the text of an array of packed words. */
export function packWords(words: readonly { readonly id: string; readonly packed: string }[]): string {
  return `[${words.map(({ id, packed }) => `[${JSON.stringify(id)},${packed}]`).join()}]`;
}

/** The words that were packed, by their segments' ids. */
export function unpackWords(packed: string): Map<string, Word[]> {
  const segments = JSON.parse(packed) as [id: string, words: PackedWord[]][];
  return new Map(segments.map(([id, words]) => [id, words.map(unpackWord)]));
}

/** The word that an array holds. */
export function unpackWord([startMs, endMs, text, confidence]: PackedWord): Word {
  return { startMs, endMs, text, confidence };
}
