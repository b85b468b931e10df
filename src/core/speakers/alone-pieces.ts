import type { Span } from '../../contract/audio.ts';
import { SPEAKER_FRAMES } from '../../contract/engine.ts';
import { ACTIVE, ACTIVITY_FRAME_MS, frameMs } from './local-activity.ts';
import { type HeardWindow, LOCAL_SPEAKERS } from './part-voices.ts';

/** Longest piece. */
const PIECE_MS = 1_500;

/** Pieces of a long stretch begin at most this far apart. */
const PIECE_STEP_MS = 600;

/** Shorter stretches have no voice that could be compared. */
const SHORTEST_MS = 400;

/** Pauses of a speaker up to this length are part of the stretch. */
const PAUSE_MS = 300;

/** A stretch in which one local speaker talks and nobody else does. */
export interface AlonePiece extends Span {
  readonly local: number;
}

/**
 * Pieces of the stretches of a window in which one speaker talks alone, in order; those whose middles lie in `middle`.
 * Long stretches are divided into overlapping pieces of equal length.
 */
export function piecesOfWindow(window: HeardWindow, middle: Span): AlonePiece[] {
  return aloneStretches(window)
    .flatMap(dividedStretch)
    .filter(({ startMs, endMs }) => {
      const at = (startMs + endMs) / 2;
      return at >= middle.startMs && at < middle.endMs;
    });
}

function dividedStretch({ startMs, endMs, local }: AlonePiece): AlonePiece[] {
  const lengthMs = endMs - startMs;
  if (lengthMs < SHORTEST_MS) return [];
  const pieceMs = Math.min(lengthMs, PIECE_MS);
  const steps = Math.ceil((lengthMs - pieceMs) / PIECE_STEP_MS);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const from = Math.round(startMs + (steps === 0 ? 0 : (i * (lengthMs - pieceMs)) / steps));
    return { startMs: from, endMs: from + Math.round(pieceMs), local };
  });
}

function aloneStretches({ startMs, activity }: HeardWindow): AlonePiece[] {
  const stretches: { startMs: number; endMs: number; local: number }[] = [];
  let isBroken = true;
  for (let frame = 0; frame < SPEAKER_FRAMES; frame += 1) {
    const talking = talkingAt(activity, frame);
    if (talking.length === 0) continue;
    const [local] = talking;
    if (local === undefined || talking.length > 1) {
      isBroken = true;
      continue;
    }
    const fromMs = startMs + frameMs(frame) - ACTIVITY_FRAME_MS / 2;
    const last = stretches.at(-1);
    if (last !== undefined && !isBroken && last.local === local && fromMs - last.endMs <= PAUSE_MS) {
      last.endMs = fromMs + ACTIVITY_FRAME_MS;
    } else {
      stretches.push({ startMs: Math.max(startMs, fromMs), endMs: fromMs + ACTIVITY_FRAME_MS, local });
    }
    isBroken = false;
  }
  return stretches;
}

function talkingAt(activity: Uint8Array, frame: number): number[] {
  const talking: number[] = [];
  for (let local = 0; local < LOCAL_SPEAKERS; local += 1) {
    if ((activity[frame * LOCAL_SPEAKERS + local] as number) > ACTIVE) talking.push(local);
  }
  return talking;
}
