import type { Span } from '../../../contract/audio.ts';
import type { TranscriptDocument } from '../../../contract/document.ts';
import type { Segment, Word } from '../../../contract/transcript.ts';
import type { ExportTexts } from '../export-texts.ts';
import { readableText } from '../readable-text.ts';

/** A piece of text on a tier; at least a millisecond long. */
export interface TierInterval extends Span {
  readonly text: string;
}

/** A segment on a tier, and its words within it. */
export interface TierSegment extends TierInterval {
  /** In order, none over another; empty where the times of the words are not known. */
  readonly words: readonly TierInterval[];
}

/** The intervals of one speaker, in order, none over another. */
export interface SpeakerTier {
  readonly name: string;
  /** Null for the tiers of what nobody says: what was not understood, and markers. */
  readonly speaker: string | null;
  /** The language of its first segment; null without speech. */
  readonly language: string | null;
  readonly segments: readonly TierSegment[];
}

const MARKER_MS = 1000;

/**
 * A transcript as annotation programs hold it: a tier for each speaker, in order of their first words, one for what was not
 * understood, and one for markers, if there are any. Two segments of a speaker never overlap: the later one then begins where the
 * earlier one ends.
 */
export function speakerTiers(document: TranscriptDocument, texts: ExportTexts): SpeakerTier[] {
  const taken = new Set<string>();
  const bySpeaker = new Map<string | null, Segment[]>();
  for (const segment of document.segments) {
    const known = bySpeaker.get(segment.speaker);
    if (known === undefined) bySpeaker.set(segment.speaker, [segment]);
    else known.push(segment);
  }
  const spoken = [...bySpeaker].map(([speaker, segments]): SpeakerTier => {
    const name = freeName(readableText(speaker ?? '') || texts.documents('unknownSpeaker'), taken);
    return {
      name,
      speaker: name,
      language: segments[0]?.language ?? null,
      segments: apart(segments.map(tierSegment)),
    };
  });
  const unclear = document.skipped
    .filter(({ reason }) => reason === 'notUnderstood')
    .map(({ startMs, endMs }) => ({ startMs, endMs, text: texts.t('notUnderstoodHere'), words: [] }));
  const markers = document.markers.map(({ atMs, label }, at) => ({
    startMs: atMs,
    endMs: Math.min(atMs + MARKER_MS, document.markers[at + 1]?.atMs ?? Number.POSITIVE_INFINITY),
    text: readableText(label) || texts.documents('unnamedMarker'),
    words: [],
  }));
  const others = [
    { title: texts.documents('notUnderstoodTier'), segments: unclear },
    { title: texts.documents('indexMarkers'), segments: markers },
  ].filter(({ segments }) => segments.length > 0);
  return [
    ...spoken,
    ...others.map(({ title, segments }) => ({
      name: freeName(title, taken),
      speaker: null,
      language: null,
      segments: apart(segments),
    })),
  ];
}

/** Where the time line of a document ends. */
export function timelineEndMs(document: TranscriptDocument, tiers: readonly SpeakerTier[]): number {
  const ends = tiers.flatMap(({ segments }) => segments.slice(-1).map(({ endMs }) => endMs));
  return Math.max(1, document.recording.durationMs + (document.timeOffsetMs ?? 0), ...ends);
}

function tierSegment({ startMs, endMs, text, words }: Segment): TierSegment {
  return {
    startMs,
    endMs: Math.max(endMs, startMs + 1),
    text: readableText(text),
    words: words.map(interval),
  };
}

function interval({ startMs, endMs, text }: Word): TierInterval {
  return { startMs, endMs, text: readableText(text) };
}

/** Segments, none over the one before it, each with its words inside it. */
function apart(segments: readonly TierSegment[]): TierSegment[] {
  let freeFromMs = 0;
  return segments.map((segment) => {
    const startMs = Math.max(segment.startMs, freeFromMs);
    const endMs = Math.max(segment.endMs, startMs + 1);
    freeFromMs = endMs;
    return { ...segment, startMs, endMs, words: wordsWithin(segment.words, { startMs, endMs }) };
  });
}

/** Words inside a span, none over another; one that has no room of its own goes to the word before it. */
function wordsWithin(words: readonly TierInterval[], { startMs, endMs }: Span): TierInterval[] {
  const placed: TierInterval[] = [];
  for (const word of words) {
    const previous = placed.at(-1);
    const from = Math.max(word.startMs, previous?.endMs ?? startMs);
    const to = Math.min(Math.max(word.endMs, from + 1), endMs);
    if (to > from) placed.push({ startMs: from, endMs: to, text: word.text });
    else if (previous !== undefined) {
      placed[placed.length - 1] = { ...previous, text: `${previous.text} ${word.text}` };
    }
  }
  return placed;
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted} (${number})`;
  taken.add(name);
  return name;
}
