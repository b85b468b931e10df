import { FRAME_MS, totalMs } from '../../contract/audio.ts';
import type { SpeakerCount } from '../../contract/speakers.ts';
import { frameSpeakers, type NamedWindow } from './frame-speakers.ts';
import { WINDOW_MS } from './hear-part.ts';
import { recognised, type Voice } from './known-voices.ts';
import type { PartVoices } from './part-voices.ts';
import type { Diarization, SpeakerTurn } from './speaker-turns.ts';
import { turnsOfFrames } from './turns-of-frames.ts';
import { clusterVoices } from './voice-clusters.ts';
import { speakersOfWindow } from './window-speakers.ts';

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
  const voices = clusterVoices(
    pieces.map(({ embedding }) => embedding),
    count,
  );
  const named: NamedWindow[] = parts
    .flatMap((part) => part.windows)
    .map((window) => ({
      window,
      speakers: speakersOfWindow(
        window,
        pieces.filter(
          ({ startMs, endMs }) => startMs >= window.startMs && endMs <= window.startMs + WINDOW_MS,
        ),
        voices,
      ),
    }));
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
