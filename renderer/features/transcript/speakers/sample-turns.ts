import type { Span } from '../../../../src/contract/audio.ts';
import type { SpeakerLane } from '../../../../src/contract/speakers.ts';

/** How many turns make a sample of a voice, and how long each is played at most. */
const MOST_TURNS = 3;
const LONGEST_MS = 6000;

/** What to play to hear a speaker's voice: the longest stretches in which nobody else speaks, the longest first. */
export function sampleTurns(lanes: readonly SpeakerLane[], speaker: string | null): Span[] {
  const others = lanes
    .filter((lane) => lane.speaker !== speaker)
    .flatMap(({ turns }) => turns)
    .sort((a, b) => a.startMs - b.startMs);
  const own = lanes.find((lane) => lane.speaker === speaker)?.turns ?? [];
  const alone = own.flatMap((turn) => without(turn, others));
  return (alone.length > 0 ? alone : [...own])
    .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs) || a.startMs - b.startMs)
    .slice(0, MOST_TURNS)
    .map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, startMs + LONGEST_MS) }));
}

/** What is left of a stretch outside of others, which are in order of their starts. */
function without({ startMs, endMs }: Span, others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let fromMs = startMs;
  for (const other of others) {
    if (other.endMs <= fromMs) continue;
    if (other.startMs >= endMs) break;
    if (other.startMs > fromMs) left.push({ startMs: fromMs, endMs: other.startMs });
    fromMs = Math.max(fromMs, other.endMs);
  }
  if (fromMs < endMs) left.push({ startMs: fromMs, endMs });
  return left;
}
