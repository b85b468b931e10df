import type { Span } from '../../contract/audio.ts';
import { ACTIVITY_FRAME_MS, frameMs } from './local-activity.ts';
import { localStretches } from './local-stretches.ts';
import { type HeardWindow } from './part-voices.ts';

/** Longest piece. */
const PIECE_MS = 1_500;

/** Pieces of a long stretch begin at most this far apart. */
const PIECE_STEP_MS = 600;

/** Shorter stretches have no voice that could be compared. */
const SHORTEST_MS = 400;

/** A stretch in which one local speaker talks and nobody else does. */
export interface AlonePiece extends Span {
  readonly local: number;
}

/**
 * Pieces of the stretches of a window in which one speaker talks alone, in order; those whose middles lie in `middle`.
 * Long stretches are divided into overlapping pieces of equal length.
 */
export function piecesOfWindow(window: HeardWindow, middle: Span): AlonePiece[] {
  return [0, 1, 2]
    .flatMap((local) => localStretches(window.activity, local, true))
    .map(({ local, start, end }) => ({
      startMs: Math.max(window.startMs, window.startMs + frameMs(start) - ACTIVITY_FRAME_MS / 2),
      endMs: window.startMs + frameMs(end) - ACTIVITY_FRAME_MS / 2,
      local,
    }))
    .flatMap(dividedStretch)
    .filter(({ startMs, endMs }) => {
      const at = (startMs + endMs) / 2;
      return at >= middle.startMs && at < middle.endMs;
    })
    .sort((a, b) => a.startMs - b.startMs || a.local - b.local);
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
