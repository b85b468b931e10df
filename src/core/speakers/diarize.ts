import { totalMs } from '../../contract/audio.ts';
import type { SpeakerCount } from '../../contract/speakers.ts';
import { frameSpeakers } from './frame-speakers.ts';
import { recognised, type Voice } from './known-voices.ts';
import type { HeardPiece, PartVoices } from './part-voices.ts';
import { PieceFinder } from './piece-finder.ts';
import type { Diarization, SpeakerTurn } from './speaker-turns.ts';
import { turnCertainty } from './turn-certainty.ts';
import { turnsOfFrames } from './turns-of-frames.ts';
import { giveFrames } from './unheard-voices.ts';
import { clusterVoices } from './voice-clusters.ts';
import { nameWindows } from './window-speakers.ts';

/** How to tell the speakers of a recording apart. */
export interface DiarizeOptions {
  /** How many people speak; null: as many as are heard. */
  readonly count: SpeakerCount | null;
  /** Voices that are recognised. */
  readonly known?: readonly Voice[];
}

/**
 * Who speaks when in a recording whose parts were all heard, in order. The same parts and options always give the same
 * answer. Time grows with the recording's length; memory by 50 KB per minute.
 */
export function diarize(parts: readonly PartVoices[], { count, known = [] }: DiarizeOptions): Diarization {
  const voices = clusterVoices(piecesOf(parts, true), piecesOf(parts, false), count);
  const windows = nameWindows(parts, voices);
  const frames = frameSpeakers(windows, voices.length, parts.at(-1)?.endMs ?? 0);
  if (count !== null && !count.isLimit) giveFrames(frames, parts, voices);
  const pieces = new PieceFinder(parts);
  const turns = voices
    .flatMap((_, speaker) =>
      turnsOfFrames(frames, speaker).map((turn) => ({
        ...turn,
        speaker,
        certainty: turnCertainty(turn, speaker, voices, pieces),
      })),
    )
    .sort((a, b) => a.startMs - b.startMs || a.speaker - b.speaker);
  return inOrderOfTurns(turns, voices, known);
}

function piecesOf(parts: readonly PartVoices[], isAlone: boolean): HeardPiece[] {
  return parts.flatMap(({ pieces }) => pieces.filter((piece) => piece.isAlone === isAlone));
}

/** The speakers numbered by their first turns; voices without a turn are nobody. */
function inOrderOfTurns(
  turns: readonly SpeakerTurn[],
  voices: readonly Float32Array[],
  known: readonly Voice[],
): Diarization {
  const order = [...new Set(turns.map(({ speaker }) => speaker))];
  const numbers = new Map(order.map((speaker, number) => [speaker, number]));
  const speakers = order.map((speaker) => ({
    embedding: voices[speaker] as Float32Array,
    speechMs: totalMs(turns.filter((turn) => turn.speaker === speaker)),
    known: null,
  }));
  return {
    turns: turns.map((turn) => ({ ...turn, speaker: numbers.get(turn.speaker) as number })),
    speakers: recognised(speakers, known),
  };
}
