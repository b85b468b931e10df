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

/** Made within the database: its columns are in this order. */
type PackedSegment = [
  ...[id: string, channel: number, edited: 0 | 1, startMs: number, endMs: number, text: string],
  ...[speaker: string | null, language: string, confidence: number, flags: SegmentFlag[]],
];

/** The segments of a text that `packed` of the segments' repository has made. */
export function unpackSegments(packed: string): SegmentOutline[] {
  return (JSON.parse(packed) as PackedSegment[]).map(
    ([id, channel, edited, startMs, endMs, text, speaker, language, confidence, flags]) => ({
      ...{ id, channel, edited: edited === 1, startMs, endMs, text, speaker, language, confidence, flags },
    }),
  );
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
