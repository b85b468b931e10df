import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';

/**
 * The document with every time of its text moved by so many milliseconds, for a recording that is part of something longer:
 * segments, words, turns, markers, ranges without text or in other languages, live and retranscribed ranges. Nothing is before
 * 0: earlier times become 0. Lengths, how far the transcription reaches and where source files begin in the recording stay.
 */
export function withTimeOffset(document: TranscriptDocument, offsetMs: number): TranscriptDocument {
  if (offsetMs === 0) return document;
  const moved = <T extends Span>(span: T): T => {
    const startMs = Math.max(0, span.startMs + offsetMs);
    return { ...span, startMs, endMs: Math.max(startMs, span.endMs + offsetMs) };
  };
  return {
    ...document,
    timeOffsetMs: offsetMs,
    live: document.live.map(moved),
    reruns: document.reruns.map(moved),
    skipped: document.skipped.map(moved),
    otherLanguages: document.otherLanguages.map(moved),
    turns: document.turns.map(moved),
    markers: document.markers.map((marker) => ({ ...marker, atMs: Math.max(0, marker.atMs + offsetMs) })),
    segments: document.segments.map((segment) => ({ ...moved(segment), words: segment.words.map(moved) })),
  };
}
