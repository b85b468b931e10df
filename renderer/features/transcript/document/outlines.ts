import { markOverlaps } from '../../../../src/contract/overlaps.ts';
import {
  type SegmentOutline,
  unpackSegments,
  unpackSegmentsInPauses,
} from '../../../../src/contract/packed-segments.ts';
import type { Word } from '../../../../src/contract/transcript.ts';
import type { EditableSegment, OpenedTranscript, TranscriptView } from '../../../../src/contract/views.ts';

/** The words of a segment whose words are not loaded. */
const AWAITED: Word[] = [];

/** The transcript sent by the main process. */
export function transcriptOf({ packedSegments, ...head }: OpenedTranscript): TranscriptView {
  return withSegments(head, unpackSegments(packedSegments));
}

/** The same, in steps of a few milliseconds: before each it awaits `pause`. */
export async function transcriptInPauses(
  { packedSegments, ...head }: OpenedTranscript,
  pause: () => Promise<unknown>,
): Promise<TranscriptView> {
  return withSegments(head, await unpackSegmentsInPauses(packedSegments, pause));
}

function withSegments(
  head: Omit<OpenedTranscript, 'packedSegments'>,
  unpacked: readonly SegmentOutline[],
): TranscriptView {
  const outlines = unpacked.map((outline) => ({ ...outline, words: AWAITED }));
  const segments = head.channels > 1 ? markOverlaps(outlines) : outlines;
  return { ...head, segments, speakers: speakersOf(segments) };
}

/** The speakers in the order in which they first speak. */
export function speakersOf(segments: readonly EditableSegment[]): string[] {
  const speakers = new Set<string>();
  for (const { speaker } of segments) if (speaker !== null) speakers.add(speaker);
  return [...speakers];
}

/** Whether the words of this segment are not loaded. */
export function awaitsWords({ words }: EditableSegment): boolean {
  return words === AWAITED;
}

/** These segments; known ones keep their words, and are the same objects if nothing else has changed. */
export function withKnownWords(
  segments: readonly EditableSegment[],
  known: readonly EditableSegment[],
): EditableSegment[] {
  const byId = new Map(known.map((segment) => [segment.id, segment]));
  return segments.map((segment) => {
    const before = byId.get(segment.id);
    if (before === undefined || !awaitsWords(segment) || !isSameText(before, segment)) return segment;
    return isSameOtherwise(before, segment) ? before : { ...segment, words: before.words };
  });
}

function isSameText(a: EditableSegment, b: EditableSegment): boolean {
  return a.text === b.text && a.startMs === b.startMs && a.endMs === b.endMs && a.edited === b.edited;
}

function isSameOtherwise(a: EditableSegment, b: EditableSegment): boolean {
  return a.speaker === b.speaker && a.flags.join() === b.flags.join();
}
