import { type Span, totalMs } from '../../contract/audio.ts';
import { EMBEDDING_SIZE } from '../../contract/speaker-models.ts';
import type { SpeakerLane } from '../../contract/speakers.ts';
import { addTo, normalise } from './embeddings.ts';
import type { PartVoices } from './part-voices.ts';
import { PieceFinder } from './piece-finder.ts';

/** A speaker's voice as a recording has it. */
export interface LearntVoice {
  /** The mean over all time in which the speaker talks alone, of length 1. */
  readonly embedding: Float32Array;
  /** How long that is. */
  readonly speechMs: number;
}

/**
 * The voice of a speaker by the lanes of the current text, so that paragraphs that the user assigned to another speaker do
 * not count. Null if none of the speech has a voice.
 */
export function learntVoice(
  parts: readonly PartVoices[],
  lanes: readonly SpeakerLane[],
  speaker: string,
): LearntVoice | null {
  const own = lanes.find((lane) => lane.speaker === speaker);
  if (own === undefined) return null;
  const others = lanes.filter((lane) => lane !== own).flatMap(({ turns }) => turns);
  const alone = spansWithout(own.turns, others);
  const pieces = new PieceFinder(parts);
  const embedding = new Float32Array(EMBEDDING_SIZE);
  let isHeard = false;
  for (const span of alone) {
    const voice = pieces.voiceOf(span);
    if (voice === null) continue;
    addTo(embedding, voice, span.endMs - span.startMs);
    isHeard = true;
  }
  return isHeard ? { embedding: normalise(embedding), speechMs: totalMs(alone) } : null;
}

/** What others leave of spans, both in order of their starts; those of others may overlap each other. */
function spansWithout(spans: readonly Span[], others: readonly Span[]): Span[] {
  const taken = [...others].sort((a, b) => a.startMs - b.startMs);
  const left: Span[] = [];
  let first = 0;
  for (const { startMs, endMs } of spans) {
    let from = startMs;
    // Every one that ends before this span ends before the later ones, too.
    while ((taken[first]?.endMs ?? Number.POSITIVE_INFINITY) <= startMs) first += 1;
    for (let i = first; i < taken.length && (taken[i]?.startMs ?? endMs) < endMs; i += 1) {
      const other = taken[i] as Span;
      if (other.startMs > from) left.push({ startMs: from, endMs: other.startMs });
      from = Math.max(from, other.endMs);
    }
    if (from < endMs) left.push({ startMs: from, endMs });
  }
  return left;
}
