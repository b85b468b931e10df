import { FRAME_MS, totalMs } from '../../contract/audio.ts';
import type { SpeakerCount } from '../../contract/speakers.ts';
import { frameSpeakers } from './frame-speakers.ts';
import { recognised, type Voice } from './known-voices.ts';
import type { HeardPiece, PartVoices } from './part-voices.ts';
import type { Diarization, SpeakerTurn } from './speaker-turns.ts';
import { turnsOfFrames } from './turns-of-frames.ts';
import { clusterVoices } from './voice-clusters.ts';
import { nameWindows } from './window-speakers.ts';

/** How to tell the speakers of a recording apart. */
export interface DiarizeOptions {
  /** How many people speak; null: as many as are heard. */
  readonly count: SpeakerCount | null;
  /** Voices that are recognised. */
  readonly known?: readonly Voice[];
}

/** Who speaks when in a recording whose parts were all heard. The same parts and options always give the same answer. */
export function diarize(parts: readonly PartVoices[], { count, known = [] }: DiarizeOptions): Diarization {
  const pieces = parts.flatMap((part) => part.pieces);
  const voices = clusterVoices(embeddingsOf(pieces, true), embeddingsOf(pieces, false), count);
  const named = nameWindows(parts, voices);
  const end = Math.ceil((parts.at(-1)?.endMs ?? 0) / FRAME_MS);
  const masks = frameSpeakers(named, voices.length, 0, end);
  const turns: SpeakerTurn[] = voices
    .flatMap((_, speaker) =>
      turnsOfFrames(masks, speaker).map((turn) => ({ ...turn, speaker, certainty: 1 })),
    )
    .sort((a, b) => a.startMs - b.startMs || a.speaker - b.speaker);
  const speakers = voices.map((embedding, s) => ({
    embedding,
    speechMs: totalMs(turns.filter(({ speaker }) => speaker === s)),
    known: null,
  }));
  return { turns, speakers: recognised(speakers, known) };
}

function embeddingsOf(pieces: readonly HeardPiece[], isAlone: boolean): Float32Array[] {
  return pieces.filter((piece) => piece.isAlone === isAlone).map(({ embedding }) => embedding);
}
