import type { Span } from '../../contract/audio.ts';
import { similarity } from './embeddings.ts';
import type { HeardPiece, PartVoices } from './part-voices.ts';
import { PieceFinder } from './piece-finder.ts';
import type { SpeakerTurn } from './speaker-turns.ts';
import { clusterVoices, nearestVoice } from './voice-clusters.ts';

/** Two voices that are more alike than this are one. */
const MOST_ALIKE = 0.75;

/** Each of two voices is heard in so many pieces at least. */
const FEWEST_PIECES = 2;

/**
 * Tells the turns of one speaker, in order, apart as two by their voices: speaker 0 is the one who talks longer. Turns are cut
 * in the middle between pieces of different voices; one without a voice of its own goes with the turn before. Null if there
 * is only one voice in them.
 */
export function splitVoices(parts: readonly PartVoices[], turns: readonly Span[]): SpeakerTurn[] | null {
  const pieces = new PieceFinder(parts);
  const own = turns.map((turn) => pieces.within(turn));
  const all = own.flat();
  const voices = clusterVoices(all, [], { speakers: 2, isLimit: false });
  const [first, second] = voices;
  if (first === undefined || second === undefined || similarity(first, second) > MOST_ALIKE) return null;
  const counts = [0, 0];
  for (const { embedding } of all) {
    const voice = nearestVoice(embedding, voices);
    counts[voice] = (counts[voice] ?? 0) + 1;
  }
  if (Math.min(...counts) < FEWEST_PIECES) return null;
  const cut: SpeakerTurn[] = [];
  for (const [index, turn] of turns.entries()) {
    cut.push(...cutTurn(turn, own[index] ?? [], voices, cut.at(-1)?.speaker ?? 0));
  }
  return inOrderOfLength(cut);
}

/** A turn in stretches of one voice each. */
function cutTurn(
  { startMs, endMs }: Span,
  pieces: readonly HeardPiece[],
  voices: readonly Float32Array[],
  before: number,
): SpeakerTurn[] {
  const stretches: SpeakerTurn[] = [];
  let lastMs = startMs;
  for (const piece of pieces) {
    const { speaker, certainty } = voiceOf(piece, voices);
    const last = stretches.at(-1);
    if (last === undefined) stretches.push({ startMs, endMs, speaker, certainty });
    else if (last.speaker !== speaker) {
      const cutMs = Math.min(endMs, Math.max(last.startMs, Math.round((lastMs + middleOf(piece)) / 2)));
      stretches[stretches.length - 1] = { ...last, endMs: cutMs };
      stretches.push({ startMs: cutMs, endMs, speaker, certainty });
    }
    lastMs = middleOf(piece);
  }
  if (stretches.length === 0) return [{ startMs, endMs, speaker: before, certainty: 0 }];
  return stretches.filter((stretch) => stretch.endMs > stretch.startMs);
}

function voiceOf({ embedding }: HeardPiece, voices: readonly Float32Array[]) {
  const [first = 0, second = 0] = voices.map((voice) => similarity(embedding, voice));
  return { speaker: first >= second ? 0 : 1, certainty: Math.min(1, 2 * Math.abs(first - second)) };
}

function middleOf({ startMs, endMs }: Span): number {
  return (startMs + endMs) / 2;
}

function inOrderOfLength(turns: readonly SpeakerTurn[]): SpeakerTurn[] {
  const talkMs = [0, 0];
  for (const { speaker, startMs, endMs } of turns) talkMs[speaker] = (talkMs[speaker] ?? 0) + endMs - startMs;
  const isSwapped = (talkMs[1] ?? 0) > (talkMs[0] ?? 0);
  return turns.map((turn) => ({ ...turn, speaker: isSwapped ? 1 - turn.speaker : turn.speaker }));
}
